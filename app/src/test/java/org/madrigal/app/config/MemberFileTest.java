package org.madrigal.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.node.Delays;
import org.madrigal.node.Policy;
import org.madrigal.node.WorkingHours.Span;
import org.madrigal.trainer.data.CsvFormat;
import org.madrigal.trainer.data.DataFiles;
import org.madrigal.trainer.data.RowSelection;
import org.madrigal.trainer.data.Source;
import org.madrigal.trainer.data.Split;
import org.madrigal.trainer.process.Limits;
import org.madrigal.trainer.process.Program;
import org.madrigal.trainer.process.ProgramCode;

class MemberFileTest {

  private static final String KEY = Federation.keyOf("orderer").verifyingKey().text();
  private static final String SMALL =
      """
      madrigal: 1
      member: va
      charter: charter.yaml
      ledger: {url: "http://127.0.0.1:7077", orderer: "%s"}
      data: {train: [train.csv]}
      """
          .formatted(KEY);

  @TempDir Path folder;

  @Test
  void readsTheLeastThatIsNeeded() throws IOException {
    MemberFile file = read(SMALL);

    assertThat(file.member()).isEqualTo(new MemberId("va"));
    assertThat(file.charter()).isEqualTo(folder.resolve("charter.yaml"));
    assertThat(file.key()).isEqualTo(folder.resolve("key.pem"));
    assertThat(file.ledger())
        .isInstanceOfSatisfying(
            LedgerAddress.Served.class,
            served -> assertThat(served.server()).isEqualTo(URI.create("http://127.0.0.1:7077")));
    assertThat(file.ledger().identity()).isEqualTo("file:" + KEY);
    assertThat(file.policy()).isEqualTo(Policy.PERMISSIVE);
    assertThat(file.delays()).isEqualTo(Delays.DEFAULT);
    assertThat(file.threads()).isEqualTo(1);
    assertThat(file.dashboard()).isEmpty();
    assertThat(read(SMALL + "dashboard: {}\n").dashboard().orElseThrow().address())
        .isEqualTo("127.0.0.1:0");
    assertThat(file.nameOf(new MemberId("va"))).isEqualTo("va");
  }

  @Test
  void readsATrainerThatReadsItsRowsItself() throws IOException {
    MemberFile file =
        read(
            SMALL.replace("data: {train: [train.csv]}\n", "")
                + """
                trainer:
                  command: [venv/bin/python, train.py, --fast]
                  environment: {COLOUR: blue}
                  code: [train.py, requirements.lock]
                  sha256: %s
                  start: 3m
                  memory: 4096
                threads: 2
                """
                    .formatted("ab".repeat(32)));

    Program trainer = file.trainer().orElseThrow();
    Path home = folder.resolve("trainer");
    assertThat(file.data()).isEmpty();
    assertThat(trainer.command())
        .containsExactly(home.resolve("venv/bin/python").toString(), "train.py", "--fast");
    assertThat(trainer.folder()).isEqualTo(home);
    assertThat(trainer.environment())
        .containsExactlyInAnyOrderEntriesOf(Map.of("COLOUR", "blue", "OMP_NUM_THREADS", "2"));
    assertThat(trainer.code())
        .isEqualTo(
            new ProgramCode(
                List.of(home.resolve("train.py"), home.resolve("requirements.lock")),
                Optional.of(Digest.parse("ab".repeat(32)))));
    assertThat(trainer.limits())
        .isEqualTo(
            new Limits(Duration.ofMinutes(3), Duration.ofHours(1), OptionalLong.of(4L << 30)));
  }

  @Test
  void refusesATrainerThatCannotBe() {
    for (String wrong :
        List.of(
            "{command: []}",
            "{command: [train], environment: {MADRIGAL_PASSPHRASE: x}}",
            "{command: [train], sha256: %s}".formatted("ab".repeat(32)),
            "{command: [train], answer: 0s}",
            "{command: [train], shell: true}")) {
      assertThatThrownBy(() -> read(SMALL + "trainer: " + wrong + "\n"))
          .isInstanceOf(YamlException.class)
          .hasMessageContaining("member.yaml:6:");
    }
  }

  @Test
  void readsALedgerOnAChain() throws IOException {
    String contract = "evm:1337:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    MemberFile file =
        read(
            SMALL.replaceFirst(
                "ledger: .*",
                "ledger: {evm: \"%s\", nodes: [\"https://a/key\"], finality: latest, first-block: 12, account: wallet.json}"
                    .formatted(contract)));

    assertThat(file.ledger().identity()).isEqualTo(contract);
    assertThat(file.ledger())
        .isInstanceOfSatisfying(
            LedgerAddress.OnChain.class,
            chain -> {
              assertThat(chain.nodes()).containsExactly(URI.create("https://a/key"));
              assertThat(chain.options().finality()).hasToString("latest");
              assertThat(chain.options().firstBlock()).isEqualTo(12);
              assertThat(chain.account()).contains(folder.resolve("wallet.json"));
              assertThat(chain.toString()).doesNotContain("key");
            });
  }

  @Test
  void readsEverythingElse() throws IOException {
    MemberFile file =
        read(
            SMALL.replace("data: {train: [train.csv]}\n", "")
                + """
                key: /secret/va.pem
                data:
                  train:
                    - csv: raw.data
                      delimiter: ";"
                      columns: [age, num]
                      where: {center: 3}
                      list: {csv: split.csv, row: row, where: {set: train}}
                      holdout: {fraction: 0.2, seed: 5}
                  test: [{images: i, labels: l}]
                policy: {privacy: [none], max-rounds: 9, trainers: [djl], max-parameters: 70, hours: ["20:00-06:00"]}
                delays: {rank: 10ms, grace: 1s}
                initial-model: start.safetensors
                threads: 4
                address-book: {va: V.A. Medical Center}
                dashboard: {address: "0.0.0.0:8443", certificate: c.pem, certificate-key: k.pem, tokens: t}
                """);

    assertThat(file.dashboard())
        .contains(
            new DashboardSection(
                "0.0.0.0:8443",
                Optional.of(folder.resolve("c.pem")),
                Optional.of(folder.resolve("k.pem")),
                Optional.of(folder.resolve("t"))));
    DataFiles files = file.data().orElseThrow().files(charterData());
    Source.Csv csv = (Source.Csv) files.train().getFirst();
    assertThat(csv.file()).isEqualTo(folder.resolve("raw.data"));
    assertThat(csv.format()).isEqualTo(new CsvFormat(';', List.of("age", "num")));
    assertThat(csv.rows())
        .isEqualTo(
            new RowSelection(
                Map.of("center", "3"),
                Optional.of(
                    new RowSelection.SplitList(
                        folder.resolve("split.csv"), "row", Map.of("set", "train"))),
                Optional.of(new RowSelection.Holdout(0.2, 5, Split.TRAIN))));
    assertThat(files.test())
        .containsExactly(new Source.Idx(folder.resolve("i"), folder.resolve("l")));
    assertThat(file.policy().privacy()).containsExactly(Privacy.NONE);
    assertThat(file.policy().maxRounds()).isEqualTo(9);
    assertThat(file.policy().maxParameters()).isEqualTo(70);
    assertThat(file.policy().hours().spans()).containsExactly(Span.parse("20:00-06:00"));
    assertThat(file.delays().rank()).isEqualTo(Duration.ofMillis(10));
    assertThat(file.delays().poll()).isEqualTo(Delays.DEFAULT.poll());
    assertThat(file.initialModel()).contains(folder.resolve("start.safetensors"));
    assertThat(file.nameOf(new MemberId("va"))).isEqualTo("va (V.A. Medical Center)");
  }

  @Test
  void saysWhatIsWrong() {
    assertRefused("ledger:", "leger:", ":4:1: The key 'leger' is unknown; did you mean 'ledger'?");
    assertRefused("[train.csv]", "[train.csv], folder: x", "Exactly one of the keys");
    assertRefused("ed25519:", "rsa:", "A public key is written ed25519:");
    assertRefused("member: va", "member: V A", "is not a pseudonym");
  }

  private void assertRefused(String original, String changed, String message) {
    assertThatThrownBy(() -> read(SMALL.replace(original, changed)))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining(message);
  }

  private MemberFile read(String text) throws IOException {
    Files.writeString(folder.resolve(MemberFile.NAME), text);
    return MemberFile.read(folder);
  }

  private static DataSpec charterData() {
    return CharterFile.read("c.yaml", CharterTexts.HOSPITALS).recipe().data();
  }
}
