package org.madrigal.app.audit;

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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Json;
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
   * @param content what it says
   * @param json the name of the file with the same as JSON
   * @param signer whose signature lies beside that, if anybody's does
   */
  static String of(ReportContent content, String json, Optional<VerifyingKey> signer) {
    return template().execute(context(content, json, signer));
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
      ReportContent content, String json, Optional<VerifyingKey> signer) {
    Values values = new Values(content.values());
    Values ledger = values.inner("ledger");
    Values federation = values.inner("federation");
    boolean secret = !federation.text("privacy").equals("none") && !federation.isEmpty();
    Json page =
        Json.object()
            .put("json", json)
            .put("digest", content.digest().hex())
            .put("signer", signer.map(VerifyingKey::text).orElse(""))
            .put("verdict", values.text("verdict"))
            .put("headline", headline(values, ledger))
            .put("sentences", sentences(values))
            .put("publicScope", values.text("scope").equals("public"))
            .put("secret", secret)
            .put("keys", secret ? " --key KEYS" : "")
            .put("name", federation.isEmpty() ? "No federation" : federation.text("name"))
            .put("charter", federation.text("charter"))
            .put("privacy", federation.text("privacy"))
            .put("hides", federation.list("hides"))
            .put("text", federation.text("text"))
            .put("members", values.objects("members").stream().map(ReportPage::member).toList())
            .put("rounds", values.objects("rounds").stream().map(ReportPage::round).toList());
    ledger.all().forEach((name, value) -> page.put(name, value == null ? "" : value));
    page.put("begins", time(ledger.text("begins"))).put("ends", time(ledger.text("ends")));
    happenings(page, values.inner("happenings"));
    refusals(page, values.inner("refusals"));
    return page.map();
  }

  private static String headline(Values values, Values ledger) {
    return values.text("verdict").equals("ok")
        ? "The history is sound: %s entries, %s models %s"
            .formatted(
                ledger.text("entries"),
                values.text("models"),
                values.text("scope").equals("full") ? "recomputed" : "attested")
        : "The history is broken at entry " + values.inner("broken").text("position");
  }

  private static List<String> sentences(Values values) {
    if (!values.text("verdict").equals("ok")) {
      return List.of(
          values.inner("broken").text("reason") + ".",
          "What follows tells of the good entries before it.");
    }
    return values.text("scope").equals("full")
        ? List.of(
            "Every signature is genuine, every member vouches for the same order and time, and replaying the entries from nothing gives every model with the digest below.")
        : List.of(
            "Every signature is genuine and every member vouches for the same order and time. The models are closed to who has no epoch key: their digests are those that the members attest.");
  }

  private static Map<String, @Nullable Object> member(Values member) {
    Values out = member.inner("out");
    return Json.object()
        .put("member", member.text("member"))
        .put("key", member.text("key"))
        .put("enrolled", place(member.inner("enrolled")))
        .put(
            "out",
            out.isEmpty() ? "" : "%s, entry %s".formatted(out.text("reason"), out.text("position")))
        .put("rounds", member.text("rounds"))
        .put("signed", pairs(member.inner("signed")))
        .put("bytes", String.format(Locale.ROOT, "%,d", Long.parseLong(member.text("bytes"))))
        .put("last", place(member.inner("last")))
        .map();
  }

  private static Map<String, @Nullable Object> round(Values round) {
    String attesting = String.join(", ", round.texts("attestedBy"));
    return Json.object()
        .put("round", round.text("round").equals("0") ? "0, initial" : round.text("round"))
        .put("closed", place(round.inner("closed")))
        .put("model", round.text("model"))
        .put(
            "basis",
            round.text("basis") + (attesting.isEmpty() ? "" : "; attested by " + attesting))
        .put("figures", pairs(round.inner("figures")))
        .put(
            "updates",
            round.objects("updates").stream()
                .map(each -> "%s (%s)".formatted(each.text("member"), each.text("position")))
                .collect(Collectors.joining(", ")))
        .put("absent", String.join(", ", round.texts("absent")))
        .map();
  }

  private static void happenings(Json page, Values happenings) {
    List<Values> first = happenings.objects("first");
    page.put("anyHappenings", !first.isEmpty())
        .put("happenings", withTimes(first))
        .put("moreHappenings", more(happenings, first.size()));
  }

  private static void refusals(Json page, Values refusals) {
    List<Values> first = refusals.objects("first");
    page.put("anyRefusals", !first.isEmpty())
        .put("reasons", pairs(refusals.inner("reasons")))
        .put("refusals", withTimes(first))
        .put("moreRefusals", more(refusals, first.size()));
  }

  private static String more(Values all, int shown) {
    long left = all.isEmpty() ? 0 : Long.parseLong(all.text("count")) - shown;
    return left == 0 ? "" : String.format(Locale.ROOT, "And %,d more.", left);
  }

  private static @Nullable Map<String, @Nullable Object> place(Values at) {
    return at.isEmpty()
        ? null
        : Json.object()
            .put("position", at.text("position"))
            .put("time", time(at.text("time")))
            .map();
  }

  /** Without the parts of a second, which the JSON has. */
  private static String time(String utc) {
    return utc.replaceFirst("(\\.\\d+)?Z$", " UTC").replace('T', ' ');
  }

  private static List<Map<String, @Nullable Object>> withTimes(List<Values> all) {
    return all.stream()
        .map(each -> {
          Json shown = Json.object();
          each.all().forEach(shown::put);
          return shown.put("time", time(each.text("time"))).map();
        })
        .toList();
  }

  private static String pairs(Values values) {
    return values.all().entrySet().stream()
        .map(each ->
            each.getValue() instanceof Double number
                ? String.format(Locale.ROOT, "%s %.4f", each.getKey(), number)
                : "%s %s".formatted(each.getKey(), each.getValue()))
        .collect(Collectors.joining(", "));
  }
}
