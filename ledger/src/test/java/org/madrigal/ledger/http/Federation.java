package org.madrigal.ledger.http;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.Fixtures;

/** An orderer on loopback and its members, alpha and beta. */
final class Federation implements AutoCloseable {

  static final MemberId ALPHA = new MemberId("alpha");
  static final MemberId BETA = new MemberId("beta");
  static final Map<MemberId, SigningKey> KEYS =
      Map.of(ALPHA, Fixtures.key(11), BETA, Fixtures.key(12));

  final FileLedger ledger;
  final LedgerServer server;

  private Federation(FileLedger ledger, LedgerServer server) {
    this.ledger = ledger;
    this.server = server;
  }

  static Federation serve(Path folder, InstantSource clock) {
    return serve(folder, clock, everything(), LedgerServerConfig.of("127.0.0.1", 0, null));
  }

  static Federation serve(
      Path folder, InstantSource clock, Admission admission, LedgerServerConfig config) {
    return serve(folder, clock, admission, config, Pace.USUAL);
  }

  static Federation serve(
      Path folder, InstantSource clock, Admission admission, LedgerServerConfig config, Pace pace) {
    FileLedger ledger = FileLedger.open(folder, Fixtures.FEDERATION, Fixtures.ORDERER, clock);
    LedgerServer server =
        LedgerServer.start(
            ledger,
            config,
            admission,
            member -> Optional.ofNullable(KEYS.get(member)).map(SigningKey::verifyingKey),
            clock,
            pace);
    return new Federation(ledger, server);
  }

  static Admission everything() {
    return (statement, attachment) -> new Admission.Decision.Accepted();
  }

  RemoteLedgerConfig member(MemberId member, Path folder) {
    @Nullable SigningKey key = KEYS.get(member);
    return RemoteLedgerConfig.of(
            server.uri(),
            Fixtures.FEDERATION,
            Fixtures.ORDERER.verifyingKey(),
            member,
            key == null ? Fixtures.key(99) : key,
            folder)
        .patientFor(Duration.ofSeconds(60));
  }

  /** The key of ALPHA or BETA. */
  static SigningKey key(MemberId member) {
    return Optional.ofNullable(KEYS.get(member)).orElseThrow();
  }

  @Override
  public void close() {
    server.close();
    ledger.close();
  }
}
