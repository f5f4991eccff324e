package org.madrigal.app.chronicle;

/** One number for each member of the charter, in its order, and one for strangers. A value. */
public final class Amounts {

  private final long[] members;
  private final long strangers;

  private Amounts(long[] members, long strangers) {
    this.members = members;
    this.strangers = strangers;
  }

  static Amounts zero(int members) {
    return new Amounts(new long[members], 0);
  }

  /** With {@code more} for the member at a place; a negative place is a stranger's. */
  Amounts plus(int place, long more) {
    if (place < 0) {
      return new Amounts(members, strangers + more);
    }
    long[] changed = members.clone();
    changed[place] += more;
    return new Amounts(changed, strangers);
  }

  /** These, or as many zeros where there were no members yet. */
  Amounts widened(int count) {
    return members.length == count ? this : new Amounts(new long[count], strangers);
  }

  /** The number of members. */
  public int size() {
    return members.length;
  }

  /** The member's at {@code place}. */
  public long at(int place) {
    return members[place];
  }

  /** The strangers'. */
  public long strangers() {
    return strangers;
  }

  /** All together. */
  public long total() {
    long total = strangers;
    for (long each : members) {
      total += each;
    }
    return total;
  }
}
