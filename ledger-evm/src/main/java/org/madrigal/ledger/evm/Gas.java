package org.madrigal.ledger.evm;

import java.nio.ByteBuffer;
import org.madrigal.core.crypto.Bytes;

/**
 * How much gas a call of the contract takes at most, computed before it is sent: a node can
 * estimate a call only after those before it were carried out, and pieces are sent one after the
 * other without waiting. What is not used is not paid.
 *
 * <p>Sources: the Yellow Paper, appendix G; EIP-2028 (calldata), EIP-7623 (its floor), EIP-2929
 * (storage). A test compares with what a chain takes.
 */
final class Gas {

  private static final long INTRINSIC = 21_000;
  private static final long ZERO = 4;
  private static final long OTHER = 16;
  private static final long FLOOR_TOKEN = 10;
  private static final int TOKENS = 4;
  private static final long CREATED_BYTE = 200;

  private Gas() {}

  /**
   * Of {@code append}, with its claims: the history, what is known of the statement, a model, a
   * vote.
   */
  static long append(Bytes call) {
    return most(call, 350_000 + perByte(call.length()));
  }

  /** Of {@code appendDraft}, where the whole statement has {@code length} bytes. */
  static long appendDraft(Bytes call, int length) {
    return most(call, 500_000 + 2 * perByte(length));
  }

  /** Of {@code recall}, with a path of so many entries. */
  static long recall(Bytes call, long entries) {
    long words = 5 * entries;
    return most(call, 80_000 + 2_000 * entries + 3 * words + words * words / 512);
  }

  /** Of {@code piece}. */
  static long piece(Bytes call) {
    return most(call, 180_000 + perByte(call.length()));
  }

  /** Of {@code part}, whose content becomes code. */
  static long part(Bytes call) {
    return most(call, 250_000 + perByte(call.length()) + CREATED_BYTE * call.length());
  }

  /** Memory, one copy, SHA-256 and a log of so many bytes. */
  private static long perByte(long length) {
    long words = Math.ceilDiv(length, Abi.WORD);
    return 9 * length + 45 * words + words * words / 128;
  }

  /** What the call's bytes cost, and its execution; but no less than the floor for its bytes. */
  private static long most(Bytes call, long execution) {
    long zeros = 0;
    ByteBuffer bytes = call.asReadOnlyBuffer();
    while (bytes.hasRemaining()) {
      if (bytes.get() == 0) {
        zeros++;
      }
    }
    long others = call.length() - zeros;
    long floor = INTRINSIC + FLOOR_TOKEN * (zeros + TOKENS * others);
    return Math.max(floor, INTRINSIC + ZERO * zeros + OTHER * others + execution);
  }
}
