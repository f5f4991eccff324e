package org.madrigal.app.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.NewFile;
import org.madrigal.core.crypto.SigningKey;

/**
 * Where a report goes.
 *
 * @param page the page for people
 * @param data the same as JSON
 * @param signing who signs the JSON, if anybody does
 */
record ReportFiles(NewFile page, NewFile data, Optional<Signing> signing) {

  /**
   * Who signs.
   *
   * @param file where the signature goes
   * @param key the key
   */
  record Signing(NewFile file, SigningKey key) {}

  /** Writes all of them, the page last. */
  void write(ReportContent content) {
    try {
      byte[] json = content.bytes();
      data.write(json);
      if (signing.isPresent()) {
        signing.get().file().write(ReportSeal.sign(signing.get().key(), json));
      }
      Path name = data.path().getFileName();
      page.write(
          ReportPage.of(
                  json,
                  String.valueOf(name),
                  signing.map(Signing::key).map(SigningKey::verifyingKey))
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Failure(
          ExitCode.STORAGE,
          "The report cannot be written to %s: %s; make room or name another folder."
              .formatted(page.path(), e.getMessage()),
          e);
    }
  }
}
