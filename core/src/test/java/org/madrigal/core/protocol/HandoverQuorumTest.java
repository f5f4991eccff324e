package org.madrigal.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.HandoverQuorum.Verdict;

final class HandoverQuorumTest {

  private static final Charter CHARTER = Charters.plain(4, 2);
  private static final String FROM = "file:old";

  /** Two quorums share more members than may lie, and a quorum is never more than all. */
  @Test
  void leavesNoRoomForTwoMoves() {
    for (int members = 2; members <= 40; members++) {
      int needed = HandoverQuorum.of(Charters.plain(members, 2)).needed();
      int liars = (members - 1) / 3;
      assertThat(2 * needed - members).as("%d members", members).isGreaterThan(liars);
      assertThat(needed).isLessThanOrEqualTo(members - liars);
    }
  }

  @Test
  void isMoreWhereMoreMembersMayCollude() {
    Charter secret = Charters.secret(Privacy.MASKED, 5, 2);
    int colluders = secret.rules().secrecy().orElseThrow().colluders();
    int needed = HandoverQuorum.of(secret).needed();
    assertThat(2 * needed).isGreaterThan(5 + Math.max(colluders, 1));
  }

  @Test
  void takesThreeOfFour() {
    assertThat(judge(all(), sign(0, "next"), sign(1, "next"), sign(2, "next")))
        .isEqualTo(
            new Verdict.HandedOver(
                handover("next"), List.of(Charters.id(0), Charters.id(1), Charters.id(2))));
    assertThat(reason(judge(all(), sign(0, "next"), sign(1, "next"))))
        .isEqualTo("2 of the 3 members that it takes handed over");
  }

  @Test
  void countsAMemberOnce() {
    assertThat(reason(judge(all(), sign(0, "next"), sign(0, "next"), sign(1, "next"))))
        .startsWith("2 of the 3 members");
  }

  @Test
  void refusesAMemberThatHandsOverTwice() {
    assertThat(
            reason(
                judge(all(), sign(0, "next"), sign(0, "other"), sign(1, "next"), sign(2, "next"))))
        .contains("'" + Charters.id(0) + "' handed over twice, to next and to other");
  }

  @Test
  void refusesMembersThatDoNotSayTheSame() {
    assertThat(reason(judge(all(), sign(0, "next"), sign(1, "next"), sign(2, "other"))))
        .contains("do not say the same", "to next", "to other");
  }

  @Test
  void countsNobodyWhoWasVotedOutIsForgedOrSpeaksOfSomethingElse() {
    Set<MemberId> without = Set.of(Charters.id(0), Charters.id(1), Charters.id(3));
    assertThat(reason(judge(without, sign(0, "next"), sign(1, "next"), sign(2, "next"))))
        .contains("2 of the 3", "'" + Charters.id(2) + "' did not take part any more");
    SignedHandover forged = SignedHandover.sign(Charters.id(2), handover("next"), Charters.key(3));
    assertThat(reason(judge(all(), sign(0, "next"), sign(1, "next"), forged)))
        .contains("'" + Charters.id(2) + "' did not sign its");
    SignedHandover stranger =
        SignedHandover.sign(new MemberId("stranger"), handover("next"), Charters.key(3));
    assertThat(reason(judge(all(), sign(0, "next"), stranger))).contains("is no member");
    SignedHandover elsewhere =
        SignedHandover.sign(
            Charters.id(2),
            new Handover(CHARTER.id(), "file:another", handover("next").end(), "next"),
            Charters.key(2));
    assertThat(reason(judge(all(), sign(0, "next"), sign(1, "next"), elsewhere)))
        .contains("speaks of the ledger file:another");
    SignedHandover foreign =
        SignedHandover.sign(
            Charters.id(2),
            new Handover(Charters.plain(5, 2).id(), FROM, handover("next").end(), "next"),
            Charters.key(2));
    assertThat(reason(judge(all(), sign(0, "next"), sign(1, "next"), foreign)))
        .contains("speaks of another federation");
  }

  private static Verdict judge(Set<MemberId> active, SignedHandover... handovers) {
    return HandoverQuorum.of(CHARTER)
        .judge(CHARTER, active, FROM, new ArrayList<>(List.of(handovers)));
  }

  private static String reason(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Refused(String reason) -> reason;
      case Verdict.HandedOver handedOver -> "handed over";
    };
  }

  private static Set<MemberId> all() {
    return IntStream.range(0, 4).mapToObj(Charters::id).collect(Collectors.toSet());
  }

  private static SignedHandover sign(int member, String next) {
    return SignedHandover.sign(Charters.id(member), handover(next), Charters.key(member));
  }

  private static Handover handover(String next) {
    Head head = new Head(new Position(7), Digest.of(new byte[] {7}));
    return new Handover(CHARTER.id(), FROM, new Origin(head, new LedgerTime(7)), next);
  }
}
