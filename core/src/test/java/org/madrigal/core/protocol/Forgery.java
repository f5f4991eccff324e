package org.madrigal.core.protocol;

import org.madrigal.core.crypto.Bytes;

/** What a member can sign that is no statement. For tests. */
public final class Forgery {

  private Forgery() {}

  /** Any bytes at all, signed by {@code author} with its key in {@link Charters}. */
  public static Bytes sign(MemberId author, Bytes payload) {
    return CoseSign1.sign(author, payload, Charters.key(author)).encode();
  }

  /** The payload of a statement that is well-formed. */
  public static Bytes payload(SignedStatement statement) {
    try {
      return CoseSign1.decode(statement.bytes()).payload();
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
