package org.madrigal.app.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Made-up clients of banks in the form of FATE's split of the UCI credit default data: 23 scaled
 * columns, about one client in five defaults, by a logistic law that leaves much to chance.
 */
final class Clients {

  private static final int COLUMNS = 23;
  private static final int ROWS = 1500;
  private static final double INTERCEPT = -1.5;

  private Clients() {}

  static void write(Path folder, long seed) throws IOException {
    Random random = new Random(seed);
    double[] weights = new double[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      weights[i] = 0.25 * random.nextGaussian();
    }
    int id = 0;
    for (String part : List.of("guest", "host_1", "host_2", "test")) {
      List<String> lines = new ArrayList<>();
      StringJoiner header = new StringJoiner(",").add("id").add("y");
      for (int i = 0; i < COLUMNS; i++) {
        header.add("x" + i);
      }
      lines.add(header.toString());
      for (int row = 0; row < ROWS; row++) {
        lines.add(client(id++, weights, random));
      }
      Generated.writeLines(folder.resolve("default_credit_homo_" + part + ".csv.gz"), lines);
    }
  }

  private static String client(int id, double[] weights, Random random) {
    double logit = INTERCEPT;
    StringJoiner values = new StringJoiner(",");
    for (double weight : weights) {
      double value = Math.rint(1e6 * random.nextGaussian()) / 1e6;
      logit += weight * value;
      values.add(Double.toString(value));
    }
    int defaults = random.nextDouble() < 1 / (1 + StrictMath.exp(-logit)) ? 1 : 0;
    return id + "," + defaults + "," + values;
  }
}
