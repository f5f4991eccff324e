package org.madrigal.app.audit;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Json;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;

/**
 * What an audit found.
 *
 * @param scope how much was proved
 * @param entries how many entries are good: all of them, or those before the first wrong one
 * @param models how many rounds were recomputed to their model; in the public scope, the models of
 *     how many rounds the members attested
 * @param head the head after these entries; none if there is no ledger to speak of
 * @param first what is wrong first, if anything is
 */
public record AuditReport(
    Scope scope, long entries, long models, Optional<Head> head, Optional<Finding> first) {

  /** How much an audit proves. */
  public enum Scope {
    /** Signatures, verdicts, rosters, survivors and who attested which model; no model itself. */
    PUBLIC("public"),
    /** All of that, and every model was recomputed. */
    FULL("full");

    private final String word;

    Scope(String word) {
      this.word = word;
    }

    /** The name in reports. */
    public String word() {
      return word;
    }
  }

  /**
   * Something that is wrong.
   *
   * @param position the entry that is wrong or missing; the number of entries where what is wrong
   *     is no entry
   * @param reason what is wrong, a clause
   */
  public record Finding(Position position, String reason) {}

  /** Whether nothing is wrong. */
  public boolean ok() {
    return first.isEmpty();
  }

  /** {@code ok} or {@code broken}. */
  public String verdict() {
    return ok() ? "ok" : "broken";
  }

  /** The report as documented for {@code --json}. */
  public Map<String, @Nullable Object> json() {
    return Json.object()
        .put("verdict", verdict())
        .put("scope", scope.word())
        .put("entries", entries)
        .put("models", models)
        .put(
            "first",
            first
                .map(finding ->
                    Json.object()
                        .put("position", finding.position().value())
                        .put("reason", finding.reason())
                        .map())
                .orElse(null))
        .map();
  }
}
