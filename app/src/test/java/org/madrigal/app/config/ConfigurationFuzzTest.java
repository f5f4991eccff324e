package org.madrigal.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Untrusted;

/** Charter files and member files of bytes that nobody would write. */
@Timeout(10)
final class ConfigurationFuzzTest {

  @TempDir private Path folder;

  static Stream<byte[]> charters() {
    return Stream.of(CharterTexts.HOSPITALS, CharterTexts.IMAGES).map(ConfigurationFuzzTest::utf8);
  }

  static Stream<byte[]> members() {
    return Stream.of(
            """
            madrigal: 1
            member: va
            charter: ../charter.yaml
            ledger: {url: "https://a.example:1/", orderer: "%s", certificates: c.pem}
            data:
              train: [{csv: a.csv, delimiter: ";", columns: [x, y], where: {site: A}}]
              test: [a.csv, {csv: a.csv, list: {csv: l.csv, row: n, where: {part: test}}}]
            policy: {charters: [%s], privacy: [masked], max-rounds: 3}
            delays: {poll: 1s500ms, grace: 2d}
            threads: 2
            address-book: {va: "Long Beach"}
            """
                .formatted(key(new MemberId("va")).text(), "ab".repeat(32)),
            """
            madrigal: 1
            member: va
            charter: "c\\0"
            ledger: {evm: "evm:1:0x%1$s", nodes: [], poll: %2$s}
            data: {train: [{csv: "\\0"}], test: ["\\0"]}
            delays: {poll: %2$s}
            """
                .formatted("ab".repeat(20), "999999999999d".repeat(110)),
            "madrigal: 1\nmember: a\ncharter: c\nledger: {}\ndata: {train: []}\n")
        .map(ConfigurationFuzzTest::utf8);
  }

  private static VerifyingKey key(MemberId member) {
    return SigningKey.generate(new Random(member.value().hashCode())).verifyingKey();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A charter that was read is written so that it is read again as the same. */
  private static void charter(String text) {
    Charter charter;
    try {
      charter = CharterFile.read("fuzz.yaml", text).charter(ConfigurationFuzzTest::key);
    } catch (YamlException e) {
      assertThat(e.getMessage()).startsWith("fuzz.yaml");
      return;
    }
    assertThat(CharterFile.read("again.yaml", CharterText.of(charter)).charter().id())
        .isEqualTo(charter.id());
  }

  @MethodSource("charters")
  @FuzzTest(maxDuration = "2m")
  void aCharterFileIsReadOrRefusedWithItsPlace(byte[] bytes) throws Exception {
    Untrusted.read(bytes.length, () -> charter(new String(bytes, StandardCharsets.UTF_8)));
  }

  @MethodSource("members")
  @FuzzTest(maxDuration = "2m")
  void aMemberFileIsReadOrRefusedWithItsPlace(byte[] bytes) throws Exception {
    Files.write(folder.resolve(MemberFile.NAME), bytes);
    Charter charter =
        CharterFile.read("charter.yaml", CharterTexts.HOSPITALS)
            .charter(ConfigurationFuzzTest::key);
    Untrusted.read(
        bytes.length,
        () -> {
          try {
            MemberFile.read(folder)
                .data()
                .ifPresent(data -> assertThat(data.files(charter.recipe().data())).isNotNull());
          } catch (YamlException e) {
            assertThat(e.getMessage()).contains(MemberFile.NAME);
          }
        });
  }
}
