package org.madrigal.ledger.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate for 127.0.0.1 that was made for one test, in the forms that a server reads. */
final class TestCertificate {

  static final String PASSWORD = "only for tests";

  final Path pkcs12;
  final Path certificate;
  final Path key;

  private TestCertificate(Path folder) {
    pkcs12 = folder.resolve("server.p12");
    certificate = folder.resolve("server.pem");
    key = folder.resolve("server-key.pem");
  }

  /** The certificate in {@code folder}, which is made the first time. */
  static TestCertificate make(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    TestCertificate made = new TestCertificate(folder);
    if (Files.exists(made.key)) {
      return made;
    }
    made.keytool(
        List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=ledger", "-ext", "san=ip:127.0.0.1"));
    made.keytool(List.of("-exportcert", "-rfc", "-file", made.certificate.toString()));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(made.pkcs12)) {
      store.load(in, PASSWORD.toCharArray());
    }
    byte[] encoded = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
    Files.writeString(
        made.key,
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(encoded)));
    return made;
  }

  private void keytool(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(List.of("-alias", "server", "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", pkcs12.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed");
    }
  }
}
