package org.madrigal.core.state;

import java.util.List;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Ruling.Counted;
import org.madrigal.core.state.Ruling.Refused;

/**
 * A statement to a federation with secrecy, with all that its judge needs to know, and the rulings
 * that judges share.
 *
 * @param federation the federation before the statement
 * @param phase what is under way
 * @param entry the statement
 * @param author who said it
 * @param events what it brings about, to add to
 */
record Hearing(
    Federation federation,
    Phase.Confidential phase,
    Entry entry,
    MemberId author,
    List<Event> events) {

  Charter charter() {
    return federation.charter();
  }

  boolean isNow(EpochId epoch) {
    return epoch.equals(phase.epoch().id());
  }

  boolean isNow(SlotNumber slot) {
    return slot.equals(phase.slot());
  }

  Named named(Statement statement, AttachmentRef attachment) {
    return Named.by(entry, author, statement, attachment);
  }

  Ruling to(Stage stage) {
    return new Counted(federation.with(phase.with(stage)));
  }

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
