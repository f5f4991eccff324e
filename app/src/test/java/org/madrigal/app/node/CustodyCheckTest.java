package org.madrigal.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.http.AttachmentServer;
import org.madrigal.ledger.http.HttpPeers;
import org.madrigal.ledger.http.LedgerServerConfig;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;

/** What a member's settings must say of attachments off the ledger, and whether it works. */
class CustodyCheckTest {

  private static final MemberId VA = new MemberId("va");

  @TempDir Path folder;
  private Optional<AttachmentServer> other = Optional.empty();
  private Optional<Charter> agreed = Optional.empty();

  @BeforeEach
  void serve() {
    try (Federation federation = Federation.offLedger(folder.resolve("ledger"), 1)) {
      agreed = Optional.of(federation.charter());
    }
    other =
        Optional.of(
            AttachmentServer.start(
                digest -> Optional.empty(),
                LedgerServerConfig.of("127.0.0.1", 0, null),
                id -> charter().member(id).map(Member::key),
                InstantSource.system()));
  }

  @AfterEach
  void close() {
    other.ifPresent(AttachmentServer::close);
  }

  private Charter charter() {
    return agreed.orElseThrow();
  }

  private Identity identity() {
    return new Identity(VA, Federation.keyOf("va"), charter());
  }

  private MemberFile settings(String attachments) throws IOException {
    Files.writeString(
        folder.resolve(MemberFile.NAME),
        """
        madrigal: 1
        member: va
        charter: charter.yaml
        ledger: {url: "http://127.0.0.1:7077", orderer: "%s"}
        data: {train: [train.csv]}
        """
                .formatted(Federation.keyOf("orderer").verifyingKey().text())
            + attachments);
    return MemberFile.read(folder);
  }

  @Test
  void saysWhichNodesAnswerAndWhichDoNot() throws Exception {
    MemberFile file =
        settings(
            "attachments: {serve: \"127.0.0.1:0\", peers: {hungary: \"%s\", cleveland: \"http://127.0.0.1:1\"}}\n"
                .formatted(other.orElseThrow().uri()));
    List<Check> checks = new CustodyCheck(file, identity()).run();

    assertThat(checks).noneMatch(check -> check.result() == Check.Result.FAILED);
    assertThat(checks.stream().map(Check::finding))
        .anyMatch(finding -> finding.startsWith("can listen on 127.0.0.1:0"))
        .anyMatch(finding -> finding.contains("take") && finding.contains("MiB at most"))
        .anyMatch(finding -> finding.contains("the node of 'hungary' answers at http://127.0.0.1"))
        .anyMatch(finding ->
            finding.contains(
                "the node of 'cleveland' at http://127.0.0.1:1 cannot be reached: nobody listens"))
        .anyMatch(finding -> finding.startsWith("no address of ["));
  }

  @Test
  void aNodeGivesTheOthersWhatEntriesName() throws Exception {
    Attachment data = Attachment.of(Bytes.takeOver(new byte[] {1, 2, 3}));
    MemberId hungary = new MemberId("hungary");
    MemberFile file = settings("attachments: {serve: \"127.0.0.1:0\", peers: {}}\n");
    try (MemberFolder member = MemberFolder.open(folder.resolve("member"));
        Custodian custodian = Custodian.open(file, identity(), member);
        HttpPeers asking =
            HttpPeers.of(
                new TreeMap<>(Map.of(VA, custodian.server().orElseThrow().uri())),
                hungary,
                Federation.keyOf("hungary"),
                Optional.empty(),
                InstantSource.system())) {
      custodian.keeping().shelf().put(data);
      assertThat(asking.fetch(VA, data.ref())).isEmpty();
      custodian.keeping().shelf().offer(data.ref().sha256());
      assertThat(asking.fetch(VA, data.ref())).contains(data);
    }
  }

  @Test
  void aNodeDoesNotStartWithoutThem() throws IOException {
    MemberFile file = settings("");
    try (MemberFolder member = MemberFolder.open(folder.resolve("member"))) {
      assertThatThrownBy(() -> Custodian.open(file, identity(), member))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
          .hasMessageContaining("the charter keeps attachments off the ledger")
          .hasMessageContaining("(serve)")
          .hasMessageContaining("(peers)");
    }
  }

  @Test
  void aNodeSaysWhatIsWrongWithThem() throws IOException {
    try (MemberFolder member = MemberFolder.open(folder.resolve("member"))) {
      assertThatThrownBy(() ->
              Custodian.open(
                  settings(
                      "attachments: {serve: \"127.0.0.1:0\", peers: {nobody: \"http://127.0.0.1:1\"}}\n"),
                  identity(),
                  member))
          .hasMessageContaining("attachments.peers names 'nobody', which the charter does not");
      assertThatThrownBy(() ->
              Custodian.open(
                  settings("attachments: {serve: \"0.0.0.0:0\", peers: {}}\n"), identity(), member))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("Refusing to serve on '0.0.0.0' without TLS");
      assertThatThrownBy(() ->
              Custodian.open(
                  settings(
                      "attachments: {serve: \"127.0.0.1:%d\", peers: {}}\n"
                          .formatted(other.orElseThrow().port())),
                  identity(),
                  member))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.ADDRESS_IN_USE))
          .hasMessageContaining("choose another port");
    }
  }
}
