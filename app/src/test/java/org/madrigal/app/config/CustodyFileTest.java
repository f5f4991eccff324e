package org.madrigal.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Custody;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;

/** What charters and members' settings say of attachments off the ledger. */
class CustodyFileTest {

  @TempDir Path folder;

  private static Charter charter(String attachments) {
    return CharterFile.read("c.yaml", CharterTexts.HOSPITALS + "attachments: " + attachments + "\n")
        .charter(id -> Federation.keyOf(id.value()).verifyingKey());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1000, 1000",
    "64 KiB, 65536",
    "2MiB, 2097152",
    "1 GiB, 1073741824",
    "7 B, 7"
  })
  void readsSizes(String written, int bytes) {
    assertThat(charter("{on-ledger-up-to: %s}".formatted(written)).rules().custody())
        .contains(new Custody(bytes, 2));
  }

  @ParameterizedTest
  @CsvSource({"64 kb", "-1", "2 GiB", "much", "1.5 MiB"})
  void refusesOtherSizes(String written) {
    assertThatThrownBy(() -> charter("{on-ledger-up-to: %s}".formatted(written)))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("64 KiB or 2 MiB, and is below 2 GiB, not '%s'".formatted(written));
  }

  @Test
  void refusesReceiptsThatCannotWork() {
    assertThatThrownBy(() -> charter("{on-ledger-up-to: 0, receipts: 1}"))
        .isInstanceOf(YamlException.class);
    assertThatThrownBy(() -> charter("{on-ledger-up-to: 0, receipts: 4}"))
        .isInstanceOf(YamlException.class);
    assertThatThrownBy(() -> charter("{receipts: 2}"))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("on-ledger-up-to");
    assertThatThrownBy(() -> charter("{on-ledger-up-to: 0, copies: 3}"))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("copies");
  }

  @Test
  void takesTheThresholdWhereNothingIsSaid() {
    String masked =
        CharterTexts.HOSPITALS
            .replace("privacy: none\n", "privacy: masked\n")
            .replace("minimum: 3\n", "");
    Charter charter =
        CharterFile.read("c.yaml", masked + "attachments: {on-ledger-up-to: 1 KiB}\n")
            .charter(id -> Federation.keyOf(id.value()).verifyingKey());
    assertThat(charter.rules().privacy()).isEqualTo(Privacy.MASKED);
    assertThat(charter.rules().custody().orElseThrow().receipts())
        .isEqualTo(charter.rules().secrecy().orElseThrow().threshold());
    assertThatThrownBy(() ->
            CharterFile.read(
                "c.yaml", masked + "attachments: {on-ledger-up-to: 1 KiB, receipts: 2}\n"))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("fewer than the threshold of 3 shares");
  }

  @Test
  void writesWhatItReads() {
    Charter charter = charter("{on-ledger-up-to: 64 KiB, receipts: 3}");
    String text = CharterText.of(charter);
    assertThat(CharterFile.read("again.yaml", text).charter()).isEqualTo(charter);
    assertThat(text)
        .contains("on-ledger-up-to: 64 KiB", "receipts: 3", "must be reachable for the others");
  }

  private MemberFile member(String attachments) throws IOException {
    Files.writeString(
        folder.resolve(MemberFile.NAME),
        """
        madrigal: 1
        member: va
        charter: charter.yaml
        ledger: {url: "http://127.0.0.1:7077", orderer: "%s"}
        data: {train: [train.csv]}
        attachments: %s
        """
            .formatted(Federation.keyOf("orderer").verifyingKey().text(), attachments));
    return MemberFile.read(folder);
  }

  @Test
  void readsWhereNodesGiveThem() throws IOException {
    AttachmentsSection section =
        member(
                "{serve: \"0.0.0.0:8444\", certificate: c.pem, key: k.pem, certificates: all.pem,"
                    + " peers: {hungary: \"https://hu.example.org:8444\"}}")
            .attachments()
            .orElseThrow();
    assertThat(section.serve()).isEqualTo(new HostPort("0.0.0.0", 8444));
    assertThat(section.identity())
        .contains(
            new AttachmentsSection.Identity(folder.resolve("c.pem"), folder.resolve("k.pem")));
    assertThat(section.peers())
        .containsEntry(new MemberId("hungary"), URI.create("https://hu.example.org:8444"));
    assertThat(section.trust()).contains(folder.resolve("all.pem"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{serve: \"8444\", peers: {}} | HOST:PORT with a port from 0 to 65535, not '8444'",
        "{serve: \"a:70000\", peers: {}} | not 'a:70000'",
        "{peers: {}} | serve",
        "{serve: \"a:1\"} | peers",
        "{serve: \"a:1\", peers: {}, key: k.pem} | certificate",
        "{serve: \"a:1\", peers: {\"No Name\": \"https://a:1\"}} | pseudonym"
      })
  void saysWhatIsWrong(String attachments, String words) {
    assertThatThrownBy(() -> member(attachments))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining(words);
  }
}
