package org.madrigal.app.view;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Verdict;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
              + " key-offer, key-seal, key-deal, complaint, commitment, masked-update, unmasking,"
              + " sealed-update, unreadable.")
  private @Nullable List<String> kinds;

  @Option(names = "--round", paramLabel = "ROUND", description = "Only statements of this round.")
  private @Nullable Integer round;

  @Option(names = "--rejected", description = "Only statements that were refused.")
  private boolean rejected;

  @Option(names = "--from", paramLabel = "POSITION", description = "Only from this position on.")
  private long from;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  /** Refuses options that nothing can fit. */
  void check() {
    for (String kind : kinds == null ? List.<String>of() : kinds) {
      if (!Kinds.NAMES.contains(kind)) {
        throw wrong(
            "There is no kind '%s'; the kinds are %s."
                .formatted(kind, String.join(", ", Kinds.NAMES)));
      }
    }
    if (round != null && round < 0) {
      throw wrong("--round counts from 0, the initial model, and cannot be %d.".formatted(round));
    }
    if (from < 0) {
      throw wrong("--from counts from 0 and cannot be %d.".formatted(from));
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(mixee.commandLine(), sentence);
  }

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
        .orElse(Kinds.UNREADABLE)
        .toLowerCase(Locale.ROOT);
  }

  /** Who is said to have signed; a dash where nobody is. */
  static String author(Outcome outcome) {
    return outcome.envelope().map(Envelope::author).map(Object::toString).orElse("-");
  }
}
