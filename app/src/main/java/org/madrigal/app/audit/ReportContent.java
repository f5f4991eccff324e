package org.madrigal.app.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.AuditReport.Finding;
import org.madrigal.app.audit.MemberLine.At;
import org.madrigal.app.cli.Json;
import org.madrigal.app.config.CharterText;
import org.madrigal.app.config.PrivacyWords;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.RoundId;

/**
 * What an audit's report says, as JSON. It depends on nothing but the entries and the epoch keys:
 * no clock, no path, no name of a machine. So two auditors who replay the same history write the
 * same bytes, and whoever doubts a report makes it again and compares.
 */
final class ReportContent {

  /** The version of the format, as {@code docs/audit-report.md} tells it. */
  static final String FORMAT = "madrigal audit report 1";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, @Nullable Object> values;

  private ReportContent(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /**
   * The content.
   *
   * @param ledger how enrolments must call the ledger
   * @param told the good entries
   * @param first what is wrong after them, if anything is
   */
  static ReportContent of(String ledger, AuditedHistory told, Optional<Finding> first) {
    return new ReportContent(
        Json.object()
            .put("format", FORMAT)
            .put("verdict", first.isEmpty() ? "ok" : "broken")
            .put("scope", told.scope().word())
            .put("models", told.models())
            .put("broken", first.map(ReportContent::finding).orElse(null))
            .put("ledger", ledger(ledger, told))
            .put("federation", told.charter().map(ReportContent::federation).orElse(null))
            .put("members", told.charter().map(each -> members(each, told)).orElse(List.of()))
            .put("rounds", rounds(told))
            .put("happenings", happenings(told))
            .put("refusals", refusals(told))
            .map());
  }

  private static Map<String, @Nullable Object> finding(Finding first) {
    return Json.object()
        .put("position", first.position().value())
        .put("reason", first.reason())
        .map();
  }

  private static Map<String, @Nullable Object> ledger(String ledger, AuditedHistory told) {
    return Json.object()
        .put("identity", ledger)
        .put("entries", told.entries())
        .put("head", told.head().map(Object::toString).orElse(null))
        .put("begins", told.begins().map(LedgerTime::toString).orElse(null))
        .put("ends", told.ends().map(LedgerTime::toString).orElse(null))
        .map();
  }

  private static Map<String, @Nullable Object> federation(Charter charter) {
    return Json.object()
        .put("name", charter.name())
        .put("charter", charter.id().toString())
        .put("privacy", charter.rules().privacy().kind())
        .put("hides", PrivacyWords.of(charter))
        .put("text", CharterText.of(charter))
        .map();
  }

  private static List<Map<String, @Nullable Object>> members(Charter charter, AuditedHistory told) {
    List<Map<String, @Nullable Object>> members = new ArrayList<>();
    for (Member member : charter.roster()) {
      MemberLine line = told.members().getOrDefault(member.id(), new MemberLine());
      members.add(
          Json.object()
              .put("member", member.id().value())
              .put("key", member.key().text())
              .put("enrolled", line.enrolled().map(at -> at(at).map()).orElse(null))
              .put("out", line.out().map(at -> at(at).put("reason", line.why()).map()).orElse(null))
              .put("rounds", line.rounds())
              .put("signed", line.signed())
              .put("bytes", line.bytes())
              .put("first", line.first().map(at -> at(at).map()).orElse(null))
              .put("last", line.last().map(at -> at(at).map()).orElse(null))
              .map());
    }
    return members;
  }

  private static Json at(At place) {
    return Json.object()
        .put("position", place.position().value())
        .put("time", place.time().toString());
  }

  private static List<Map<String, @Nullable Object>> rounds(AuditedHistory told) {
    List<Map<String, @Nullable Object>> rounds = new ArrayList<>();
    told.rounds().forEach((round, line) -> rounds.add(round(round, line)));
    return rounds;
  }

  private static Map<String, @Nullable Object> round(RoundId round, RoundLine line) {
    Json json =
        Json.object()
            .put("round", round.value())
            .put("closed", line.closed().map(at -> at(at).map()).orElse(null))
            .put("model", line.model().map(Digest::hex).orElse(null))
            .put("basis", line.basis().word())
            .put("attestedBy", names(line.attestedBy()))
            .put("updates", updates(line))
            .put("absent", names(line.absent()));
    line.slot().ifPresent(slot -> json.put("slot", slot));
    line.figures()
        .filter(figures -> !figures.values().isEmpty())
        .ifPresent(figures -> json.put("figures", new LinkedHashMap<>(figures.values())));
    return json.map();
  }

  private static List<Map<String, @Nullable Object>> updates(RoundLine line) {
    List<Map<String, @Nullable Object>> updates = new ArrayList<>();
    line.updates()
        .forEach((member, update) ->
            updates.add(
                Json.object()
                    .put("member", member.value())
                    .put("position", update.position().value())
                    .put("statement", update.statement().hex())
                    .map()));
    return updates;
  }

  private static List<String> names(Iterable<MemberId> members) {
    List<String> names = new ArrayList<>();
    members.forEach(member -> names.add(member.value()));
    return names;
  }

  private static Map<String, @Nullable Object> happenings(AuditedHistory told) {
    return Json.object()
        .put("count", told.happened())
        .put(
            "first",
            told.happenings().stream()
                .map(each -> at(new At(each.position(), each.time())).put("what", each.words()))
                .map(Json::map)
                .toList())
        .map();
  }

  private static Map<String, @Nullable Object> refusals(AuditedHistory told) {
    return Json.object()
        .put("count", told.refused().values().stream().mapToLong(Long::longValue).sum())
        .put("reasons", told.refused())
        .put(
            "first",
            told.refusals().stream()
                .map(each ->
                    at(new At(each.position(), each.time()))
                        .put("inTheNameOf", each.author())
                        .put("kind", each.kind())
                        .put("reason", each.rejection().reason().toString())
                        .put("detail", each.rejection().detail()))
                .map(Json::map)
                .toList())
        .map();
  }

  /** The bytes of the file: UTF-8, indented, with a line feed at the end of each line. */
  byte[] bytes() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(lines);
    printer.indentArraysWith(lines);
    try {
      return (MAPPER.writer(printer).writeValueAsString(values) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain values always become JSON", e);
    }
  }

  /** The values in the bytes of a file that was just made. */
  static JsonNode read(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("What was written as JSON is JSON", e);
    }
  }
}
