package org.madrigal.app.simulate;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.attack.AttackKind;
import org.madrigal.trainer.attack.Conspiracy;
import org.madrigal.trainer.data.RandomStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The mixin of commands that let some members attack the others. */
public final class AttackOptions {

  @Option(
      names = "--attack",
      paramLabel = "NAME[:S]",
      description =
          "Let some members attack, with strength S: ${COMPLETION-CANDIDATES}. docs/robust.md says what"
              + " each does.",
      completionCandidates = Words.class)
  private @Nullable String attack;

  @Option(
      names = "--attackers",
      paramLabel = "K",
      description = "How many members attack; who is drawn.")
  private @Nullable Integer attackers;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  /** The names of all attacks. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(AttackKind.values()).map(AttackKind::word).iterator();
    }
  }

  /** Filled in by picocli. */
  public AttackOptions() {}

  /**
   * The conspiracy that was asked for, if one was.
   *
   * @param members all members
   * @param bound the charter's
   * @param seed what is drawn from
   */
  Optional<Conspiracy> among(List<MemberId> members, int bound, long seed) {
    if (attack == null && attackers == null) {
      return Optional.empty();
    }
    if (attack == null || attackers == null) {
      throw wrong("--attack and --attackers belong together: say what is done and by how many.");
    }
    if (attackers < 1 || attackers >= members.size()) {
      throw wrong(
          "--attackers is a number from 1 to %d, one less than there are members, not %d."
              .formatted(members.size() - 1, attackers));
    }
    String[] parts = attack.split(":", 2);
    try {
      AttackKind kind = AttackKind.of(parts[0]);
      double strength = parts.length == 1 ? kind.usual() : Double.parseDouble(parts[1]);
      return Optional.of(
          new Conspiracy(kind, strength, drawn(members, attackers, seed), seed, bound));
    } catch (NumberFormatException e) {
      throw new ParameterException(
          mixee.commandLine(),
          "--attack: the strength is a number such as %s:2, not '%s'."
              .formatted(parts[0], parts[1]),
          e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          mixee.commandLine(), "--attack: %s.".formatted(e.getMessage()), e);
    }
  }

  private static List<MemberId> drawn(List<MemberId> members, int count, long seed) {
    int[] order =
        RandomStream.of("madrigal/attack/members/1", seed, count).permutation(members.size());
    return Arrays.stream(order, 0, count).mapToObj(members::get).toList();
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(mixee.commandLine(), sentence);
  }
}
