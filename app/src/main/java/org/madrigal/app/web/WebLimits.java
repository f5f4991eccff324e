package org.madrigal.app.web;

import java.time.Duration;

/**
 * What a server puts up with.
 *
 * @param request how long a request may take to come, and its answer to be taken
 * @param idle how long a connection may be of no use
 * @param heartbeat how often a stream of events says that it is alive
 * @param connections the most connections at the same time
 * @param connectionsOfOne the most of one address
 * @param streams the most streams of events at the same time
 * @param perSecond the most requests of one client in a second, in the long run
 * @param burst how many more it may make at once
 * @param body the most bytes of a body
 */
public record WebLimits(
    Duration request,
    Duration idle,
    Duration heartbeat,
    int connections,
    int connectionsOfOne,
    int streams,
    int perSecond,
    int burst,
    int body) {

  /** What suits people and their monitoring. */
  public static final WebLimits USUAL =
      new WebLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(15),
          256,
          128,
          64,
          200,
          400,
          8 << 20);

  /** Refuses limits that let nobody in. */
  public WebLimits {
    if (connections < 1
        || connectionsOfOne < 1
        || streams < 1
        || perSecond < 1
        || burst < 1
        || body < 1) {
      throw new IllegalArgumentException("Every limit of the server is 1 or more");
    }
  }
}
