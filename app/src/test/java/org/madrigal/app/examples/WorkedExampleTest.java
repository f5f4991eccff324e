package org.madrigal.app.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.madrigal.app.audit.Audit;
import org.madrigal.app.audit.AuditReport;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.simulate.DrawnFederation;
import org.madrigal.app.simulate.Nodes;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.http.Admission;
import org.madrigal.ledger.http.LedgerServer;
import org.madrigal.ledger.http.LedgerServerConfig;
import org.madrigal.ledger.http.RemoteLedger;
import org.madrigal.ledger.http.RemoteLedgerConfig;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.disk.FolderDisk;
import org.madrigal.node.vault.Vault;
import org.madrigal.trainer.FakeTrainer;

/** The worked example of the specification, through everything that production has. */
final class WorkedExampleTest {

  private static final Map<String, Parameters> OWNERS =
      Map.of(
          "first", Parameters.of(0.1f, 0.2f, 0.3f),
          "second", Parameters.of(0.2f, 0.3f, 0.4f),
          "third", Parameters.of(0.3f, 0.4f, 0.5f));

  private static final String CHARTER =
      """
      madrigal: 1
      name: Worked example
      salt: 00000000000000000000000000000001
      members: {first: {}, second: {}, third: {}}
      weights: equal
      data:
        table:
          features: [a, b, c]
          target: {above: {column: d, threshold: 0}}
      model:
        input: [3]
        layers: [linear: {out: 1, bias: false}]
        initial: zeros
      training:
        rounds: 1
        local: {steps: 1, batch: 1, loss: binary-cross-entropy, optimiser: {sgd: {rate: 1}}}
        strategy: fed-avg
      privacy: none
      deadlines: {enrolment: 1h, round: 10m}
      minimum: 3
      """;

  @TempDir private Path folder;

  /** Masked values come in steps of 4 / 2^15, of which a mean is off by half of one. */
  @ParameterizedTest
  @CsvSource({"none, 0", "members, 0", "masked, 0.000062"})
  void threeOwnersAgreeOnTheirMean(String privacy, float tolerance) throws InterruptedException {
    String text = CHARTER.replace("privacy: none", "privacy: " + privacy);
    DrawnFederation federation =
        DrawnFederation.of(CharterFile.read("worked.yaml", text), OptionalLong.empty());
    Charter charter = federation.charter();
    SigningKey orderer = SigningKey.ofSeed(new byte[SigningKey.SEED_LENGTH]);
    InstantSource clock = InstantSource.system();
    Path files = folder.resolve("ledger");
    List<Parameters> models = new ArrayList<>();
    TreeMap<MemberId, RemoteLedger> copies = new TreeMap<>();
    try (FileLedger ledger = FileLedger.open(files, charter.id(), orderer, clock);
        LedgerServer server =
            LedgerServer.start(
                ledger,
                LedgerServerConfig.of("127.0.0.1", 0, null),
                (statement, attachment) -> new Admission.Decision.Accepted(),
                id -> charter.member(id).map(Member::key),
                clock)) {
      try (Nodes nodes = Nodes.likeInProduction(Duration.ofMinutes(2))) {
        for (Map.Entry<MemberId, SigningKey> owner : federation.keys().entrySet()) {
          MemberId name = owner.getKey();
          Path own = folder.resolve(name.value());
          RemoteLedger copy =
              RemoteLedger.open(
                  RemoteLedgerConfig.of(
                      server.uri(),
                      charter.id(),
                      orderer.verifyingKey(),
                      name,
                      owner.getValue(),
                      own.resolve("ledger")),
                  clock);
          copies.put(name, copy);
          nodes.open(
              new Identity(name, owner.getValue(), charter),
              MemberFolder.open(own),
              copy,
              new FakeTrainer(charter.layout(), 1, List.of(OWNERS.get(name.value()))));
        }
        nodes.run((entry, outcome) -> {
          collect(outcome.events(), models);
          return true;
        });
      } finally {
        copies.values().forEach(RemoteLedger::close);
      }
    }
    assertThat(models).hasSize(1);
    assertThat(models.getFirst().toArray(0, 3))
        .containsExactly(new float[] {0.2f, 0.3f, 0.4f}, within(tolerance));

    List<Parameters> recomputed = new ArrayList<>();
    AuditReport report =
        Audit.of(files)
            .foundedBy(charter.id())
            .with(keys(federation))
            .run((entry, outcome) -> collect(outcome.events(), recomputed));
    assertThat(report.ok()).isTrue();
    assertThat(recomputed).isEqualTo(models);
    for (MemberId owner : copies.keySet()) {
      assertThat(Audit.of(folder.resolve(owner.value()).resolve("ledger")).run((e, o) -> {}).ok())
          .as("the copy of %s", owner)
          .isTrue();
    }
  }

  /** The epoch keys of the first owner. */
  private EpochKeys keys(DrawnFederation federation) {
    MemberId owner = federation.keys().firstKey();
    List<Secret> keys =
        Vault.readKeys(
            new FolderDisk(folder.resolve(owner.value())),
            MemberFolder.SECRETS,
            federation.charter().id(),
            owner,
            federation.keys().firstEntry().getValue());
    EpochKeys all = EpochKeys.NONE;
    for (Secret key : keys) {
      all = all.with(key);
    }
    return all;
  }

  private static void collect(List<Event> events, List<Parameters> models) {
    for (Event event : events) {
      if (event instanceof Event.RoundClosed closed) {
        models.add(closed.model().parameters());
      }
    }
  }
}
