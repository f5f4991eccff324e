package org.madrigal.app.view;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Verdict;
import picocli.CommandLine.Option;

/** The mixin with what entries to show: those that fit every option given. */
final class LogFilter {

  @Option(
      names = "--member",
      paramLabel = "MEMBER",
      description = "Only statements of this member.")
  private @Nullable String member;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      split = ",",
      description =
          "Only these kinds: founding, enrolment, initial-model, update, attestation, vote, nudge,"
              + " unreadable.")
  private @Nullable List<String> kinds;

  @Option(names = "--round", paramLabel = "ROUND", description = "Only statements of this round.")
  private @Nullable Integer round;

  @Option(names = "--rejected", description = "Only statements that were refused.")
  private boolean rejected;

  @Option(names = "--from", paramLabel = "POSITION", description = "Only from this position on.")
  private long from;

  boolean accepts(Entry entry, Outcome outcome) {
    return entry.position().value() >= from
        && (!rejected || outcome.verdict() instanceof Verdict.Rejected)
        && (member == null || author(outcome).equals(member))
        && (kinds == null || kinds.contains(kind(outcome)))
        && (round == null || ofRound(outcome, round));
  }

  private static boolean ofRound(Outcome outcome, int wanted) {
    return outcome
        .envelope()
        .flatMap(envelope -> Kinds.round(envelope.payload().statement()))
        .filter(id -> id.value() == wanted)
        .isPresent();
  }

  /** The name of the kind; {@code unreadable} where the bytes are no statement. */
  static String kind(Outcome outcome) {
    return outcome
        .envelope()
        .map(envelope -> Kinds.name(envelope.payload().statement()))
        .orElse("unreadable")
        .toLowerCase(Locale.ROOT);
  }

  /** Who is said to have signed; a dash where nobody is. */
  static String author(Outcome outcome) {
    return outcome.envelope().map(Envelope::author).map(Object::toString).orElse("-");
  }
}
