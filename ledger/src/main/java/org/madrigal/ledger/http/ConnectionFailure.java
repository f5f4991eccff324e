package org.madrigal.ledger.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says in people's words why a server could not be reached. */
final class ConnectionFailure {

  private ConnectionFailure() {}

  /** A clause that says what is wrong, as far as can be known. */
  static String describe(IOException failure) {
    List<Throwable> causes =
        Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause).toList();
    if (has(causes, UnresolvedAddressException.class)) {
      return "there is no host of that name";
    }
    if (has(causes, CertificateExpiredException.class)) {
      return "the server's certificate has expired";
    }
    if (has(causes, CertPathBuilderException.class)
        || has(causes, CertPathValidatorException.class)) {
      return "the server's certificate is not one that is trusted; if it is the right one, name its"
          + " file as certificates: beside url: in member.yaml";
    }
    if (has(causes, CertificateException.class)) {
      return "the server's certificate is not for this address (%s)"
          .formatted(causes.getLast().getMessage());
    }
    if (has(causes, SSLException.class)) {
      return "no TLS with the server (%s)".formatted(causes.getLast().getMessage());
    }
    if (has(causes, HttpTimeoutException.class)) {
      return "the server does not answer";
    }
    if (has(causes, ConnectException.class)) {
      return "nobody listens at the server's address";
    }
    String message =
        Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
    return "the connection failed: " + message;
  }

  private static boolean has(List<Throwable> causes, Class<? extends Throwable> kind) {
    return causes.stream().anyMatch(kind::isInstance);
  }
}
