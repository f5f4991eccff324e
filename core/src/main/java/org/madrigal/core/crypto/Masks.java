package org.madrigal.core.crypto;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Applies masks to vectors of words, as fast as the cipher runs. Holds ciphers and a buffer for
 * reuse: for one thread at a time, and O(1) memory.
 *
 * <p>How: words are taken in tiles that stay in the first-level cache, outer loop over tiles, inner
 * loop over masks, one cipher with its counter for each mask. The platform's AES-CTR is fast when
 * compiled code calls it often with some ten kilobytes, and thirty times slower in a few huge calls
 * from cold code; the adding loop is vectorised as long as it is a plain loop over a segment in a
 * static method. Both were measured, and the benchmark {@code masks} watches over them.
 */
public final class Masks {

  /** Words in a tile, 32 KB. Between 2 and 16 thousand the speed is the same. */
  static final int TILE = 8192;

  /** How many ciphers are at work at once; more masks are applied in several passes. */
  private static final int CIPHERS = 128;

  private static final int WARM_UP_CALLS = 20_000;
  private static final int WARM_UP_WORDS = 128;
  private static final int BLOCK = 16;

  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final IvParameterSpec ZERO = new IvParameterSpec(new byte[BLOCK]);

  private final List<Cipher> ciphers = new ArrayList<>();
  private final byte[] zeros = new byte[TILE * Integer.BYTES];
  private final byte[] stream = new byte[TILE * Integer.BYTES];
  private final MemorySegment streamWords = MemorySegment.ofArray(stream);

  /** Makes the buffers; ciphers are made when they are needed. */
  public Masks() {}

  /** Adds or subtracts every mask, modulo 2^32, from its first word on. */
  public void apply(int[] words, List<Mask> masks) {
    int together = words.length <= TILE ? 1 : CIPHERS;
    for (int from = 0; from < masks.size(); from += together) {
      applyTogether(words, masks.subList(from, Math.min(from + together, masks.size())));
    }
    Arrays.fill(stream, (byte) 0);
  }

  private void applyTogether(int[] words, List<Mask> masks) {
    for (int i = 0; i < masks.size(); i++) {
      start(cipher(i), masks.get(i), ZERO);
    }
    for (int from = 0; from < words.length; from += TILE) {
      int count = Math.min(TILE, words.length - from);
      for (int i = 0; i < masks.size(); i++) {
        next(ciphers.get(i), count);
        switch (masks.get(i).sign()) {
          case ADD -> add(words, from, streamWords, count);
          case SUBTRACT -> subtract(words, from, streamWords, count);
        }
      }
    }
  }

  private Cipher cipher(int number) {
    while (ciphers.size() <= number) {
      try {
        ciphers.add(Cipher.getInstance("AES/CTR/NoPadding"));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every Java platform has AES-CTR", e);
      }
    }
    return ciphers.get(number);
  }

  private static void start(Cipher cipher, Mask mask, IvParameterSpec counter) {
    Secret key = mask.key();
    try {
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.array(), "AES"), counter);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-CTR refuses a key of 32 bytes", e);
    } finally {
      key.erase();
    }
  }

  /** The stream's next bytes; whole blocks, as only the last piece may be shorter. */
  private void next(Cipher cipher, int count) {
    int bytes = (count * Integer.BYTES + BLOCK - 1) / BLOCK * BLOCK;
    try {
      cipher.update(zeros, 0, bytes, stream, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CTR refuses a buffer of its size", e);
    }
  }

  private static void add(int[] words, int from, MemorySegment stream, int count) {
    for (int i = 0; i < count; i++) {
      words[from + i] += stream.get(WORD, (long) i * Integer.BYTES);
    }
  }

  private static void subtract(int[] words, int from, MemorySegment stream, int count) {
    for (int i = 0; i < count; i++) {
      words[from + i] -= stream.get(WORD, (long) i * Integer.BYTES);
    }
  }

  /**
   * Runs the loops until the platform compiles them, a tenth of a second of work: where it does not
   * hurt, such as on a thread of its own while a node starts. Otherwise the first mask is a hundred
   * times slower than the later ones.
   */
  public static void warmUp() {
    Secret seed = Secret.takeOver(new byte[Aead.KEY_LENGTH]);
    Purpose purpose = Purpose.of("madrigal/warm-up/1");
    Masks masks = new Masks();
    int[] words = new int[WARM_UP_WORDS];
    for (Mask.Sign sign : Mask.Sign.values()) {
      Mask mask = new Mask(seed, purpose, sign);
      Cipher cipher = masks.cipher(0);
      start(cipher, mask, ZERO);
      for (int i = 0; i < WARM_UP_CALLS / 2; i++) {
        masks.next(cipher, words.length);
        if (sign == Mask.Sign.ADD) {
          add(words, 0, masks.streamWords, words.length);
        } else {
          subtract(words, 0, masks.streamWords, words.length);
        }
      }
    }
  }
}
