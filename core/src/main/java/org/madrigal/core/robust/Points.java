package org.madrigal.core.robust;

import java.util.List;

/**
 * Vectors of one length.
 *
 * @param length the number of coordinates of each
 * @param all the vectors, one at least, in the order in which they are added up
 */
public record Points(int length, List<Point> all) {

  /** Refuses an empty list. */
  public Points {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there must be a vector at least");
    }
  }

  /** How many there are. */
  public int count() {
    return all.size();
  }

  /** Room for one block of one vector. */
  double[] block() {
    return new double[Math.min(Point.BLOCK, length)];
  }

  /** How many coordinates the block from {@code from} on has. */
  int blockAt(int from) {
    return Math.min(Point.BLOCK, length - from);
  }

  /** The Euclidean distance of each vector to {@code point}. */
  double[] distancesTo(Point point) {
    double[] squares = new double[count()];
    double[] there = block();
    double[] here = block();
    for (int from = 0; from < length; from += Point.BLOCK) {
      int count = blockAt(from);
      point.read(from, count, there);
      for (int k = 0; k < squares.length; k++) {
        all.get(k).read(from, count, here);
        squares[k] = addSquares(squares[k], here, there, count);
      }
    }
    for (int k = 0; k < squares.length; k++) {
      squares[k] = Math.sqrt(squares[k]);
    }
    return squares;
  }

  /** The squared Euclidean distances of all pairs. */
  double[][] squaredDistances() {
    int n = count();
    double[][] squares = new double[n][n];
    double[][] blocks = new double[n][];
    for (int k = 0; k < n; k++) {
      blocks[k] = block();
    }
    for (int from = 0; from < length; from += Point.BLOCK) {
      int count = blockAt(from);
      for (int k = 0; k < n; k++) {
        all.get(k).read(from, count, blocks[k]);
      }
      for (int a = 0; a < n; a++) {
        for (int b = a + 1; b < n; b++) {
          squares[a][b] = addSquares(squares[a][b], blocks[a], blocks[b], count);
          squares[b][a] = squares[a][b];
        }
      }
    }
    return squares;
  }

  private static double addSquares(double sum, double[] a, double[] b, int count) {
    for (int i = 0; i < count; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }
}
