package org.madrigal.app.demo;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.madrigal.app.chronicle.Chronicle;
import org.madrigal.app.dashboard.FolderEntries;
import org.madrigal.app.rest.Site;
import org.madrigal.app.simulate.Nodes;
import org.madrigal.app.web.Predicting;
import org.madrigal.app.web.Pulse;
import org.madrigal.app.web.WebAddress;
import org.madrigal.app.web.WebLimits;
import org.madrigal.app.web.WebServer;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Outcome;
import org.madrigal.node.MemberFolder;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.djl.DjlTrainer;

/** Shows the demo in the browser while it plays, as one of its hospitals sees it. */
final class DemoDashboard implements AutoCloseable {

  private final Chronicle chronicle;
  private final WebServer server;

  private DemoDashboard(Chronicle chronicle, WebServer server) {
    this.chronicle = chronicle;
    this.server = server;
  }

  /**
   * Listens on this machine, on any free port.
   *
   * @param federation whose training is shown
   * @param rows those of the hospital that predictions are scaled by
   */
  static DemoDashboard start(DemoFederation federation, MemberData rows) {
    Pulse pulse = new Pulse();
    Chronicle chronicle = new Chronicle(federation.charter().id(), pulse::beat);
    chronicle.reachedEnd();
    DemoMember shown = federation.members().getFirst();
    Site site =
        new Site(
            chronicle,
            Optional.of(shown.id()),
            MemberId::value,
            federation.ledger().toString(),
            Optional.empty(),
            new FolderEntries(shown.folder().resolve(MemberFolder.LEDGER)),
            new Predicting(DjlTrainer.factory(1), Optional.of(rows)));
    WebServer.Config config =
        new WebServer.Config(
            WebAddress.parse("127.0.0.1:0", Optional.empty()),
            Optional.empty(),
            WebLimits.USUAL,
            InstantSource.system());
    return new DemoDashboard(chronicle, WebServer.start(site, config, pulse));
  }

  /** Where it is. */
  URI uri() {
    return server.uri();
  }

  /** Hears everything before {@code watcher} does. */
  Nodes.Watcher before(Nodes.Watcher watcher) {
    return (Entry entry, Outcome outcome) -> {
      chronicle.hear(entry, outcome);
      return watcher.judged(entry, outcome);
    };
  }

  @Override
  public void close() {
    server.close();
  }
}
