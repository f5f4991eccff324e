package org.madrigal.app.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Signature;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;

/**
 * The signature beside a report: Ed25519 (RFC 8032) over the bytes of the JSON file and nothing
 * else, 64 bytes raw, so that {@code openssl pkeyutl -verify -rawin} checks it. A member may sign
 * with the key of its statements: what is signed there begins with the byte 0x84 (a CBOR array, RFC
 * 9052 section 4.4), a report with an opening brace, so that neither can be taken for the other.
 */
final class ReportSeal {

  private static final String SUFFIX = ".sig";

  private ReportSeal() {}

  /** Where the signature of a report lies. */
  static Path beside(Path report) {
    return report.resolveSibling(report.getFileName() + SUFFIX);
  }

  /** The signature's bytes. */
  static byte[] sign(SigningKey key, byte[] report) {
    return key.sign(report).value().toByteArray();
  }

  /**
   * Checks the signature that lies beside a report.
   *
   * @throws Failure if there is none, or it is not {@code signer}'s over these bytes
   */
  static void verify(Path report, byte[] content, VerifyingKey signer) {
    Path file = beside(report);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Failure(
          ExitCode.USAGE,
          "There is no signature %s beside the report; leave --signer out, or ask for it."
              .formatted(file),
          e);
    }
    if (bytes.length != Signature.LENGTH
        || signer.verify(content, new Signature(Bytes.takeOver(bytes))) != Verification.GENUINE) {
      throw new Failure(
          ExitCode.BROKEN,
          "%s is not the signature of %s over %s: the report or its signature was changed, or somebody else signed it."
              .formatted(file, signer.text(), report));
    }
  }
}
