package org.madrigal.core.secagg;

/**
 * How many members must be honest, alive and agreed, in one roster or group.
 *
 * <p>With t shares opening a secret and c colluders: c &lt; t keeps them from opening anything
 * alone. Two halves of a forked ledger, each with the colluders, hold at most n + c shares
 * together; 2t &gt; n + c keeps them from opening both secrets of one member. Where m = n nobody's
 * recovery shares are ever released, and the condition falls away. m &gt;= c + 2 leaves two honest
 * values in every sum.
 *
 * @param members n, 3 to 300
 * @param colluders c, 1 or more
 * @param threshold t: so many shares open a secret
 * @param minimum m: the fewest survivors whose sum is opened
 */
public record Thresholds(int members, int colluders, int threshold, int minimum) {

  /** The fewest members. */
  public static final int MIN_MEMBERS = 3;

  /** The most members: every pair has an edge. */
  public static final int MAX_MEMBERS = 300;

  /** Refuses numbers that do not keep a single value secret, and says why. */
  public Thresholds {
    require(
        members >= MIN_MEMBERS && members <= MAX_MEMBERS,
        "Secure aggregation needs %d to %d members, not %d"
            .formatted(MIN_MEMBERS, MAX_MEMBERS, members));
    require(
        colluders >= 1,
        "At least one member must be allowed for as colluder, not %d".formatted(colluders));
    require(
        threshold > colluders,
        "%d shares open a secret and %d members may collude: the threshold must be larger"
            .formatted(threshold, colluders));
    require(
        minimum >= threshold,
        "The minimum of survivors, %d, must be at least the threshold, %d"
            .formatted(minimum, threshold));
    require(
        minimum <= members,
        "The minimum of survivors, %d, is larger than the number of members, %d"
            .formatted(minimum, members));
    require(
        minimum >= colluders + 2,
        "A sum of %d values shows a single one to %d colluders: the minimum must be at least %d"
            .formatted(minimum, colluders, colluders + 2));
    require(
        2 * threshold > members + colluders || minimum == members,
        ("Two halves of a forked ledger could open both secrets of a member: twice the threshold,"
                + " %d, must exceed members and colluders together, %d, or all members must survive")
            .formatted(2 * threshold, members + colluders));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * What suits {@code members} where nothing else is said: c = max(1, floor((n - 1) / 3)), t =
   * floor((n + c) / 2) + 1, m = max(t, c + 2). With three members that t would be all of them; then
   * m = n and t = c + 1, so that one may fall silent after masking.
   */
  public static Thresholds defaults(int members) {
    return defaults(members, Math.max(1, (members - 1) / 3));
  }

  /**
   * As {@link #defaults(int)}, for a chosen number of colluders.
   *
   * @throws IllegalArgumentException if {@code members} cannot withstand so many
   */
  public static Thresholds defaults(int members, int colluders) {
    int threshold = (members + colluders) / 2 + 1;
    return threshold >= members
        ? new Thresholds(members, colluders, colluders + 1, members)
        : new Thresholds(members, colluders, threshold, Math.max(threshold, colluders + 2));
  }

  /** Whether a slot may open although members dropped out, so that recovery shares are released. */
  public boolean toleratesDropouts() {
    return minimum < members;
  }

  /**
   * The fewest survivors of a slot, max(m, c + 1 + 2 mu), so that honest survivors stay connected.
   *
   * @param droppedEdges mu: the most edges towards survivors that any survivor has dropped
   */
  public int minimumSurvivors(int droppedEdges) {
    return Math.max(minimum, colluders + 1 + 2 * droppedEdges);
  }
}
