package org.madrigal.app.rest;

import java.util.Optional;
import java.util.function.Function;
import org.madrigal.app.chronicle.Chronicle;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;

/**
 * What is served from: a member's node, or somebody who reads a ledger.
 *
 * @param chronicle what was read
 * @param member whose node it is, if it is one
 * @param names what people here call a member
 * @param ledger what the ledger is called on command lines
 * @param identity the ledger's own name, once it is known
 * @param entries gives entries again
 * @param predictor uses models
 */
public record Site(
    Chronicle chronicle,
    Optional<MemberId> member,
    Function<MemberId, String> names,
    String ledger,
    Optional<String> identity,
    Entries entries,
    Predictor predictor) {

  /** Quotes the name where a shell would take it apart. */
  public Site {
    ledger =
        ledger.matches("[A-Za-z0-9._/:@%+=-]+") ? ledger : "'" + ledger.replace("'", "'\\''") + "'";
  }

  /** Gives entries again that were read before. Called from many threads. */
  @FunctionalInterface
  public interface Entries {
    /**
     * The entry at {@code position}, if it can be had.
     *
     * @throws Problem if too many ask at once
     */
    Optional<Entry> at(Position position) throws Problem, InterruptedException;
  }

  boolean isThisNode(MemberId id) {
    return member.isPresent() && member.get().equals(id);
  }
}
