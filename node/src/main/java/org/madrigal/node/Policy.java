package org.madrigal.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;
import org.madrigal.trainer.Description;

/**
 * What the owner of a member allows its node to do. An empty set allows everything of its kind.
 *
 * @param charters the federations it may take part in
 * @param trainers the trainers it may use, by their names in {@link Description#versions()}
 * @param data the training data it may use, by {@link Description#data()}
 * @param privacy the levels of privacy it accepts
 * @param maxRounds the most rounds of a charter
 * @param maxParameters the most parameters of a model: a large one remembers more of single rows
 * @param hours when it may train
 */
public record Policy(
    Set<FederationId> charters,
    Set<String> trainers,
    Set<Digest> data,
    Set<Privacy> privacy,
    int maxRounds,
    int maxParameters,
    WorkingHours hours) {

  /** Allows everything that a charter can say. */
  public static final Policy PERMISSIVE =
      new Policy(
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          WorkingHours.ALWAYS);

  /** Copies the sets. */
  public Policy {
    charters = Set.copyOf(charters);
    trainers = Set.copyOf(trainers);
    data = Set.copyOf(data);
    privacy = Set.copyOf(privacy);
  }

  /**
   * Checks a charter.
   *
   * @throws NodeException of kind {@code REFUSED} if the owner does not allow it, with every reason
   */
  public void check(Charter charter) {
    List<String> reasons = new ArrayList<>();
    if (!charters.isEmpty() && !charters.contains(charter.id())) {
      reasons.add("the charter %s is not among the accepted ones".formatted(charter.id()));
    }
    Privacy level = charter.rules().privacy();
    if (!privacy.isEmpty() && !privacy.contains(level)) {
      reasons.add(
          "its privacy is '%s'; accepted are %s"
              .formatted(level.kind(), privacy.stream().map(Privacy::kind).sorted().toList()));
    }
    if (charter.training().rounds() > maxRounds) {
      reasons.add(
          "it has %d rounds; at most %d are accepted"
              .formatted(charter.training().rounds(), maxRounds));
    }
    if (charter.layout().length() > maxParameters) {
      reasons.add(
          "its model has %d parameters; at most %d are accepted"
              .formatted(charter.layout().length(), maxParameters));
    }
    refuse("the charter '%s'".formatted(charter.name()), reasons);
  }

  /**
   * Checks a trainer and its data.
   *
   * @throws NodeException of kind {@code REFUSED} if the owner does not allow them
   */
  public void check(Description trainer) {
    List<String> reasons = new ArrayList<>();
    boolean named =
        trainer.versions().entrySet().stream()
            .anyMatch(version ->
                trainers.contains(version.getKey()) || trainers.contains(version.getValue()));
    if (!trainers.isEmpty() && !named) {
      reasons.add("it is %s; accepted are %s".formatted(trainer.versions(), sorted(trainers)));
    }
    if (!data.isEmpty() && !data.contains(trainer.data())) {
      reasons.add(
          "its data has the digest %s, which is not among the accepted ones"
              .formatted(trainer.data()));
    }
    refuse("the trainer", reasons);
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static void refuse(String what, List<String> reasons) {
    if (!reasons.isEmpty()) {
      throw new NodeException(
          Kind.REFUSED,
          "The policy of this member refuses %s: %s; change the policy in member.yaml if the owner agrees"
              .formatted(what, String.join("; and ", reasons)));
    }
  }
}
