package org.madrigal.app.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.madrigal.app.config.BodyLimit;
import org.madrigal.app.ledger.CharterAdmission;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.SignedHead;
import org.madrigal.ledger.http.LedgerServer;
import org.madrigal.ledger.http.LedgerServerConfig;
import org.madrigal.ledger.http.RemoteLedger;
import org.madrigal.ledger.http.RemoteLedgerConfig;
import org.madrigal.node.MemberFolder;

/** A ledger in files, which a server of this process orders and offers to the hospitals. */
final class DemoServer implements DemoLedger {

  private static final InstantSource CLOCK = InstantSource.system();

  private final DemoFederation federation;
  private final FileLedger ledger;
  private final LedgerServer server;

  private DemoServer(DemoFederation federation, FileLedger ledger, LedgerServer server) {
    this.federation = federation;
    this.ledger = ledger;
    this.server = server;
  }

  static DemoServer start(DemoFederation federation) throws IOException {
    Charter charter = federation.charter();
    FileLedger ledger =
        FileLedger.open(federation.ledger(), charter.id(), federation.orderer(), CLOCK);
    try {
      return new DemoServer(
          federation,
          ledger,
          LedgerServer.start(
              ledger,
              LedgerServerConfig.of("127.0.0.1", 0, null).withMaxBody(BodyLimit.of(charter)),
              new CharterAdmission(charter, ledger),
              id -> charter.member(id).map(Member::key),
              CLOCK));
    } catch (RuntimeException e) {
      ledger.close();
      throw e;
    }
  }

  @Override
  public String identity() {
    return ledger.identity();
  }

  @Override
  public String place() {
    return server.uri().toString();
  }

  @Override
  public void writeSettings() throws IOException {
    federation.writeSettings(
        "{url: \"%s\", orderer: \"%s\"}"
            .formatted(server.uri(), federation.orderer().verifyingKey().text()));
  }

  @Override
  public Map<String, String> environment(DemoMember member) {
    return Map.of();
  }

  @Override
  public Ledger open(DemoMember member) {
    return RemoteLedger.open(
        RemoteLedgerConfig.of(
            server.uri(),
            federation.charter().id(),
            federation.orderer().verifyingKey(),
            member.id(),
            member.key(),
            member.folder().resolve(MemberFolder.LEDGER)),
        CLOCK);
  }

  @Override
  public Position end() {
    return ledger.head().map(SignedHead::head).orElseThrow().position();
  }

  @Override
  public Ended finish() {
    Path folder = federation.ledger();
    return new Ended(folder, Optional.empty(), Optional.empty());
  }

  @Override
  public void close() {
    server.close();
    ledger.close();
  }
}
