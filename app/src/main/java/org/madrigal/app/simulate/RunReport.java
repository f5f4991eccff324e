package org.madrigal.app.simulate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.app.cli.Json;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.Evaluation;

/**
 * What a whole training came to.
 *
 * @param figures which figures are told
 * @param rounds how many rounds produced a model
 * @param model SHA-256 of the final model
 * @param ledger how far the history reaches that gives the model, and was replayed from nothing;
 *     none where there was no federation
 * @param members the final model on each member's test rows
 * @param alone what each member's model, trained without the others for as many steps, reaches on
 *     the member's own test rows; empty if it was not asked for
 * @param pooledTest the final model on all test rows, scaled by the statistics of all training rows
 * @param attack what some members did to the others, if they did
 */
public record RunReport(
    Figures figures,
    int rounds,
    Digest model,
    Optional<Head> ledger,
    SortedMap<MemberId, Evaluation> members,
    SortedMap<MemberId, Evaluation> alone,
    Optional<Evaluation> pooledTest,
    Optional<AttackReport> attack) {

  /** Copies the evaluations. */
  public RunReport {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    alone = Collections.unmodifiableSortedMap(new TreeMap<>(alone));
  }

  /** The report as JSON, to which the caller may add. */
  public Json json() {
    Json json = Json.object().put("rounds", rounds).put("model", model.hex());
    ledger.ifPresent(head ->
        json.put(
            "ledger",
            Json.object()
                .put("position", head.position().value())
                .put("head", head.hash().hex())
                .map()));
    json.put(
        "metrics",
        Json.object()
            .put("members", each(members))
            .put("mean", figures.mean(members.values()))
            .map());
    json.put("alone", each(alone));
    pooledTest.ifPresent(evaluation -> json.put("pooledTest", figures.of(evaluation)));
    attack.ifPresent(them -> json.put("attack", them.json().map()));
    return ledger.isPresent() ? json.put("audit", "ok") : json;
  }

  private Map<String, Object> each(SortedMap<MemberId, Evaluation> evaluations) {
    Map<String, Object> each = new LinkedHashMap<>();
    evaluations.forEach((member, evaluation) -> each.put(member.value(), figures.of(evaluation)));
    return each;
  }
}
