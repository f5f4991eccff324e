package org.madrigal.ledger.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A certificate with its private key, for a server, or certificates that a client trusts. */
public final class Tls {

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private final KeyStore store;
  private final String password;

  private Tls(KeyStore store, String password) {
    this.store = store;
    this.password = password;
  }

  /**
   * Reads PEM files, as certificate authorities give them.
   *
   * @param certificates the server's certificate, followed by those that it is signed with
   * @param key the private key in PKCS #8, not encrypted
   * @throws IllegalArgumentException if they cannot be read, with one sentence for people
   */
  public static Tls pem(Path certificates, Path key) {
    try {
      KeyStore store = empty();
      Certificate[] chain = certificates(certificates).toArray(Certificate[]::new);
      store.setKeyEntry("server", privateKey(key), new char[0], chain);
      return new Tls(store, "");
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(certificates + "' and '" + key, e);
    }
  }

  /**
   * Reads a PKCS #12 file with a certificate and its private key.
   *
   * @throws IllegalArgumentException if it cannot be read, with one sentence for people
   */
  public static Tls pkcs12(Path file, String password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      return new Tls(store, password);
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * What a client needs that trusts these certificates and no others.
   *
   * @param certificates PEM: the server's own certificate, or that of its authority
   * @throws IllegalArgumentException if they cannot be read, with one sentence for people
   */
  static SSLContext trusting(Path certificates) {
    try {
      KeyStore store = empty();
      int number = 0;
      for (Certificate certificate : certificates(certificates)) {
        store.setCertificateEntry("trusted-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(certificates.toString(), e);
    }
  }

  /** How a server of Jetty's shows the certificate: in TLS 1.3, and nothing older. */
  public SslContextFactory.Server forServer() {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStore(store);
    context.setKeyStorePassword(password);
    context.setIncludeProtocols("TLSv1.3");
    return context;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (read.isEmpty()) {
        throw new IOException("there is no certificate in it");
      }
      return read;
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    Matcher pem = PRIVATE_KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IOException(
          "there is no '-----BEGIN PRIVATE KEY-----' in it; convert the key with"
              + " 'openssl pkcs8 -topk8 -nodes'");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
    GeneralSecurityException last = new GeneralSecurityException("unknown kind of key");
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw last;
  }

  private static IllegalArgumentException unreadable(String what, Exception cause) {
    return new IllegalArgumentException(
        "The TLS certificate or key in '%s' cannot be read: %s".formatted(what, cause.getMessage()),
        cause);
  }
}
