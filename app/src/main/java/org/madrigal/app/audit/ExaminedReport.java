package org.madrigal.app.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.crypto.VerifyingKey;

/**
 * A report that somebody else wrote.
 *
 * @param file where it lies
 * @param said what it says
 */
record ExaminedReport(Path file, JsonNode said) {

  private static final int MAX_BYTES = 256 << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Reads a report.
   *
   * @param signer who must have signed it, if that is asked
   * @throws Failure if it is no report, or not signed so
   */
  static ExaminedReport read(Path file, Optional<VerifyingKey> signer) {
    byte[] content = content(file);
    signer.ifPresent(key -> ReportSeal.verify(file, content, key));
    JsonNode said = parse(content).orElseThrow(() -> noReport(file));
    if (!said.path("format").asText().equals(ReportContent.FORMAT)
        || !said.path("ledger").path("entries").canConvertToLong()) {
      throw noReport(file);
    }
    return new ExaminedReport(file, said);
  }

  private static byte[] content(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw noReport(file);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Failure(
          ExitCode.USAGE,
          "The report %s cannot be read; --against names the JSON file of a report."
              .formatted(file),
          e);
    }
  }

  private static Optional<JsonNode> parse(byte[] content) {
    try {
      return Optional.ofNullable(MAPPER.readTree(content));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Failure noReport(Path file) {
    return new Failure(
        ExitCode.USAGE,
        "%s is no report of this version; --against names the JSON file that 'madrigal audit --report' writes."
            .formatted(file));
  }

  /** How many entries it tells of. */
  long entries() {
    return said.path("ledger").path("entries").asLong();
  }

  /** Whether it says that the entry after these is wrong. */
  boolean saysBroken() {
    return !said.path("broken").isNull();
  }

  /** What it says otherwise than the ledger, a clause; nothing if they agree. */
  Optional<String> difference(ReportContent found) {
    return ReportDifference.between(said, ReportContent.read(found.bytes()));
  }
}
