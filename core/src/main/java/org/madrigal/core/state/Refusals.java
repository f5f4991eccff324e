package org.madrigal.core.state;

import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Ruling.Refused;

/**
 * Why statements to a federation with secrecy do not count, in words.
 *
 * @param phase what is under way
 * @param author who said them
 */
record Refusals(Phase.Confidential phase, MemberId author) {

  Refused wrongSlot(String what) {
    return refuse(
        Reason.WRONG_SLOT,
        "slot %s of epoch %s takes %s now".formatted(phase.slot(), phase.epoch().id(), what));
  }

  Refused notInRoster() {
    return refuse(
        Reason.NOT_IN_COHORT,
        "%s is not in the roster of epoch %s".formatted(author, phase.epoch().id()));
  }

  Refused second(String what) {
    return refuse(Reason.SECOND_STATEMENT, "%s has sent %s already".formatted(author, what));
  }

  static Refused wrongCount(String what, int found, int expected) {
    return refuse(Reason.WRONG_LENGTH, "it has %d %s, not %d".formatted(found, what, expected));
  }

  static Refused refuse(Reason reason, String detail) {
    return new Refused(new Rejection(reason, detail));
  }
}
