package org.madrigal.app.rest;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.Line;
import org.madrigal.app.cli.Json;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Reason;

/** What several endpoints say of a statement. */
final class LineJson {

  private LineJson() {}

  static Json row(Line line) {
    return Json.object()
        .put("position", line.position().value())
        .put("time", line.time().toString())
        .put("author", author(line))
        .put("kind", line.kind())
        .put("round", orNull(line.round()))
        .put("slot", orNull(line.slot()))
        .put("bytes", line.bytes())
        .put("verdict", verdict(line))
        .put("reason", line.reason().map(Reason::toString).orElse(null))
        .put("detail", line.reason().isPresent() ? line.note().orElse(null) : null)
        .put("sentence", sentence(line));
  }

  /** It begins with a pseudonym, which stays as it is. */
  static String sentence(Line line) {
    return line.author().isPresent() ? line.sentence() + "." : RoundJson.sentence(line.sentence());
  }

  static @Nullable String author(Line line) {
    return line.author().map(MemberId::value).orElse(null);
  }

  static String verdict(Line line) {
    return line.reason().isPresent() ? "rejected" : "applied";
  }

  static @Nullable Integer orNull(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }
}
