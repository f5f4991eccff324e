package org.madrigal.app.config;

import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Secrecy;

/** Says in words what a charter hides, from whom, and how many may collude or fall silent. */
public final class PrivacyWords {

  /** What everybody must know of a charter without privacy. */
  public static final String NONE =
      "With privacy: none, everybody who reads the ledger sees each single update, from which data"
          + " can be inferred; use it for research, not for secrets.";

  /** What everybody must know who asks for a model without a key. */
  public static final String CLOSED =
      "the models are closed to strangers: name an epoch key with --key, or a member's folder; any"
          + " member can grant a key with 'madrigal key grant-audit'";

  private static final String STRANGERS =
      "Strangers, who read the ledger without an epoch key, see no update and no model but the"
          + " initial one; they see who spoke when, and the digests of the models.";

  private PrivacyWords() {}

  /** The sentences. */
  public static List<String> of(Charter charter) {
    return switch (charter.rules().privacy()) {
      case NONE -> List.of(NONE);
      case MEMBERS -> members(charter);
      case MASKED -> masked(charter);
    };
  }

  /** Whether updates are open to everybody, so that people must be told loudly. */
  public static boolean isLoud(Charter charter) {
    return charter.rules().privacy() == Privacy.NONE;
  }

  private static List<String> members(Charter charter) {
    List<String> words = new ArrayList<>();
    words.add(
        "Each member sees every other member's single update: it is encrypted to all of them.");
    words.add(STRANGERS);
    words.add(silent(charter.roster().size() - charter.rules().minimum(), "a round"));
    return List.copyOf(words);
  }

  private static List<String> masked(Charter charter) {
    Secrecy secrecy = charter.rules().secrecy().orElseThrow();
    int members = charter.roster().size();
    int minimum = charter.rules().minimum();
    List<String> words = new ArrayList<>();
    words.add(
        "Nobody sees a single update, neither members nor whoever runs the ledger: it leaves its"
            + " node only masked, and only the sum of %d updates or more opens."
                .formatted(minimum));
    words.add(
        "Members see every model and the mean of each round's updates; a mean over few says"
            + " something of each.");
    words.add(STRANGERS);
    words.add(
        "%d of the %d members may put together all they know and learn no other's update."
            .formatted(secrecy.colluders(), members));
    words.add(silent(members - minimum, "a sum"));
    words.add(
        "Of those in a sum, %d must still be there to open it; else the round is tried again."
            .formatted(secrecy.threshold()));
    return List.copyOf(words);
  }

  private static String silent(int most, String what) {
    return most == 0
        ? "Nobody may be missing from %s.".formatted(what)
        : "%d may be missing from %s.".formatted(most, what);
  }
}
