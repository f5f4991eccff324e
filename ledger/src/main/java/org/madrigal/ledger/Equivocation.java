package org.madrigal.ledger;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Decoding;

/**
 * Proof that an orderer signed two histories: two different heads for one place. Anybody can check
 * it with nothing but the orderer's public key.
 *
 * <p>The heads are at the same height, or after the same number of entries. Two histories of one
 * federation, neither of which begins with the other, always have two such heads: their blocks at
 * the first height at which they differ.
 *
 * <p>As a file it is text, with one line for each of: title, orderer, one head, the other head.
 *
 * @param orderer the key that both heads are signed with
 * @param one a head
 * @param other a head that contradicts it
 */
public record Equivocation(VerifyingKey orderer, SignedHead one, SignedHead other) {

  private static final String TITLE = "madrigal equivocation 1";
  private static final String ORDERER = "orderer ";
  private static final String HEAD = "head ";

  /** Refuses heads that do not contradict each other, or that {@code orderer} did not sign. */
  public Equivocation {
    if (!contradict(one, other)) {
      throw new IllegalArgumentException(
          "The heads %s and %s do not contradict each other".formatted(one, other));
    }
    if (one.verify(orderer) == Verification.FORGED
        || other.verify(orderer) == Verification.FORGED) {
      throw new IllegalArgumentException("The heads are not both signed by " + orderer.text());
    }
  }

  /** The proof in these two heads, if they are one. */
  public static Optional<Equivocation> of(VerifyingKey orderer, SignedHead one, SignedHead other) {
    boolean proof =
        contradict(one, other)
            && one.verify(orderer) == Verification.GENUINE
            && other.verify(orderer) == Verification.GENUINE;
    return proof ? Optional.of(new Equivocation(orderer, one, other)) : Optional.empty();
  }

  /** The file form. */
  public String text() {
    return String.join(
        "\n",
        TITLE,
        ORDERER + orderer.text(),
        HEAD + one.encode().hex(),
        HEAD + other.encode().hex(),
        "");
  }

  /** Reads the file form and checks the proof. */
  public static Decoding<Equivocation> parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != 4
        || !lines.get(0).equals(TITLE)
        || !lines.get(1).startsWith(ORDERER)
        || !lines.get(2).startsWith(HEAD)
        || !lines.get(3).startsWith(HEAD)) {
      return new Decoding.Malformed<>("this is not an equivocation file of this version");
    }
    try {
      VerifyingKey orderer = VerifyingKey.parse(lines.get(1).substring(ORDERER.length()));
      Equivocation proof = new Equivocation(orderer, head(lines.get(2)), head(lines.get(3)));
      return proof.text().equals(text)
          ? new Decoding.Decoded<>(proof)
          : new Decoding.Malformed<>("the file is not written canonically");
    } catch (IllegalArgumentException e) {
      return new Decoding.Malformed<>(String.valueOf(e.getMessage()));
    }
  }

  private static SignedHead head(String line) {
    return switch (SignedHead.decode(Bytes.ofHex(line.substring(HEAD.length())))) {
      case Decoding.Decoded<SignedHead>(SignedHead head) -> head;
      case Decoding.Malformed<SignedHead>(String reason) ->
          throw new IllegalArgumentException(reason);
    };
  }

  private static boolean contradict(SignedHead one, SignedHead other) {
    boolean samePlace =
        one.height() == other.height() || one.head().position().equals(other.head().position());
    return one.federation().equals(other.federation()) && samePlace && !one.saysTheSameAs(other);
  }
}
