package org.madrigal.app.node;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.madrigal.app.chronicle.Chronicle;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.rest.Problem;
import org.madrigal.app.rest.Site;
import org.madrigal.app.web.Listening;
import org.madrigal.app.web.Predicting;
import org.madrigal.app.web.Pulse;
import org.madrigal.app.web.WebServer;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerException;
import org.madrigal.node.Identity;
import org.madrigal.node.NodeEvent;
import org.madrigal.node.NodeListener;
import org.madrigal.trainer.data.MemberData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a node to people. It hears what the node hears, on the node's thread, and writes it down;
 * whoever asks reads what was written, and never makes the node wait. Should the writing itself
 * fail, the node goes on without it.
 */
public final class NodeDashboard implements NodeListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeDashboard.class);

  private final Chronicle chronicle;
  private final Predicting predicting;
  private final WebServer server;
  private volatile boolean failed;

  private NodeDashboard(Chronicle chronicle, Predicting predicting, WebServer server) {
    this.chronicle = chronicle;
    this.predicting = predicting;
    this.server = server;
  }

  /** The dashboard that the member's settings ask for, if they do. */
  static Optional<NodeDashboard> of(
      MemberFile file, Identity identity, MemberData data, Ledger ledger) {
    return file.dashboard()
        .map(settings ->
            start(
                Listening.config(settings),
                file,
                identity,
                new Predicting(Parts.factory(file), Optional.of(data)),
                ledger));
  }

  /**
   * Serves what a node will hear.
   *
   * @param config where and to whom
   * @param file the member's settings
   * @param identity the member
   * @param predicting uses its models
   * @param ledger gives entries again
   */
  public static NodeDashboard start(
      WebServer.Config config,
      MemberFile file,
      Identity identity,
      Predicting predicting,
      Ledger ledger) {
    Pulse pulse = new Pulse();
    Chronicle chronicle = new Chronicle(identity.charter().id(), pulse::beat);
    Site site =
        new Site(
            chronicle,
            Optional.of(identity.member()),
            file::nameOf,
            Parts.copy(file).toString(),
            Optional.of(ledger.identity()),
            new OneAtATime(ledger, new Semaphore(1)),
            predicting);
    try {
      return new NodeDashboard(chronicle, predicting, WebServer.start(site, config, pulse));
    } catch (RuntimeException e) {
      pulse.close();
      throw e;
    }
  }

  /** Where it is. */
  public URI uri() {
    return server.uri();
  }

  @Override
  public void on(NodeEvent event) {
    if (failed) {
      return;
    }
    try {
      switch (event) {
        case NodeEvent.Judged judged -> chronicle.hear(judged.entry(), judged.outcome());
        case NodeEvent.CaughtUp caughtUp -> chronicle.reachedEnd();
        case NodeEvent.Began e -> {}
        case NodeEvent.Signed e -> {}
        case NodeEvent.Abandoned e -> {}
        case NodeEvent.Resting e -> {}
        case NodeEvent.Waiting e -> {}
        case NodeEvent.Requested e -> {}
        case NodeEvent.Trouble e -> {}
      }
    } catch (RuntimeException e) {
      failed = true;
      LOG.error("The dashboard stands still; the node goes on", e);
    }
  }

  @Override
  public void close() {
    server.close();
    predicting.close();
  }

  /** The member's copy of the ledger, read for one person at a time. */
  private record OneAtATime(Ledger ledger, Semaphore turn) implements Site.Entries {

    @Override
    public Optional<Entry> at(Position position) throws Problem, InterruptedException {
      if (!turn.tryAcquire()) {
        throw new Problem(429, "Another statement is being read; ask again in a moment.")
            .with("Retry-After", "1");
      }
      try {
        List<Entry> entries = ledger.read(position, 1, Duration.ZERO);
        return entries.stream().findFirst();
      } catch (LedgerException e) {
        throw new Problem(
            503, "The copy of the ledger cannot be read: %s.".formatted(e.getMessage()));
      } finally {
        turn.release();
      }
    }
  }
}
