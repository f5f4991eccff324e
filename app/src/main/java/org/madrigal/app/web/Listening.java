package org.madrigal.app.web;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.DashboardSection;
import org.madrigal.ledger.http.Tls;

/** What people say of a server, made into what it needs. */
public final class Listening {

  private Listening() {}

  /**
   * The configuration that {@code settings} mean.
   *
   * @throws Failure with one sentence, if they cannot work
   */
  public static WebServer.Config config(DashboardSection settings) {
    try {
      return new WebServer.Config(
          WebAddress.parse(settings.address(), tls(settings)),
          settings.tokens().map(TokenFile::open),
          WebLimits.USUAL,
          InstantSource.system());
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.BAD_INPUT, e.getMessage() + ".", e);
    }
  }

  private static Optional<Tls> tls(DashboardSection settings) {
    Optional<Path> certificate = settings.certificate();
    Optional<Path> key = settings.certificateKey();
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "The dashboard's certificate and its private key go together; give both");
    }
    return certificate.map(file -> Tls.pem(file, key.orElseThrow()));
  }
}
