package org.madrigal.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Verdict;

/**
 * What somebody who reads the ledger sees of one hospital's last update, and of all of them
 * together. It hears the entries of an audit that has the epoch keys.
 */
final class LedgerView {

  private static final int SHOWN_BYTES = 16;
  private static final int SHOWN_NUMBERS = 4;

  private final MemberId hospital;
  private final Privacy privacy;
  private Optional<Bytes> update = Optional.empty();
  private Optional<RoundId> round = Optional.empty();
  private Optional<GlobalModel> model = Optional.empty();

  /** Looks at the updates of {@code hospital}. */
  LedgerView(MemberId hospital, Privacy privacy) {
    this.hospital = hospital;
    this.privacy = privacy;
  }

  /** Hears the next entry. */
  void hear(Entry entry, Outcome outcome) {
    if (outcome.verdict() instanceof Verdict.Applied) {
      outcome
          .envelope()
          .filter(envelope -> envelope.author().equals(hospital))
          .flatMap(envelope -> roundOf(envelope.payload().statement()))
          .ifPresent(of -> {
            round = Optional.of(of);
            update = entry.attachment().map(Attachment::content);
          });
    }
    for (Event event : outcome.events()) {
      if (event instanceof Event.RoundClosed closed) {
        model = Optional.of(closed.model());
      }
    }
  }

  private static Optional<RoundId> roundOf(Statement statement) {
    return switch (statement) {
      case Statement.Update s -> Optional.of(s.round());
      case Statement.MaskedUpdate s -> Optional.of(s.round());
      case Statement.SealedUpdate s -> Optional.of(s.round());
      case Statement.Founding s -> Optional.empty();
      case Statement.Enrolment s -> Optional.empty();
      case Statement.InitialModel s -> Optional.empty();
      case Statement.Attestation s -> Optional.empty();
      case Statement.Vote s -> Optional.empty();
      case Statement.Nudge s -> Optional.empty();
      case Statement.KeyOffer s -> Optional.empty();
      case Statement.KeySeal s -> Optional.empty();
      case Statement.KeyDeal s -> Optional.empty();
      case Statement.Complaint s -> Optional.empty();
      case Statement.Commitment s -> Optional.empty();
      case Statement.Unmasking s -> Optional.empty();
      case Statement.Receipt s -> Optional.empty();
    };
  }

  /** What was seen, in plain words. */
  List<String> lines() {
    Bytes seen = update.orElseThrow();
    GlobalModel last = model.orElseThrow();
    List<String> lines = new ArrayList<>();
    lines.add(
        "  the update of %s in round %s, %d bytes"
            .formatted(hospital, round.orElseThrow(), seen.length()));
    switch (privacy) {
      case MASKED -> {
        lines.add("    " + hex(seen) + " ...");
        lines.add(
            "    noise to everybody, the other hospitals included: the masks never come off it");
        lines.add(
            "  the sum of all four, in which the masks cancel, gives the model of round "
                + last.round());
        lines.add(
            "    the hospitals compute   " + numbers(last.parameters().toArray(0, count(last))));
        lines.add("    strangers see a digest  " + last.digest());
      }
      case MEMBERS -> {
        lines.add("    " + hex(seen) + " ...");
        lines.add("    noise to strangers, but every hospital has the key and reads it");
        lines.add("  the model of round " + last.round());
        lines.add(
            "    the hospitals compute   " + numbers(last.parameters().toArray(0, count(last))));
        lines.add("    strangers see a digest  " + last.digest());
      }
      case NONE -> {
        lines.add("    " + numbers(clear(seen)));
        lines.add("    in the clear: what changed in each parameter, for everybody to read");
      }
    }
    return List.copyOf(lines);
  }

  private static int count(GlobalModel model) {
    return Math.min(SHOWN_NUMBERS, model.parameters().length());
  }

  private static float[] clear(Bytes delta) {
    float[] numbers = new float[Math.min(SHOWN_NUMBERS, delta.length() / Float.BYTES)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = delta.floatAt(i);
    }
    return numbers;
  }

  private static String numbers(float[] numbers) {
    return IntStream.range(0, numbers.length)
        .mapToObj(i -> String.format(Locale.ROOT, "%.4f", numbers[i]))
        .collect(Collectors.joining(", ", "", ", ..."));
  }

  private static String hex(Bytes bytes) {
    String hex = bytes.slice(0, Math.min(SHOWN_BYTES, bytes.length())).hex();
    return hex.replaceAll("..(?=.)", "$0 ");
  }
}
