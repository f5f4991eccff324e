package org.madrigal.core.crypto;

/**
 * What two members agree on for an epoch.
 *
 * <pre>
 * prk    = HKDF-Extract(salt = context, ML-KEM secret || X25519 secret)
 * secret = HKDF-Expand(prk, "madrigal/pair-secret/1", transcript)
 * transcript = SHA-256 of ("madrigal/pair-transcript/1", encapsulator's public key,
 *              decapsulator's public key, ciphertext)
 * </pre>
 *
 * <p>Who encapsulates is fixed by the roster, so both ends write the transcript alike. The context
 * binds federation, epoch and roster. Nothing here proves that the other end has the same secret:
 * the commitments to its descendants, which both ends post in every slot, do.
 */
public final class PairKeys {

  private PairKeys() {}

  /**
   * The 32 secret bytes as the end that has encapsulated to {@code peer} has them. The caller
   * erases them and {@code made}'s secret.
   *
   * @throws IllegalArgumentException if the peer's key is one's own
   */
  public static Secret ofEncapsulator(
      HybridKeyPair own, HybridPublicKey peer, Encapsulation made, Digest context) {
    refuseOwn(own, peer);
    return derive(
        made.shared(),
        own.agree(peer),
        context,
        transcript(own.publicKey(), peer, made.ciphertext()));
  }

  /**
   * The 32 secret bytes as the end that received the ciphertext of 1,088 bytes has them. The caller
   * erases them.
   *
   * @throws IllegalArgumentException if the peer's key is one's own or the ciphertext has another
   *     length
   */
  public static Secret ofDecapsulator(
      HybridKeyPair own, HybridPublicKey peer, Bytes ciphertext, Digest context) {
    refuseOwn(own, peer);
    Secret encapsulated = own.decapsulate(ciphertext);
    Secret secret =
        derive(
            encapsulated, own.agree(peer), context, transcript(peer, own.publicKey(), ciphertext));
    encapsulated.erase();
    return secret;
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

  private static Secret derive(
      Secret encapsulated, Secret agreed, Digest context, Digest transcript) {
    Secret input = Secret.concat(encapsulated, agreed);
    Secret key = Hkdf.extract(context.value(), input);
    agreed.erase();
    input.erase();
    Secret secret = Hkdf.expand(key, Purpose.of("madrigal/pair-secret/1").with(transcript), 32);
    key.erase();
    return secret;
  }
}
