package org.madrigal.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** The causes are those that the JDK's client gives. */
final class ConnectionFailureTest {

  @Test
  void saysWhatIsWrongWithTheAddress() {
    assertThat(said(new ConnectException(), new ConnectException()))
        .isEqualTo("nobody listens at the server's address");
    assertThat(said(new ConnectException(), new UnresolvedAddressException()))
        .isEqualTo("there is no host of that name");
    assertThat(said(new HttpConnectTimeoutException("connect timed out")))
        .isEqualTo("the server does not answer");
  }

  @Test
  void saysWhatIsWrongWithTheCertificate() {
    String untrusted = "is not one that is trusted";
    assertThat(handshake(new CertificateException(new CertPathBuilderException())))
        .contains(untrusted, "certificates: beside url: in member.yaml");
    assertThat(handshake(new CertificateException(new CertPathValidatorException())))
        .contains(untrusted);
    assertThat(
            handshake(
                new CertPathValidatorException("validity", new CertificateExpiredException())))
        .isEqualTo("the server's certificate has expired");
    assertThat(handshake(new CertificateException("No name matching ledger found")))
        .isEqualTo(
            "the server's certificate is not for this address (No name matching ledger found)");
    assertThat(said(new SSLException("plaintext connection?")))
        .isEqualTo("no TLS with the server (plaintext connection?)");
  }

  @Test
  void saysWhateverElseItWasWithoutTheWordsOfJava() {
    assertThat(said(new IOException("no bytes"))).isEqualTo("the connection failed: no bytes");
    assertThat(said(new IOException())).isEqualTo("the connection failed: IOException");
  }

  private static String handshake(Exception cause) {
    return said(new SSLHandshakeException("refused"), cause);
  }

  private static String said(IOException failure, Exception cause) {
    failure.initCause(cause);
    return said(failure);
  }

  private static String said(IOException failure) {
    return ConnectionFailure.describe(failure);
  }
}
