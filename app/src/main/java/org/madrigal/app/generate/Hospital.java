package org.madrigal.app.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.protocol.MemberId;

/**
 * A made-up hospital: how many patients it has, and whom it sees.
 *
 * @param name its pseudonym
 * @param training how many patients it trains on
 * @param test how many it keeps for judging models
 * @param mix whom it sees
 */
record Hospital(MemberId name, int training, int test, Patients.CaseMix mix) {

  /** Four hospitals: few patients each, and different ones. */
  static final List<Hospital> FOUR =
      List.of(
          hospital("alder", 72, 61, 0.70, List.of(0.10, 0.20, 0.30, 0.40), -0.2),
          hospital("birch", 56, 49, 0.60, List.of(0.10, 0.40, 0.30, 0.20), -0.6),
          hospital("cedar", 26, 55, 0.85, List.of(0.10, 0.15, 0.15, 0.60), 0.6),
          hospital("dogwood", 38, 68, 0.75, List.of(0.10, 0.20, 0.40, 0.30), 0.2));

  static final int TEST = 250;

  private static Hospital hospital(
      String name, int training, double age, double men, List<Double> pain, double intercept) {
    return new Hospital(
        new MemberId(name), training, TEST, new Patients.CaseMix(age, men, pain, intercept));
  }

  /**
   * Writes {@code folder/<hospital>/train.csv} and {@code test.csv}, the same for the same seed.
   *
   * @param folder where to; the folders are made
   */
  void write(Path folder, long seed) throws IOException {
    Patients patients = new Patients(mix, seed * 31 + name.value().hashCode());
    Path own = folder.resolve(name.value());
    Files.createDirectories(own);
    write(own.resolve("train.csv"), patients, training);
    write(own.resolve("test.csv"), patients, test);
  }

  private static void write(Path file, Patients patients, int rows) throws IOException {
    List<String> lines = new ArrayList<>(rows + 1);
    lines.add(String.join(",", Patients.COLUMNS));
    for (int i = 0; i < rows; i++) {
      lines.add(patients.next());
    }
    Generated.writeLines(file, lines);
  }
}
