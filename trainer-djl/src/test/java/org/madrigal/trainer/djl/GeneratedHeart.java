package org.madrigal.trainer.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.madrigal.trainer.data.RandomStream;

/** Four hospitals' rows in the form of the published ones, drawn from a seed. */
final class GeneratedHeart {

  /** For each hospital: training rows, positives among them, test rows, positives among them. */
  static final int[][] COUNTS = {
    {120, 60, 60, 30}, {100, 50, 50, 25}, {20, 10, 10, 5}, {60, 30, 30, 15}
  };

  private GeneratedHeart() {}

  /** Writes the hospitals' files and the list of splits; every tenth line lacks a value. */
  static void write(Path folder) throws IOException {
    StringBuilder list = new StringBuilder("center,row,set,y\n");
    for (int hospital = 0; hospital < COUNTS.length; hospital++) {
      RandomStream random = RandomStream.of("generated heart", hospital);
      StringBuilder rows = new StringBuilder();
      int line = 0;
      for (int i = 0; i < COUNTS[hospital][0] + COUNTS[hospital][2]; i++) {
        if (line % 10 == 9) {
          rows.append(row(random, 0).replaceFirst("[0-9.]+", "?"));
          line++;
        }
        int label = i % 2;
        rows.append(row(random, label));
        String part = i < COUNTS[hospital][0] ? "train" : "test";
        list.append("%d,%d,%s,%d\n".formatted(hospital, line, part, label));
        line++;
      }
      Files.writeString(
          folder.resolve("processed.%s.data".formatted(HeartDisease.HOSPITALS.get(hospital))),
          rows);
    }
    Files.writeString(folder.resolve("flamby_split.csv"), list);
  }

  private static String row(RandomStream random, int label) {
    double age = 45 + 10 * label + 20 * random.nextDouble();
    int sex = random.nextDouble() < 0.5 + 0.2 * label ? 1 : 0;
    int pain = random.nextDouble() < 0.3 + 0.4 * label ? 4 : 1 + random.nextInt(3);
    int exang = random.nextDouble() < 0.2 + 0.4 * label ? 1 : 0;
    double oldpeak = random.nextDouble() * (1 + label);
    return String.format(
        Locale.ROOT,
        "%.1f,%d,%d.0,%d,%d,%d,%d,%d,%d,%.1f,?,?,?,%d%n",
        age,
        sex,
        pain,
        110 + random.nextInt(50),
        180 + random.nextInt(120),
        random.nextInt(2),
        random.nextInt(3),
        170 - random.nextInt(60) - 10 * label,
        exang,
        oldpeak,
        label * (1 + random.nextInt(4)));
  }
}
