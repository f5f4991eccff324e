package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Share;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Release;
import org.madrigal.core.secagg.ComplaintVerdict;
import org.madrigal.core.secagg.ShareKind;

/** Checks what a member releases against what was dealt: every share has its hash on the ledger. */
final class ReleaseCheck {

  private ReleaseCheck() {}

  /** What a check found. */
  sealed interface Result {}

  /**
   * Every share is one that was dealt.
   *
   * @param verdicts what complaints among the releases prove
   */
  record Sound(List<Verdict> verdicts) implements Result {}

  /** Something that the author must not have released; {@code detail} says what. */
  record Wrong(String detail) implements Result {}

  /**
   * Somebody broke the protocol.
   *
   * @param guilty who
   * @param reason what it did, for people
   */
  record Verdict(MemberId guilty, String reason) {}

  static Result of(Stage.Unmasking stage, MemberId author, List<Release> releases) {
    List<MemberId> dealers = List.copyOf(stage.plan().committed());
    if (releases.size() != dealers.size()) {
      return new Wrong(
          "it releases for %d members, not for the %d that gave input"
              .formatted(releases.size(), dealers.size()));
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < dealers.size(); i++) {
      MemberId dealer = dealers.get(i);
      switch (releases.get(i)) {
        case Release.Nothing nothing -> {}
        case Release.OfShare share -> {
          if (!isDealt(stage, author, dealer, share)) {
            return new Wrong(
                "the share of %s is not the one that was dealt to %s".formatted(dealer, author));
          }
        }
        case Release.Complaint complaint -> {
          if (!stage.plan().edges(author).contains(dealer)) {
            return new Wrong(
                "%s and %s have no key in common to complain with".formatted(author, dealer));
          }
          verdicts.add(judge(stage.plan(), author, dealer, complaint));
        }
      }
    }
    return new Sound(verdicts);
  }

  private static boolean isDealt(
      Stage.Unmasking stage, MemberId author, MemberId dealer, Release.OfShare share) {
    SlotPlan plan = stage.plan();
    return plan.dealing(dealer).verify(kind(stage, dealer), shareOf(plan, author, share))
        == Verification.GENUINE;
  }

  /** Which secret of a member opens: the self seed of a survivor, else the recovery key. */
  static ShareKind kind(Stage.Unmasking stage, MemberId dealer) {
    return stage.survivors().contains(dealer) ? ShareKind.SELF_SEED : ShareKind.RECOVERY_KEY;
  }

  static Share shareOf(SlotPlan plan, MemberId author, Release.OfShare share) {
    return new Share(plan.roster().indexOf(author), Secret.copyOf(share.value().toByteArray()));
  }

  private static Verdict judge(
      SlotPlan plan, MemberId author, MemberId dealer, Release.Complaint complaint) {
    ComplaintVerdict verdict =
        plan.dealing(dealer)
            .judge(
                plan.roster().indexOf(author),
                plan.agreed(author, dealer),
                Secret.copyOf(complaint.key().toByteArray()));
    return switch (verdict) {
      case ComplaintVerdict.DealerGuilty guilty ->
          new Verdict(
              dealer,
              "it dealt %s shares that it did not commit to (%s)"
                  .formatted(author, guilty.fault()));
      case ComplaintVerdict.ComplainerGuilty guilty ->
          new Verdict(
              author,
              "it complained of %s without reason (%s)".formatted(dealer, guilty.refutation()));
    };
  }
}
