package org.madrigal.ledger.evm;

import java.util.Optional;
import org.madrigal.core.crypto.Bytes;

/** Why the contract refuses a call: its errors, by name. */
enum Refusal {
  NOT_A_MEMBER("NotAMember(address)", "the account is not one of its members"),
  SILENCED("Silenced(uint16,uint64)", "the members have voted this one out"),
  ALREADY_THERE("AlreadyThere(bytes32,uint64)", "the statement is there already"),
  FOREIGN_SEEN("ForeignSeen(uint64,bytes32)", "the statement vouches for another history"),
  WRONG_SEQUENCE("WrongSequence(uint64,uint64)", "a piece is out of order"),
  WRONG_DIGEST("WrongDigest(bytes32,bytes32)", "the bytes do not have the digest"),
  WRONG_LENGTH("WrongLength(uint64,uint64,uint64)", "the bytes are too many, or too few"),
  WRONG_VOTE("WrongVote(uint16)", "nobody can be voted out like that"),
  WRONG_MEMBERS("WrongMembers()", "the members are too few or too many, or one is there twice"),
  CLOCK_BEHIND("ClockBehind(uint64)", "its clock is behind the ledger that it shall continue");

  private final String signature;
  private final String sentence;

  Refusal(String signature, String sentence) {
    this.signature = signature;
    this.sentence = sentence;
  }

  /** For people, a clause. */
  String sentence() {
    return sentence;
  }

  /** The four bytes that a refusal begins with. */
  Bytes selector() {
    return Abi.selector(signature);
  }

  /** Which one {@code data} is, if it is one. */
  static Optional<Refusal> of(Bytes data) {
    for (Refusal refusal : values()) {
      if (data.length() >= 4 && data.slice(0, 4).equals(refusal.selector())) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }
}
