package org.madrigal.app.audit;

import java.util.Optional;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;

/**
 * The head that somebody noted down and that a history must end in.
 *
 * @param position the number of entries, where it was noted
 * @param hash the running hash
 */
public record ExpectedHead(Optional<Position> position, Digest hash) {

  /**
   * Parses {@code HASH} or {@code POSITION:HASH}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static ExpectedHead parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new ExpectedHead(Optional.empty(), Digest.parse(text));
    }
    try {
      Position position = new Position(Long.parseLong(text.substring(0, colon)));
      return new ExpectedHead(Optional.of(position), Digest.parse(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is not a number of entries".formatted(text.substring(0, colon)), e);
    }
  }

  /** Whether {@code head} is this one. */
  public boolean is(Head head) {
    return hash.equals(head.hash()) && position.map(head.position()::equals).orElse(true);
  }

  @Override
  public String toString() {
    return position.map(number -> number + ":").orElse("") + hash;
  }
}
