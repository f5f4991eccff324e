package org.madrigal.app.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;

/** A ledger's server with a certificate of its own, and two members who know it or do not. */
@Tag("process")
final class TlsTest {

  private static final List<String> MEMBERS = List.of("north", "south");
  private static final String PASSWORD = "only for tests";

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>(System.getenv());
  private Launched server;
  private String url;

  @BeforeEach
  void serve() throws IOException, GeneralSecurityException {
    environment.put("MADRIGAL_BUILD", "never");
    Path secret = Files.writeString(folder.resolve("secret"), "correct horse battery staple");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    certificate("server");
    certificate("other");
    key("orderer.pem");
    Path charter = folder.resolve("charter.yaml");
    Stream<Object> words =
        Stream.of("charter", "new", "--name", "Two", "--privacy", "none", "--out", charter);
    for (String member : MEMBERS) {
      Files.createDirectory(folder.resolve(member));
      Files.writeString(folder.resolve(member).resolve("train.csv"), rows());
      String publicKey = key(member + "/key.pem");
      words = Stream.concat(words, Stream.of("--member", member + "=" + publicKey));
    }
    run(words.toArray());
    Files.writeString(charter, Files.readString(charter).replaceFirst("rounds: \\d+", "rounds: 2"));
    server =
        start(
            "ledger serve --charter charter.yaml --ledger ledger --key orderer.pem"
                + " --passphrase-file secret --bind 127.0.0.1:0 --tls-cert server.pem --tls-key server-key.pem");
    url = server.awaitOut(line -> line.contains("listens at")).replaceFirst(".* listens at ", "");
  }

  @AfterEach
  void endServer() {
    server.close();
  }

  @Test
  void carriesAWholeTraining() throws IOException {
    assertThat(url).startsWith("https://127.0.0.1:");
    for (String member : MEMBERS) {
      settings(member, "server.pem");
      speak(member, "charter", "sign");
    }

    assertThat(speak("north", "doctor").out()).contains("reached; it is empty");
    try (Launched north = startNode("north");
        Launched south = startNode("south")) {
      assertThat(Stream.of(north.end(), south.end())).allMatch(outcome -> outcome.code() == 0);
    }
    assertThat(run("status", "--ledger", folder.resolve("south"))).contains("finished");
    assertThat(run("audit", "--ledger", folder.resolve("north/ledger")))
        .contains(" entries, 2 models recomputed");
  }

  @Test
  void refusesACertificateThatTheMemberDoesNotTrust() throws IOException {
    settings("north", "other.pem");
    speak("north", "charter", "sign");

    Cli.Result doctor = speak("north", "doctor");
    assertThat(doctor.exit()).isEqualTo(15);
    assertThat(doctor.out()).contains("the server's certificate is not one that is trusted");
    try (Launched node = startNode("north")) {
      assertThat(node.awaitErr(line -> line.contains("certificate")))
          .contains("is not one that is trusted")
          .doesNotContain("Exception");
      assertThat(node.interrupt().code()).isEqualTo(130);
    }
    assertThat(folder.resolve("north/ledger/genesis")).doesNotExist();
  }

  private void settings(String member, String trusted) throws IOException {
    Files.writeString(
        folder.resolve(member).resolve("member.yaml"),
        """
        madrigal: 1
        member: %s
        charter: ../charter.yaml
        ledger: {url: "%s", orderer: "%s", certificates: ../%s}
        data: {folder: .}
        """
            .formatted(
                member, url, run("key", "show", folder.resolve("orderer.pem")).strip(), trusted));
  }

  /** Makes NAME.pem and NAME-key.pem with the tool of the JDK. */
  private void certificate(String name) throws IOException, GeneralSecurityException {
    Path store = folder.resolve(name + ".p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String words =
        "-genkeypair -alias server -keyalg EC -storetype PKCS12 -dname CN=ledger"
            + " -ext SAN=ip:127.0.0.1 -validity 2 -keystore "
            + store;
    String[] arguments =
        Stream.concat(Stream.of(words.split(" ", -1)), Stream.of("-storepass", PASSWORD))
            .toArray(String[]::new);
    try (Launched made = Launched.start(keytool, folder, environment, arguments)) {
      assertThat(made.end().code()).isZero();
    }
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      pem(name + ".pem", "CERTIFICATE", keys.getCertificate("server").getEncoded());
      pem(
          name + "-key.pem",
          "PRIVATE KEY",
          keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
    }
  }

  private void pem(String file, String kind, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, text));
  }

  private static String rows() {
    StringBuilder rows = new StringBuilder("age,sex,diagnosis\n");
    for (int age = 30; age < 80; age++) {
      rows.append("%d,%s,%d%n".formatted(age, age % 2 == 0 ? "female" : "male", age / 55));
    }
    return rows.toString();
  }

  private String key(String file) {
    Path path = folder.resolve(file);
    run("key", "new", "--out", path, "--passphrase-file", folder.resolve("secret"));
    return run("key", "show", path).strip();
  }

  private static String run(Object... words) {
    Cli.Result result = Cli.run(words);
    assertThat(result.exit()).as("%s", result).isZero();
    return result.out();
  }

  private Cli.Result speak(String member, Object... command) {
    Object[] who = {
      "--member", folder.resolve(member), "--passphrase-file", folder.resolve("secret")
    };
    return Cli.run(Stream.concat(Stream.of(command), Stream.of(who)).toArray());
  }

  private Launched startNode(String member) {
    return start("node run --passphrase-file secret --member " + member);
  }

  private Launched start(String line) {
    return Launched.start(
        Launched.repository().resolve("madrigal"), folder, environment, line.split(" ", -1));
  }
}
