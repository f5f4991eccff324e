package org.madrigal.app.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Json;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.VerifyingKey;

/**
 * A report as a page for people: one file without scripts or anything from elsewhere, that prints
 * well. It shows the values of {@link ReportContent} and adds none; every text is escaped.
 */
final class ReportPage {

  private static final String TEMPLATE = "report.html";

  private ReportPage() {}

  /**
   * The page.
   *
   * @param content the bytes of the JSON file, which it shows
   * @param json the name of that file
   * @param signer whose signature lies beside that, if anybody's does
   */
  static String of(byte[] content, String json, Optional<VerifyingKey> signer) {
    return template()
        .execute(context(ReportContent.read(content), Digest.of(content), json, signer));
  }

  private static Template template() {
    try (InputStream file =
            Objects.requireNonNull(ReportPage.class.getResourceAsStream(TEMPLATE), TEMPLATE);
        Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      return Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true).compile(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, @Nullable Object> context(
      JsonNode said, Digest digest, String json, Optional<VerifyingKey> signer) {
    JsonNode ledger = said.path("ledger");
    JsonNode federation = said.path("federation");
    boolean secret = federation.isObject() && !text(federation, "privacy").equals("none");
    Json page =
        Json.object()
            .put("json", json)
            .put("digest", digest.hex())
            .put("signer", signer.map(VerifyingKey::text).orElse(""))
            .put("verdict", text(said, "verdict"))
            .put("headline", headline(said))
            .put("sentences", sentences(said))
            .put("publicScope", text(said, "scope").equals("public"))
            .put("secret", secret)
            .put("keys", secret ? " --key KEYS" : "")
            .put("name", federation.isObject() ? text(federation, "name") : "No federation")
            .put("charter", text(federation, "charter"))
            .put("privacy", text(federation, "privacy"))
            .put("hides", texts(federation.path("hides")))
            .put("text", text(federation, "text"))
            .put("identity", text(ledger, "identity"))
            .put("entries", text(ledger, "entries"))
            .put("head", text(ledger, "head"))
            .put("begins", time(text(ledger, "begins")))
            .put("ends", time(text(ledger, "ends")))
            .put("members", all(said.path("members"), ReportPage::member))
            .put("rounds", all(said.path("rounds"), ReportPage::round));
    happenings(page, said.path("happenings"));
    refusals(page, said.path("refusals"));
    return page.map();
  }

  private static String headline(JsonNode said) {
    return text(said, "verdict").equals("ok")
        ? "The history is sound: %s entries, %s models %s"
            .formatted(
                text(said.path("ledger"), "entries"),
                text(said, "models"),
                text(said, "scope").equals("full") ? "recomputed" : "attested")
        : "The history is broken at entry " + text(said.path("broken"), "position");
  }

  private static List<String> sentences(JsonNode said) {
    if (!text(said, "verdict").equals("ok")) {
      return List.of(
          text(said.path("broken"), "reason") + ".",
          "What follows tells of the good entries before it.");
    }
    return text(said, "scope").equals("full")
        ? List.of(
            "Every signature is genuine, every member vouches for the same order and time, and replaying the entries from nothing gives every model with the digest below.")
        : List.of(
            "Every signature is genuine and every member vouches for the same order and time. The models are closed to who has no epoch key: their digests are those that the members attest.");
  }

  private static Map<String, @Nullable Object> member(JsonNode member) {
    JsonNode out = member.path("out");
    return Json.object()
        .put("member", text(member, "member"))
        .put("key", text(member, "key"))
        .put("enrolled", place(member.path("enrolled")))
        .put(
            "out",
            out.isObject()
                ? "%s, entry %s".formatted(text(out, "reason"), text(out, "position"))
                : "")
        .put("rounds", text(member, "rounds"))
        .put("signed", pairs(member.path("signed")))
        .put("bytes", String.format(Locale.ROOT, "%,d", member.path("bytes").asLong()))
        .put("last", place(member.path("last")))
        .map();
  }

  private static Map<String, @Nullable Object> round(JsonNode round) {
    String attesting = String.join(", ", texts(round.path("attestedBy")));
    return Json.object()
        .put("round", text(round, "round").equals("0") ? "0, initial" : text(round, "round"))
        .put("closed", place(round.path("closed")))
        .put("model", text(round, "model"))
        .put(
            "basis",
            text(round, "basis") + (attesting.isEmpty() ? "" : "; attested by " + attesting))
        .put("figures", pairs(round.path("figures")))
        .put(
            "updates",
            String.join(
                ", ",
                all(
                    round.path("updates"),
                    each -> "%s (%s)".formatted(text(each, "member"), text(each, "position")))))
        .put("absent", String.join(", ", texts(round.path("absent"))))
        .map();
  }

  private static void happenings(Json page, JsonNode happenings) {
    page.put("anyHappenings", !happenings.path("first").isEmpty())
        .put("happenings", all(happenings.path("first"), ReportPage::withTime))
        .put("moreHappenings", more(happenings));
  }

  private static void refusals(Json page, JsonNode refusals) {
    page.put("anyRefusals", !refusals.path("first").isEmpty())
        .put("reasons", pairs(refusals.path("reasons")))
        .put("refusals", all(refusals.path("first"), ReportPage::withTime))
        .put("moreRefusals", more(refusals));
  }

  private static String more(JsonNode all) {
    long left = all.path("count").asLong() - all.path("first").size();
    return left == 0 ? "" : String.format(Locale.ROOT, "And %,d more.", left);
  }

  private static @Nullable Map<String, @Nullable Object> place(JsonNode at) {
    return at.isObject() ? withTime(at) : null;
  }

  private static Map<String, @Nullable Object> withTime(JsonNode at) {
    Json shown = Json.object();
    at.properties().forEach(each -> shown.put(each.getKey(), each.getValue().asText()));
    return shown.put("time", time(text(at, "time"))).map();
  }

  /** Without the parts of a second, which the JSON has. */
  private static String time(String utc) {
    return utc.replaceFirst("(\\.\\d+)?Z$", " UTC").replace('T', ' ');
  }

  private static String pairs(JsonNode values) {
    return values.properties().stream()
        .map(each ->
            each.getValue().isDouble()
                ? String.format(Locale.ROOT, "%s %.4f", each.getKey(), each.getValue().asDouble())
                : each.getKey() + " " + each.getValue().asText())
        .collect(Collectors.joining(", "));
  }

  /** A text or number as a text; empty where there is none. */
  private static String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isNull() ? "" : value.asText();
  }

  private static List<String> texts(JsonNode list) {
    return all(list, JsonNode::asText);
  }

  private static <T> List<T> all(JsonNode list, Function<JsonNode, T> each) {
    return StreamSupport.stream(list.spliterator(), false).map(each).toList();
  }
}
