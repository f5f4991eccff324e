package org.madrigal.app.charter;

import java.util.List;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.secagg.Thresholds;

/** The lines of a new charter about who sees what, with the numbers that suit its members. */
final class NewRules {

  /** Off, until somebody wants it: every member's node must then be reachable for the others. */
  private static final List<String> CUSTODY =
      List.of(
          "# For large models, above all on a chain: larger updates then lie with the members, whose",
          "# nodes must be reachable for each other and keep them; the ledger names them only.",
          "# attachments: {on-ledger-up-to: 64 KiB}");

  private NewRules() {}

  /** The lines for so many members. */
  static String of(Privacy privacy, int members) {
    List<String> lines =
        privacy == Privacy.NONE ? open(members) : secret(privacy, Thresholds.defaults(members));
    return String.join("\n", lines) + "\n\n" + String.join("\n", CUSTODY);
  }

  private static List<String> open(int members) {
    return List.of(
        "privacy: none  # everybody who reads the ledger sees each single update",
        "minimum: 2  # the fewest members that train and the fewest updates that close a round",
        "votes: %d  # against a member exclude it"
            .formatted(Math.min(members / 2 + 1, members - 1)),
        "bound: 256  # the most that a parameter may change in one update");
  }

  private static List<String> secret(Privacy privacy, Thresholds numbers) {
    boolean masked = privacy == Privacy.MASKED;
    return List.of(
        masked
            ? "privacy: masked  # nobody sees a single update, the members see their mean, strangers no model"
            : "privacy: members  # members see each other's updates, strangers see none and no model",
        "secrecy:",
        "  colluders: %d  # so many of the %d members may put together all they know, and learn no update"
            .formatted(numbers.colluders(), numbers.members()),
        "  threshold: %d  # so many members together open a sum; fewer cannot"
            .formatted(numbers.threshold()),
        "  bits: 16  # of one value; the step between values is bound / 2^(bits - 1)",
        "  rounding: nearest  # or stochastic: right on average, for few bits",
        "  step: 15m  # waited for keys, commitments and shares; nobody trains meanwhile",
        "  epoch: 1000  # rounds until the members agree on fresh keys",
        "minimum: %d  # the fewest members whose sum opens: with fewer, a round waits"
            .formatted(numbers.minimum()),
        "votes: %d  # against a member exclude it; more than may collude"
            .formatted(
                Math.max(
                    Math.min(numbers.members() / 2 + 1, numbers.members() - 1),
                    numbers.colluders() + 1)),
        masked
            ? "bound: 4  # the most that a parameter may change in one update; smaller is finer"
            : "bound: 256  # the most that a parameter may change in one update");
  }
}
