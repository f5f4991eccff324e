package org.madrigal.node.journal;

import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Statement.Enrolment;
import org.madrigal.core.protocol.Statement.Founding;
import org.madrigal.core.protocol.Statement.InitialModel;
import org.madrigal.core.protocol.Statement.Nudge;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.core.protocol.Statement.Vote;

/**
 * A place in a federation for one statement of each member: an honest member signs one for each,
 * and repeats it for ever.
 *
 * @param kind the statement's number on the wire
 * @param target what tells the slots of a kind apart, such as the round; empty where there is one
 * @param description the slot for people, such as "Update for round 7"; it decides nothing
 */
public record Slot(int kind, String target, String description) {

  /** The slot of {@code statement}, which was or is about to be signed knowing {@code entries}. */
  public static Slot of(Statement statement, long entries) {
    return switch (statement) {
      case Founding s -> new Slot(s.kind(), "", "Founding");
      case Enrolment s -> new Slot(s.kind(), "", "Enrolment");
      case InitialModel s -> new Slot(s.kind(), "", "InitialModel");
      case Update s -> new Slot(s.kind(), s.round().toString(), "Update for round " + s.round());
      case Attestation s ->
          new Slot(s.kind(), s.round().toString(), "Attestation of round " + s.round());
      case Vote s -> new Slot(s.kind(), s.member().value(), "Vote against " + s.member());
      case Nudge s ->
          new Slot(
              s.kind(),
              s.deadline().epochMillis() + "@" + entries,
              "Nudge for the deadline %s after %d entries".formatted(s.deadline(), entries));
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slot that && kind == that.kind && target.equals(that.target);
  }

  @Override
  public int hashCode() {
    return 31 * kind + target.hashCode();
  }

  @Override
  public String toString() {
    return description;
  }
}
