package org.madrigal.node;

import java.util.Optional;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;

/**
 * Who a node speaks for, and under which charter.
 *
 * @param member the pseudonym
 * @param key the key that the charter names for it
 * @param charter what the member's owner approved
 */
public record Identity(MemberId member, SigningKey key, Charter charter) {

  /** Refuses a member that the charter does not name, or names with another key. */
  public Identity {
    Optional<Member> named = charter.member(member);
    if (named.isEmpty()) {
      throw new NodeException(
          Kind.REFUSED,
          "The charter '%s' does not name the member '%s'; it names %s"
              .formatted(
                  charter.name(),
                  member,
                  charter.roster().stream().map(each -> each.id().value()).toList()));
    }
    if (!named.get().key().equals(key.verifyingKey())) {
      throw new NodeException(
          Kind.REFUSED,
          "The charter '%s' names the key %s for '%s', but this folder holds %s"
              .formatted(charter.name(), named.get().key(), member, key.verifyingKey()));
    }
  }

  /** The federation. */
  FederationId federation() {
    return charter.id();
  }
}
