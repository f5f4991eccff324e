package org.madrigal.app.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.Line;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.chronicle.Snapshot;
import org.madrigal.app.cli.Json;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.StatementCodec;

/** {@code GET /api/v1/statements/{position}}: one statement, taken apart. */
final class StatementEndpoint implements Endpoint {

  private static final int MOST_HEX = 1_024;
  private static final int SAMPLE = 64;

  private final Site site;

  StatementEndpoint(Site site) {
    this.site = site;
  }

  @Override
  public Route route() {
    return Route.get(Endpoints.ROOT + "/statements/{position}");
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) throws Problem, InterruptedException {
    if (call.named() >= call.now().size()) {
      throw new Problem(
          404,
          "There is no entry at position %d; %d were read, counted from 0."
              .formatted(call.named(), call.now().size()));
    }
    Line line = call.now().lines().get((int) call.named());
    Entry entry =
        site.entries()
            .at(new Position(call.named()))
            .orElseThrow(() ->
                new Problem(
                    503,
                    "The bytes of entry %d cannot be read again at present; ask again in a moment."
                        .formatted(call.named())));
    Bytes bytes = entry.statement().bytes();
    Optional<Envelope> envelope =
        StatementCodec.decode(entry.statement()) instanceof Decoding.Decoded<Envelope>(var decoded)
            ? Optional.of(decoded)
            : Optional.empty();
    return LineJson.row(line)
        .put("digest", entry.statement().digest().hex())
        .put("statementBytes", bytes.length())
        .put("attachment", entry.attachment().map(StatementEndpoint::attachment).orElse(null))
        .put("seen", envelope.map(each -> each.payload().seen().toString()).orElse(null))
        .put("signature", envelope.map(each -> each.signature().value().hex()).orElse(null))
        .put(
            "fields", envelope.map(each -> Fields.of(each.payload().statement())).orElse(List.of()))
        .put("happened", happened(call.now(), call.named()))
        .put("hex", bytes.slice(0, Math.min(MOST_HEX, bytes.length())).hex())
        .map();
  }

  private static Map<String, @Nullable Object> attachment(Attachment attachment) {
    Bytes content = attachment.content();
    return Json.object()
        .put("digest", attachment.ref().sha256().hex())
        .put("bytes", attachment.ref().length())
        .put("hex", content.slice(0, Math.min(SAMPLE, content.length())).hex())
        .map();
  }

  /** Rounds lie one after the other; what an entry brought about is with one of two. */
  private static List<String> happened(Snapshot now, long position) {
    int low = 0;
    int high = now.rounds().size() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (now.rounds().get(middle).opened().position().value() <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    List<RoundStory> near = now.rounds().subList(Math.max(0, low - 1), low + 1);
    return near.stream()
        .flatMap(round -> round.remarks().stream())
        .filter(remark -> remark.position().value() == position)
        .map(remark -> RoundJson.sentence(remark.sentence()))
        .toList();
  }
}
