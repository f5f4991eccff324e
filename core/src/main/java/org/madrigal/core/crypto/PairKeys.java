package org.madrigal.core.crypto;

import java.security.MessageDigest;

/**
 * What two members agree on for an epoch: a secret, and a tag for each direction that proves to the
 * other end that the secret is known.
 *
 * <pre>
 * prk    = HKDF-Extract(salt = context, ML-KEM secret || X25519 secret)
 * secret = HKDF-Expand(prk, "madrigal/pair-secret/1", transcript)
 * tag    = HKDF-Expand(prk, "madrigal/pair-confirmation/1", direction, transcript)
 * transcript = SHA-256 of ("madrigal/pair-transcript/1", encapsulator's public key,
 *              decapsulator's public key, ciphertext)
 * direction  = 1 from the encapsulator, 2 from the decapsulator
 * </pre>
 *
 * <p>Who encapsulates is fixed by the roster, so both ends write the transcript alike. The context
 * binds federation, epoch and roster.
 */
public final class PairKeys {

  /** The length of every confirmation tag in bytes. */
  public static final int TAG_LENGTH = 32;

  private final Secret secret;
  private final Bytes encapsulatorTag;
  private final Bytes decapsulatorTag;

  private PairKeys(Secret secret, Bytes encapsulatorTag, Bytes decapsulatorTag) {
    this.secret = secret;
    this.encapsulatorTag = encapsulatorTag;
    this.decapsulatorTag = decapsulatorTag;
  }

  /**
   * The keys as the end that has encapsulated to {@code peer} has them. The caller erases {@code
   * made}'s secret.
   *
   * @throws IllegalArgumentException if the peer's key is one's own
   */
  public static PairKeys ofEncapsulator(
      HybridKeyPair own, HybridPublicKey peer, Encapsulation made, Digest context) {
    refuseOwn(own, peer);
    return derive(
        made.shared(),
        own.agree(peer),
        context,
        transcript(own.publicKey(), peer, made.ciphertext()));
  }

  /**
   * The keys as the end that received the ciphertext of 1,088 bytes has them.
   *
   * @throws IllegalArgumentException if the peer's key is one's own or the ciphertext has another
   *     length
   */
  public static PairKeys ofDecapsulator(
      HybridKeyPair own, HybridPublicKey peer, Bytes ciphertext, Digest context) {
    refuseOwn(own, peer);
    Secret encapsulated = own.decapsulate(ciphertext);
    PairKeys keys =
        derive(
            encapsulated, own.agree(peer), context, transcript(peer, own.publicKey(), ciphertext));
    encapsulated.erase();
    return keys;
  }

  private static void refuseOwn(HybridKeyPair own, HybridPublicKey peer) {
    if (own.publicKey().equals(peer)) {
      throw new IllegalArgumentException("A member has no pair keys with itself: " + peer);
    }
  }

  private static Digest transcript(
      HybridPublicKey encapsulator, HybridPublicKey decapsulator, Bytes ciphertext) {
    return Purpose.of("madrigal/pair-transcript/1")
        .with(encapsulator.encoded())
        .with(decapsulator.encoded())
        .with(ciphertext)
        .digest();
  }

  private static PairKeys derive(
      Secret encapsulated, Secret agreed, Digest context, Digest transcript) {
    Secret input = Secret.concat(encapsulated, agreed);
    Secret key = Hkdf.extract(context.value(), input);
    agreed.erase();
    input.erase();
    PairKeys keys =
        new PairKeys(
            Hkdf.expand(key, Purpose.of("madrigal/pair-secret/1").with(transcript), 32),
            tag(key, 1, transcript),
            tag(key, 2, transcript));
    key.erase();
    return keys;
  }

  private static Bytes tag(Secret key, int direction, Digest transcript) {
    Purpose purpose = Purpose.of("madrigal/pair-confirmation/1").with(direction).with(transcript);
    return Bytes.takeOver(Hkdf.expand(key, purpose, TAG_LENGTH).array());
  }

  /** The 32 bytes from which the ratchet starts; the caller erases them. */
  public Secret secret() {
    return secret;
  }

  /** What the encapsulator posts with its ciphertext. */
  public Bytes encapsulatorTag() {
    return encapsulatorTag;
  }

  /** What the decapsulator answers. */
  public Bytes decapsulatorTag() {
    return decapsulatorTag;
  }

  /** Says whether {@code tag} proves that the encapsulator knows the secret. */
  public Verification verifyEncapsulator(Bytes tag) {
    return verify(encapsulatorTag, tag);
  }

  /** Says whether {@code tag} proves that the decapsulator knows the secret. */
  public Verification verifyDecapsulator(Bytes tag) {
    return verify(decapsulatorTag, tag);
  }

  private static Verification verify(Bytes expected, Bytes tag) {
    return MessageDigest.isEqual(expected.toByteArray(), tag.toByteArray())
        ? Verification.GENUINE
        : Verification.FORGED;
  }

  /** Names nothing: the tags are secret until they are posted. */
  @Override
  public String toString() {
    return "PairKeys";
  }
}
