package org.madrigal.app.config;

import java.util.List;
import java.util.function.Function;
import org.madrigal.app.yaml.Value;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Initial;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Training;

/**
 * A charter file that was read, whose members may have no keys yet.
 *
 * @param source the file's root, for messages
 * @param name as in {@link Charter}
 * @param salt as in {@link Charter}
 * @param members the members in the order of the file
 * @param recipe as in {@link Charter}
 * @param initial as in {@link Charter}
 * @param training as in {@link Charter}
 * @param rules as in {@link Charter}
 */
public record CharterDraft(
    Value source,
    String name,
    Bytes salt,
    List<DraftMember> members,
    Recipe recipe,
    Initial initial,
    Training training,
    Rules rules) {

  /** Copies the members. */
  public CharterDraft {
    members = List.copyOf(members);
  }

  /** The members without a key. */
  public List<MemberId> keyless() {
    return members.stream().filter(m -> m.key().isEmpty()).map(DraftMember::id).toList();
  }

  /** The same charter under another salt: another federation. */
  public CharterDraft withSalt(Bytes other) {
    return new CharterDraft(source, name, other, members, recipe, initial, training, rules);
  }

  /** The same charter from another initial model. */
  public CharterDraft withInitial(Initial other) {
    return new CharterDraft(source, name, salt, members, recipe, other, training, rules);
  }

  /** The same charter for other members. */
  public CharterDraft withMembers(List<DraftMember> others) {
    return new CharterDraft(source, name, salt, others, recipe, initial, training, rules);
  }

  /** The same charter with other rules. */
  public CharterDraft withRules(Rules others) {
    return new CharterDraft(source, name, salt, members, recipe, initial, training, others);
  }

  /** The same charter with another task. */
  public CharterDraft withTraining(Training other) {
    return new CharterDraft(source, name, salt, members, recipe, initial, other, rules);
  }

  /** The same charter with another way to train. */
  public CharterDraft withRecipe(Recipe other) {
    return new CharterDraft(source, name, salt, members, other, initial, training, rules);
  }

  /**
   * The charter, if every member has a key.
   *
   * @throws YamlException if one has none, or the charter cannot work
   */
  public Charter charter() {
    if (!keyless().isEmpty()) {
      throw source.wrong(
          ("The member '%s' has no key, so this charter is good only for 'madrigal simulate'; add"
                  + " the line that 'madrigal key show' prints.")
              .formatted(keyless().getFirst()));
    }
    return charter(id -> {
      throw new IllegalStateException("Every member has a key");
    });
  }

  /**
   * The charter with the keys that {@code drawn} gives to the members that have none.
   *
   * @throws YamlException if the charter cannot work
   */
  public Charter charter(Function<MemberId, VerifyingKey> drawn) {
    return source.checked(() ->
        new Charter(
            name,
            salt,
            members.stream()
                .map(member ->
                    new Member(
                        member.id(),
                        member.key().orElseGet(() -> drawn.apply(member.id())),
                        member.weight()))
                .toList(),
            recipe,
            initial,
            training,
            rules));
  }
}
