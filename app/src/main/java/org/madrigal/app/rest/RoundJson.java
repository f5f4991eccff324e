package org.madrigal.app.rest;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.ModelMark;
import org.madrigal.app.chronicle.Place;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.cli.Json;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.MemberId;

/** What several endpoints say of a round. */
final class RoundJson {

  private RoundJson() {}

  static Json summary(RoundStory round) {
    return Json.object()
        .put("round", round.number())
        .put("task", word(round.task()))
        .put("state", word(round.ending()))
        .put("opened", place(Optional.of(round.opened())))
        .put("closed", place(round.closed()))
        .put("seconds", round.seconds())
        .put("participants", round.contributors().size())
        .put("survivors", names(round.contributors()))
        .put("absent", names(round.absent()))
        .put("slots", round.attempts())
        .put("abandoned", round.abandoned())
        .put("model", round.model().map(mark -> model(round.number(), mark)).orElse(null))
        .put("figures", round.figures())
        .put("statements", round.counts().statements())
        .put("rejected", round.counts().rejected())
        .put("bytes", round.counts().bytes().total());
  }

  static Map<String, @Nullable Object> model(int round, ModelMark mark) {
    return Json.object()
        .put("round", round)
        .put("digest", mark.digest().map(Digest::hex).orElse(null))
        .put("recomputed", mark.recomputed())
        .map();
  }

  static @Nullable Map<String, @Nullable Object> place(Optional<Place> place) {
    return place
        .map(at ->
            Json.object()
                .put("position", at.position().value())
                .put("time", at.time().toString())
                .map())
        .orElse(null);
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> names(Collection<MemberId> members) {
    return members.stream().map(MemberId::value).sorted().toList();
  }

  /** A clause as a sentence. */
  static String sentence(String clause) {
    String capital = clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1);
    return capital.endsWith(".") ? capital : capital + ".";
  }
}
