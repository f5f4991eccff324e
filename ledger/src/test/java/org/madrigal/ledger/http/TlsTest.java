package org.madrigal.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerContract;
import org.madrigal.ledger.LedgerException;

/** The contract over TLS. */
final class TlsTest extends LedgerContract {

  @TempDir static Path certificates = Path.of("");

  @TempDir Path temporary;
  private Optional<Federation> federation = Optional.empty();
  private final TestCertificate made;

  TlsTest() throws Exception {
    this.made = TestCertificate.make(certificates);
  }

  @Override
  protected Ledger open() {
    federation = Optional.of(serve(Tls.pem(made.certificate, made.key)));
    return RemoteLedger.open(config().trusting(made.certificate), clock);
  }

  private Federation serve(Tls tls) {
    return Federation.serve(
        temporary.resolve("ledger"),
        clock,
        Federation.everything(),
        LedgerServerConfig.of("127.0.0.1", 0, tls));
  }

  private RemoteLedgerConfig config() {
    return federation.orElseThrow().member(Federation.ALPHA, temporary.resolve("copy"));
  }

  @AfterEach
  void closeServer() {
    federation.ifPresent(Federation::close);
  }

  @Test
  void servesHttpsOnly() {
    assertThat(federation.orElseThrow().server.uri().getScheme()).isEqualTo("https");
  }

  @Test
  void readsPkcs12AsWell() throws InterruptedException {
    ledger().close();
    closeServer();
    federation = Optional.of(serve(Tls.pkcs12(made.pkcs12, TestCertificate.PASSWORD)));
    try (RemoteLedger remote = RemoteLedger.open(config().trusting(made.certificate), clock)) {
      remote.append(statement(1), Optional.empty());
    }
  }

  @Test
  void doesNotTalkToAServerThatItDoesNotTrust() {
    ledger().close();
    try (RemoteLedger remote =
        RemoteLedger.open(config().patientFor(Duration.ofMillis(1)), clock)) {
      assertThatThrownBy(() -> remote.append(statement(1), Optional.empty()))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("certi");
    }
  }

  @Test
  void saysWhatIsWrongWithAKeyFile() throws Exception {
    assertThatThrownBy(() -> Tls.pem(made.certificate, made.certificate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl pkcs8");
    Path empty = Files.createFile(temporary.resolve("empty.pem"));
    assertThatThrownBy(() -> Tls.pem(empty, made.key))
        .hasMessageContaining("there is no certificate in it");
    assertThatThrownBy(() -> Tls.pkcs12(made.pkcs12, "wrong"))
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> Tls.pem(temporary.resolve("nowhere"), made.key))
        .hasMessageContaining("nowhere");
  }
}
