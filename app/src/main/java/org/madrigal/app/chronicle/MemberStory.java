package org.madrigal.app.chronicle;

import java.util.Optional;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.Position;

/**
 * What is known of one member.
 *
 * @param member as the charter names it
 * @param enrolled when its owner approved the charter
 * @param ledger the ledger that it enrolled for
 * @param standing how it stands
 * @param why why it is not active
 * @param since the entry that says so
 * @param rounds how many rounds have its update in their sum
 * @param statements how many of its statements are on the ledger
 * @param rejected how many of them do not count
 * @param bytes their length
 * @param spoke its last statement
 */
public record MemberStory(
    Member member,
    Optional<Place> enrolled,
    Optional<String> ledger,
    Standing standing,
    Optional<String> why,
    Optional<Position> since,
    int rounds,
    long statements,
    long rejected,
    long bytes,
    Optional<Place> spoke) {

  /** How a member stands, from harmless to final. */
  public enum Standing {
    /** Its owner has not approved the charter. */
    NOT_ENROLLED("not-enrolled"),
    /** It takes part. */
    ACTIVE("active"),
    /** The last round went on without it. */
    ABSENT("absent"),
    /** It provably broke the protocol. */
    CONVICTED("convicted"),
    /** The others voted it out. */
    EXCLUDED("excluded");

    private final String word;

    Standing(String word) {
      this.word = word;
    }

    /** The name in reports. */
    public String word() {
      return word;
    }

    boolean isFinal() {
      return this == CONVICTED || this == EXCLUDED;
    }
  }

  static MemberStory of(Member member) {
    return new MemberStory(
        member,
        Optional.empty(),
        Optional.empty(),
        Standing.NOT_ENROLLED,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        0,
        0,
        Optional.empty());
  }

  MemberStory enrolled(Place at, String named) {
    return new MemberStory(
        member,
        Optional.of(at),
        Optional.of(named),
        Standing.ACTIVE,
        Optional.empty(),
        Optional.empty(),
        rounds,
        statements,
        rejected,
        bytes,
        spoke);
  }

  MemberStory spoke(Place at, long length, boolean counts) {
    return new MemberStory(
        member,
        enrolled,
        ledger,
        standing,
        why,
        since,
        rounds,
        statements + 1,
        rejected + (counts ? 0 : 1),
        bytes + length,
        Optional.of(at));
  }

  MemberStory contributed() {
    return standing(
        standing.isFinal() ? standing : Standing.ACTIVE,
        standing.isFinal() ? why : Optional.empty(),
        standing.isFinal() ? since : Optional.empty(),
        rounds + 1);
  }

  /** What is final stays: a member that is out is not merely absent. */
  MemberStory stands(Standing next, String reason, Position at) {
    boolean keeps = standing.isFinal() && !next.isFinal();
    return keeps || standing == Standing.EXCLUDED
        ? this
        : standing(next, Optional.of(reason), Optional.of(at), rounds);
  }

  private MemberStory standing(
      Standing next, Optional<String> reason, Optional<Position> at, int taken) {
    return new MemberStory(
        member, enrolled, ledger, next, reason, at, taken, statements, rejected, bytes, spoke);
  }
}
