package org.madrigal.app.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Made-up rows for a regression: y = B tanh(A x) and a little noise, ten numbers from ten. */
final class Curves {

  private static final int SIZE = 10;
  private static final int TRAINING = 600;
  private static final int TEST = 300;
  private static final List<String> MEMBERS = List.of("first", "second", "third");

  private Curves() {}

  static void write(Path folder, long seed) throws IOException {
    Random random = new Random(seed);
    double[][] inner = matrix(random);
    double[][] outer = matrix(random);
    for (String member : MEMBERS) {
      Path own = Files.createDirectories(folder.resolve(member));
      write(own.resolve("train.csv"), TRAINING, inner, outer, random);
      write(own.resolve("test.csv"), TEST, inner, outer, random);
    }
  }

  private static void write(Path file, int rows, double[][] inner, double[][] outer, Random random)
      throws IOException {
    List<String> lines = new ArrayList<>();
    StringJoiner header = new StringJoiner(",");
    for (String letter : List.of("x", "y")) {
      for (int i = 0; i < SIZE; i++) {
        header.add(letter + i);
      }
    }
    lines.add(header.toString());
    for (int row = 0; row < rows; row++) {
      lines.add(row(inner, outer, random));
    }
    Generated.writeLines(file, lines);
  }

  private static String row(double[][] inner, double[][] outer, Random random) {
    double[] x = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      x[i] = rounded(random.nextGaussian());
    }
    double[] hidden = times(inner, x);
    for (int i = 0; i < SIZE; i++) {
      hidden[i] = StrictMath.tanh(hidden[i]);
    }
    StringJoiner values = new StringJoiner(",");
    for (double value : x) {
      values.add(Double.toString(value));
    }
    for (double value : times(outer, hidden)) {
      values.add(Double.toString(rounded(value + 0.05 * random.nextGaussian())));
    }
    return values.toString();
  }

  private static double[][] matrix(Random random) {
    double[][] matrix = new double[SIZE][SIZE];
    for (double[] row : matrix) {
      for (int i = 0; i < SIZE; i++) {
        row[i] = random.nextGaussian() / Math.sqrt(SIZE);
      }
    }
    return matrix;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }

  private static double rounded(double value) {
    return Math.rint(1e6 * value) / 1e6;
  }
}
