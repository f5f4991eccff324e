package org.madrigal.app.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.core.protocol.Custody;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Secrecy;

/** The section {@code attachments} of a charter: which attachments lie off the ledger. */
public final class CustodyFile {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,10}) ?(|B|KiB|MiB|GiB)");

  private CustodyFile() {}

  /** The rules with what the charter says of attachments, if it says anything. */
  static Rules read(Section file, Rules rules) {
    Optional<Value> given = file.optional("attachments");
    if (given.isEmpty()) {
      return rules;
    }
    Section section = given.get().section("on-ledger-up-to", "receipts");
    int limit = size(section.required("on-ledger-up-to"));
    Optional<Value> receipts = section.optional("receipts");
    int needed =
        receipts
            .map(v -> v.smallInteger(Custody.MIN_RECEIPTS, rules.minimum()))
            .orElse(receipts(rules));
    return receipts.orElse(given.get()).checked(() -> rules.with(new Custody(limit, needed)));
  }

  /**
   * How many members hold an attachment before it counts, where a charter does not say: as many as
   * open a sum; where updates are in the open, more than half of the minimum.
   */
  static int receipts(Rules rules) {
    return rules
        .secrecy()
        .map(Secrecy::threshold)
        .orElse(Math.max(Custody.MIN_RECEIPTS, rules.minimum() / 2 + 1));
  }

  private static int size(Value value) {
    Matcher size = SIZE.matcher(value.text());
    if (size.matches()) {
      long unit =
          switch (size.group(2)) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            default -> 1;
          };
      long bytes = Long.parseLong(size.group(1)) * unit;
      if (bytes <= Integer.MAX_VALUE) {
        return (int) bytes;
      }
    }
    throw value.wrong(
        "A size is written as a number of bytes, or as in 64 KiB or 2 MiB, and is below 2 GiB, not '%s'."
            .formatted(value.text()));
  }

  /** A size as {@link #read} reads it, such as {@code 64 KiB}. */
  public static String words(int bytes) {
    if (bytes > 0 && bytes % (1 << 20) == 0) {
      return String.format(Locale.ROOT, "%d MiB", bytes >> 20);
    }
    return bytes > 0 && bytes % (1 << 10) == 0
        ? String.format(Locale.ROOT, "%d KiB", bytes >> 10)
        : String.format(Locale.ROOT, "%d", bytes);
  }

  /** What the members take on with attachments off the ledger, in one sentence. */
  public static String advice(Custody custody) {
    return "Attachments above %s lie with the members, not on the ledger: each member's node must be reachable for the others, keep all of them until the training ends and audits are over, and one counts only when %d members, its author among them, hold it before its deadline."
        .formatted(words(custody.onLedgerUpTo()), custody.receipts());
  }
}
