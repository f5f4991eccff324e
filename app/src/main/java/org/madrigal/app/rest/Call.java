package org.madrigal.app.rest;

import java.util.OptionalLong;
import org.madrigal.app.chronicle.Snapshot;

/**
 * What an endpoint answers from.
 *
 * @param now everything that was read, at one moment
 * @param number the number in the path, where there is one
 * @param query the parameters
 * @param body what was sent; empty without a body
 */
public record Call(Snapshot now, OptionalLong number, Query query, String body) {

  /** The number in the path, which the route demands. */
  long named() {
    return number.orElseThrow();
  }
}
