package org.madrigal.ledger.evm;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.crypto.Bytes;
import org.web3j.crypto.Hash;

/**
 * The encoding of calls, events and results of contracts: as much of it as the ledger's contract
 * uses. Everything is a row of words of 32 bytes, big-endian; in place of a byte string or a list
 * stands the offset at which its length and its words follow.
 *
 * <p>Source: Contract ABI Specification, Solidity 0.8.37.
 */
final class Abi {

  static final int WORD = 32;

  private Abi() {}

  /** An argument. */
  sealed interface Argument {

    /** A number from 0, an address or 32 bytes. */
    record Word(Bytes bytes) implements Argument {}

    /** A byte string of any length. */
    record Blob(Bytes content) implements Argument {}

    /** A list of words. */
    record Words(List<Bytes> words) implements Argument {
      public Words {
        words = List.copyOf(words);
      }
    }
  }

  static Argument of(long number) {
    return new Argument.Word(word(BigInteger.valueOf(number)));
  }

  static Argument of(Bytes word) {
    if (word.length() != WORD) {
      throw new IllegalArgumentException("A word has 32 bytes, not " + word.length());
    }
    return new Argument.Word(word);
  }

  static Argument of(EvmAddress address) {
    return new Argument.Word(word(address));
  }

  static Argument blob(Bytes content) {
    return new Argument.Blob(content);
  }

  static Argument addresses(List<EvmAddress> addresses) {
    return new Argument.Words(addresses.stream().map(Abi::word).toList());
  }

  private static Bytes word(EvmAddress address) {
    return word(new BigInteger(1, address.value().toByteArray()));
  }

  static Bytes word(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int skipped = bytes[0] == 0 ? 1 : 0;
    if (number.signum() < 0 || bytes.length - skipped > WORD) {
      throw new IllegalArgumentException("A word holds 0 to 2^256 - 1, not " + number);
    }
    byte[] word = new byte[WORD];
    int length = bytes.length - skipped;
    System.arraycopy(bytes, skipped, word, WORD - length, length);
    return Bytes.takeOver(word);
  }

  /** The four bytes by which a function or an error is known. */
  static Bytes selector(String signature) {
    return topic(signature).slice(0, 4);
  }

  /** The 32 bytes by which an event is known. */
  static Bytes topic(String signature) {
    return Bytes.takeOver(Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII)));
  }

  /** A call of a function. */
  static Bytes call(Bytes selector, Argument... arguments) {
    return join(selector, encode(arguments));
  }

  /** Some bytes, one after the other. */
  static Bytes join(Bytes first, Bytes second) {
    byte[] bytes = new byte[first.length() + second.length()];
    first.asReadOnlyBuffer().get(bytes, 0, first.length());
    second.asReadOnlyBuffer().get(bytes, first.length(), second.length());
    return Bytes.takeOver(bytes);
  }

  static Bytes encode(Argument... arguments) {
    int length = arguments.length * WORD;
    for (Argument argument : arguments) {
      length += tail(argument);
    }
    byte[] bytes = new byte[length];
    int end = arguments.length * WORD;
    for (int i = 0; i < arguments.length; i++) {
      int place = i * WORD;
      switch (arguments[i]) {
        case Argument.Word(Bytes word) -> put(bytes, place, word);
        case Argument.Blob(Bytes content) -> {
          put(bytes, place, word(BigInteger.valueOf(end)));
          put(bytes, end, word(BigInteger.valueOf(content.length())));
          put(bytes, end + WORD, content);
        }
        case Argument.Words(List<Bytes> words) -> {
          put(bytes, place, word(BigInteger.valueOf(end)));
          put(bytes, end, word(BigInteger.valueOf(words.size())));
          for (int each = 0; each < words.size(); each++) {
            put(bytes, end + (each + 1) * WORD, words.get(each));
          }
        }
      }
      end += tail(arguments[i]);
    }
    return Bytes.takeOver(bytes);
  }

  private static int tail(Argument argument) {
    return switch (argument) {
      case Argument.Word word -> 0;
      case Argument.Blob(Bytes content) ->
          WORD + Math.multiplyExact(WORD, Math.ceilDiv(content.length(), WORD));
      case Argument.Words(List<Bytes> words) -> WORD * (1 + words.size());
    };
  }

  private static void put(byte[] bytes, int place, Bytes content) {
    content.asReadOnlyBuffer().get(bytes, place, content.length());
  }

  /**
   * Reads words that a contract wrote, which may be anything.
   *
   * @param bytes the words
   */
  record Reader(Bytes bytes) {

    /** The word at {@code index}. */
    Bytes word(int index) throws MalformedAnswerException {
      int from = index * WORD;
      if (from + WORD > bytes.length()) {
        throw new MalformedAnswerException(
            "%d words are too few; word %d is missing".formatted(bytes.length() / WORD, index));
      }
      return bytes.slice(from, from + WORD);
    }

    /** The word at {@code index} as a number that fits. */
    long number(int index) throws MalformedAnswerException {
      BigInteger number = new BigInteger(1, word(index).toByteArray());
      if (number.bitLength() > Long.SIZE - 1) {
        throw new MalformedAnswerException("%s is too large a number".formatted(number));
      }
      return number.longValue();
    }

    EvmAddress address(int index) throws MalformedAnswerException {
      return new EvmAddress(word(index).slice(WORD - EvmAddress.LENGTH, WORD));
    }

    /** The byte string whose offset stands at {@code index}. */
    Bytes blob(int index) throws MalformedAnswerException {
      long offset = number(index);
      if (offset % WORD != 0 || offset > bytes.length() - WORD) {
        throw new MalformedAnswerException("The offset %d leads nowhere".formatted(offset));
      }
      int from = (int) offset + WORD;
      long length = number((int) offset / WORD);
      if (length > bytes.length() - from) {
        throw new MalformedAnswerException("%d bytes are missing".formatted(length));
      }
      return bytes.slice(from, from + (int) length);
    }

    /** All words as a list. */
    List<Bytes> words() {
      List<Bytes> words = new ArrayList<>();
      for (int from = 0; from + WORD <= bytes.length(); from += WORD) {
        words.add(bytes.slice(from, from + WORD));
      }
      return words;
    }
  }
}
