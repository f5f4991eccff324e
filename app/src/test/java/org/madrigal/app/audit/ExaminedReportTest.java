package org.madrigal.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.fixture.SecretFederation;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement;

/** Reports in the hands of whoever doubts them. */
final class ExaminedReportTest {

  @TempDir private Path folder;
  private Path ledger;
  private Path json;

  @BeforeEach
  void nameFiles() {
    ledger = folder.resolve("ledger");
    json = folder.resolve("report.json");
  }

  @Test
  void agreesWithItsLedgerAlsoWhenThatHasGrown() {
    try (Federation federation = Federation.hospitals(ledger, 2)) {
      for (int step = 0; step < 3; step++) {
        federation.step();
      }
      report();
      assertThat(against().exit()).isZero();
      federation.run();
    }

    Cli.Result result = against();

    assertThat(result.exit()).as("%s", result).isZero();
    assertThat(result.out()).contains("says what the ledger gives, of its first");
    assertThat(against("--json").json().get("agrees").asBoolean()).isTrue();
  }

  @Test
  void agreesWhereOnlyTheEntryAfterItIsWrong() throws IOException {
    long size;
    try (Federation federation = Federation.hospitals(ledger, 1).run()) {
      report();
      size = Files.size(ledger.resolve("segment-00000000000000000000"));
      federation.say(new MemberId("va"), new Statement.Vote(new MemberId("hungary"), ""));
    }
    Path segment = ledger.resolve("segment-00000000000000000000");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[(int) size + 60] ^= 1;
    Files.write(segment, bytes);

    Cli.Result result = against("--json");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.json().get("verdict").asText()).isEqualTo("broken");
    assertThat(result.json().get("agrees").asBoolean()).isTrue();
  }

  @Test
  void isContradictedWhereAnythingInItWasChanged() throws IOException {
    Federation.hospitals(ledger, 2).run().close();
    report();
    String said = Files.readString(json);

    assertContradicted(
        said.replace("\"rounds\" : 2,", "\"rounds\" : 1,"), "members[0].rounds is 1");
    assertContradicted(said.replace("\"scope\" : \"full\"", "\"scope\" : \"public\""), "scope is");
    assertContradicted(
        said.replaceFirst("\"attestedBy\" : \\[ ]", "\"attestedBy\" : [\"va\"]"),
        "attestedBy has 1 elements");
    assertContradicted(said.replaceFirst("\"verdict\" : \"ok\",", ""), "verdict is nothing");
    assertContradicted(
        said.replaceFirst("\"privacy\" : \"none\"", "\"privacy\" : \"masked\""),
        "federation.privacy");
  }

  private void assertContradicted(String changed, String difference) throws IOException {
    Files.writeString(json, changed);
    Cli.Result result = against();
    assertThat(result.exit()).as("%s", result).isEqualTo(3);
    assertThat(result.out()).contains("says otherwise", difference);
  }

  @Test
  void isContradictedByAnotherLedger() {
    Federation.hospitals(ledger, 1).run().close();
    report();
    Path other = folder.resolve("other");
    Federation.hospitals(other, 2).run().close();

    assertThat(Cli.run("audit", "--ledger", other, "--against", json).exit()).isEqualTo(3);
  }

  @Test
  void refusesWhatIsNoReport() throws IOException {
    Federation.hospitals(ledger, 1).run().close();
    for (String nonsense :
        new String[] {"", "{", "[]", "{}", "{\"format\": 1}", "null", "{\"a\":1,\"a\":2}"}) {
      Files.writeString(json, nonsense);
      Cli.Result result = against();
      assertThat(result.exit()).as(nonsense).isEqualTo(2);
      assertThat(result.err()).contains("is no report of this version").hasLineCount(1);
    }
    assertThat(Cli.run("audit", "--ledger", ledger, "--against", folder).exit()).isEqualTo(2);
  }

  @Test
  void isSignedSoThatOthersCanCheckIt() throws IOException, GeneralSecurityException {
    Federation.hospitals(ledger, 1).run().close();
    VerifyingKey signer = signed();
    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(signer))));
    ed25519.update(Files.readAllBytes(json));

    assertThat(ed25519.verify(Files.readAllBytes(folder.resolve("report.json.sig")))).isTrue();
    assertThat(Files.readString(folder.resolve("report.html"))).contains(signer.text());
    assertThat(against("--signer", signer.text()).exit()).isZero();
  }

  private static EdECPoint point(VerifyingKey key) {
    byte[] bytes = key.encoded().toByteArray();
    boolean odd = bytes[31] < 0;
    bytes[31] &= 0x7f;
    byte[] big = new byte[32];
    for (int i = 0; i < 32; i++) {
      big[i] = bytes[31 - i];
    }
    return new EdECPoint(odd, new BigInteger(1, big));
  }

  @Test
  void refusesAnotherSignerAChangedReportAndAMissingSignature() throws IOException {
    Federation.hospitals(ledger, 1).run().close();
    VerifyingKey signer = signed();
    VerifyingKey other = Federation.keyOf("va").verifyingKey();

    Cli.Result wrong = against("--signer", other.text());
    assertThat(wrong.exit()).isEqualTo(3);
    assertThat(wrong.err()).contains("is not the signature of " + other.text());
    Files.writeString(json, Files.readString(json) + "\n");
    assertThat(against("--signer", signer.text()).exit()).isEqualTo(3);
    Files.delete(folder.resolve("report.json.sig"));
    assertThat(against("--signer", signer.text()).err()).contains("There is no signature");
    assertThat(against("--signer", "nonsense").exit()).isEqualTo(2);
  }

  private VerifyingKey signed() throws IOException {
    Path passphrase = Files.writeString(folder.resolve("passphrase"), "correct horse\n");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
    Path key = folder.resolve("auditor.pem");
    Cli.run("key", "new", "--out", key, "--passphrase-file", passphrase);
    Cli.Result result =
        Cli.run(
            "audit",
            "--ledger",
            ledger,
            "--report",
            folder.resolve("report.html"),
            "--sign-with",
            key,
            "--passphrase-file",
            passphrase);
    assertThat(result.exit()).as("%s", result).isZero();
    return VerifyingKey.parse(Cli.run("key", "show", key).out().strip());
  }

  @Test
  void ofAMaskedFederationTellsTheSameRoundsWithKeysAndWithout()
      throws IOException, InterruptedException {
    SecretFederation hospitals = SecretFederation.trained(folder, "masked");
    Path keys = folder.resolve("auditor.keys");
    Cli.run(
        "key",
        "grant-audit",
        "--member",
        hospitals.member("va"),
        "--passphrase-file",
        hospitals.passphrase(),
        "--out",
        keys);
    ledger = hospitals.ledger();
    report();
    String stranger = Files.readString(json);
    Files.move(json, folder.resolve("stranger.json"));
    Files.delete(folder.resolve("report.html"));
    Cli.run("audit", "--ledger", ledger, "--key", keys, "--report", folder.resolve("report.html"));
    String auditor = Files.readString(json);

    String last = hospitals.models().getLast().hex();
    assertThat(stranger).contains(last, "\"scope\" : \"public\"", "\"basis\" : \"attested\"");
    assertThat(auditor)
        .contains(last, "\"scope\" : \"full\"", "\"basis\" : \"recomputed\"")
        .doesNotContain("\"basis\" : \"attested\"");
    assertThat(positions(auditor)).isEqualTo(positions(stranger)).contains("masked-update");
    assertThat(Cli.run("audit", "--ledger", ledger, "--key", keys, "--against", json).exit())
        .isZero();
    assertThat(
            Cli.run("audit", "--ledger", ledger, "--against", folder.resolve("stranger.json"))
                .exit())
        .isZero();
  }

  /** Everything but what only the keys tell. */
  private static String positions(String report) {
    return report
        .lines()
        .filter(line -> line.contains("\"statement\"") || line.contains("masked-update"))
        .reduce("", (one, next) -> one + next);
  }

  private void report() {
    Cli.Result result =
        Cli.run("audit", "--ledger", ledger, "--report", folder.resolve("report.html"));
    assertThat(result.exit()).as("%s", result).isZero();
  }

  private Cli.Result against(Object... more) {
    Object[] arguments = new Object[more.length + 5];
    Object[] first = {"audit", "--ledger", ledger, "--against", json};
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return Cli.run(arguments);
  }
}
