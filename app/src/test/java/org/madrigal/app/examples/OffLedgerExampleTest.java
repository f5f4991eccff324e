package org.madrigal.app.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.madrigal.app.audit.Audit;
import org.madrigal.app.audit.AuditReport;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.ledger.CharterAdmission;
import org.madrigal.app.simulate.DrawnFederation;
import org.madrigal.app.simulate.Nodes;
import org.madrigal.app.view.KeptAttachments;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.http.AttachmentServer;
import org.madrigal.ledger.http.HttpPeers;
import org.madrigal.ledger.http.LedgerServer;
import org.madrigal.ledger.http.LedgerServerConfig;
import org.madrigal.ledger.http.RemoteLedger;
import org.madrigal.ledger.http.RemoteLedgerConfig;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.NodeOptions;
import org.madrigal.node.attachment.Keeping;
import org.madrigal.node.attachment.Shelf;
import org.madrigal.node.disk.FolderDisk;
import org.madrigal.node.vault.Vault;
import org.madrigal.trainer.FakeTrainer;

/** The worked example with every attachment off the ledger, over HTTP between the members. */
@Timeout(300)
final class OffLedgerExampleTest {

  private static final Map<String, Parameters> OWNERS =
      Map.of(
          "first", Parameters.of(0.1f, 0.2f, 0.3f),
          "second", Parameters.of(0.2f, 0.3f, 0.4f),
          "third", Parameters.of(0.3f, 0.4f, 0.5f));

  private static final String CHARTER =
      """
      madrigal: 1
      name: Off the ledger
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
      attachments: {on-ledger-up-to: 0}
      """;

  @TempDir private Path folder;
  private final InstantSource clock = InstantSource.system();
  private final SigningKey orderer = SigningKey.ofSeed(new byte[SigningKey.SEED_LENGTH]);
  private final List<AutoCloseable> open = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"none, 0", "members, 0", "masked, 0.000062"})
  void threeOwnersAgreeOnTheirMean(String privacy, float tolerance) throws Exception {
    DrawnFederation federation =
        DrawnFederation.of(
            CharterFile.read(
                "worked.yaml", CHARTER.replace("privacy: none", "privacy: " + privacy)),
            OptionalLong.empty());
    Charter charter = federation.charter();
    Path files = folder.resolve("ledger");
    List<Parameters> models = new ArrayList<>();
    try (FileLedger ledger = FileLedger.open(files, charter.id(), orderer, clock);
        LedgerServer server =
            LedgerServer.start(
                ledger,
                LedgerServerConfig.of("127.0.0.1", 0, null),
                new CharterAdmission(charter, ledger),
                id -> charter.member(id).map(Member::key),
                clock);
        Nodes nodes = Nodes.likeInProduction(Duration.ofMinutes(2))) {
      start(federation, server, nodes);
      nodes.run((entry, outcome) -> {
        assertThat(entry.attachment()).isEmpty();
        collect(outcome.events(), models);
        return true;
      });
    } finally {
      for (AutoCloseable each : open.reversed()) {
        each.close();
      }
    }
    assertThat(models).hasSize(1);
    assertThat(models.getFirst().toArray(0, 3))
        .containsExactly(new float[] {0.2f, 0.3f, 0.4f}, within(tolerance));
    audit(federation, files, models);
  }

  /** Opens a node for each owner, with a server for its attachments and the others as peers. */
  private void start(DrawnFederation federation, LedgerServer server, Nodes nodes) {
    Charter charter = federation.charter();
    SortedMap<MemberId, MemberFolder> folders = new TreeMap<>();
    SortedMap<MemberId, Shelf> shelves = new TreeMap<>();
    SortedMap<MemberId, URI> addresses = new TreeMap<>();
    for (MemberId owner : federation.keys().keySet()) {
      MemberFolder own = MemberFolder.open(folder.resolve(owner.value()));
      Shelf shelf = own.shelf();
      AttachmentServer attachments =
          AttachmentServer.start(
              shelf::offered,
              LedgerServerConfig.of("127.0.0.1", 0, null),
              id -> charter.member(id).map(Member::key),
              clock);
      open.add(own);
      open.add(attachments);
      folders.put(owner, own);
      shelves.put(owner, shelf);
      addresses.put(owner, attachments.uri());
    }
    federation
        .keys()
        .forEach((owner, key) -> {
          HttpPeers peers = HttpPeers.of(addresses, owner, key, Optional.empty(), clock);
          open.add(peers);
          nodes.open(
              new Identity(owner, key, charter),
              Optional.ofNullable(folders.get(owner)).orElseThrow(),
              copy(charter, server, owner, key),
              new FakeTrainer(
                  charter.layout(),
                  1,
                  List.of(Optional.ofNullable(OWNERS.get(owner.value())).orElseThrow())),
              NodeOptions.DEFAULT,
              new Keeping(Optional.ofNullable(shelves.get(owner)).orElseThrow(), peers));
        });
  }

  private Ledger copy(Charter charter, LedgerServer server, MemberId owner, SigningKey key) {
    RemoteLedger copy =
        RemoteLedger.open(
            RemoteLedgerConfig.of(
                server.uri(),
                charter.id(),
                orderer.verifyingKey(),
                owner,
                key,
                folder.resolve(owner.value()).resolve("ledger")),
            clock);
    open.add(copy);
    return copy;
  }

  /** Whoever has the bytes recomputes the model; who lacks them is told whom to ask. */
  private void audit(DrawnFederation federation, Path files, List<Parameters> models)
      throws Exception {
    MemberId first = federation.keys().firstKey();
    Path kept = folder.resolve(first.value()).resolve(MemberFolder.ATTACHMENTS);
    Audit audit = Audit.of(files).foundedBy(federation.charter().id()).with(keys(federation));
    List<Parameters> recomputed = new ArrayList<>();
    AuditReport report =
        audit
            .with(new KeptAttachments(kept))
            .run((entry, outcome) -> collect(outcome.events(), recomputed));
    assertThat(report.ok()).isTrue();
    assertThat(recomputed).isEqualTo(models);

    assertThatThrownBy(() -> audit.with(Attachments.NONE).run((entry, outcome) -> {}))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("is not at hand")
        .hasMessageMatching(".*(first|second|third), (second|third) said that they hold it.*")
        .hasMessageContaining("--attachments");

    try (Stream<Path> all = Files.list(kept)) {
      for (Path file : all.toList()) {
        Files.write(file, new byte[(int) Files.size(file)]);
      }
    }
    assertThatThrownBy(() -> audit.with(new KeptAttachments(kept)).run((entry, outcome) -> {}))
        .hasMessageContaining("is not at hand");
  }

  /** The epoch keys of the first owner. */
  private EpochKeys keys(DrawnFederation federation) {
    MemberId owner = federation.keys().firstKey();
    EpochKeys all = EpochKeys.NONE;
    for (Secret key :
        Vault.readKeys(
            new FolderDisk(folder.resolve(owner.value())),
            MemberFolder.SECRETS,
            federation.charter().id(),
            owner,
            federation.keys().firstEntry().getValue())) {
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
