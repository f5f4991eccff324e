package org.madrigal.app.simulate;

import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import org.madrigal.app.cli.Json;
import org.madrigal.core.protocol.MemberId;

/**
 * An attack on a simulated federation.
 *
 * @param name what was done
 * @param attackers by whom
 * @param success for a backdoor, the share of rows with the trigger that the model takes for what
 *     the attackers want
 */
public record AttackReport(String name, SortedSet<MemberId> attackers, OptionalDouble success) {

  /** Copies the attackers. */
  public AttackReport {
    attackers = Collections.unmodifiableSortedSet(new TreeSet<>(attackers));
  }

  Json json() {
    Json json =
        Json.object()
            .put("name", name)
            .put("attackers", attackers.stream().map(MemberId::value).toList());
    success.ifPresent(share -> json.put("success", share));
    return json;
  }
}
