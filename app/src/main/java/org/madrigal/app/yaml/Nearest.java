package org.madrigal.app.yaml;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody may have meant who mistyped a name. */
public final class Nearest {

  private Nearest() {}

  /**
   * The name among {@code known} that takes the fewest changes of a letter (insert, remove,
   * replace, swap two neighbours), if these are at most a third of its length, rounded up.
   */
  public static Optional<String> to(String typed, Collection<String> known) {
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (String name : known) {
      int changes = changes(typed.toLowerCase(java.util.Locale.ROOT), name);
      if (changes < fewest && changes <= (name.length() + 2) / 3) {
        best = name;
        fewest = changes;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The optimal string alignment distance of two names, row by row. */
  private static int changes(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      distance[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      distance[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        distance[i][j] = swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
      }
    }
    return distance[a.length()][b.length()];
  }
}
