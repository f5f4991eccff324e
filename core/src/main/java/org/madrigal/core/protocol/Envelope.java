package org.madrigal.core.protocol;

import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Signature;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;

/**
 * A signed statement that was taken apart but not yet believed: {@link #verify} says whether its
 * author signed it.
 *
 * @param author who is said to have signed
 * @param payload what is said
 * @param toBeSigned the bytes under the signature: the Sig_structure of RFC 9052, section 4.4
 * @param signature the signature over them
 */
public record Envelope(MemberId author, Payload payload, Bytes toBeSigned, Signature signature) {

  /** Says whether the holder of {@code key} signed this. */
  public Verification verify(VerifyingKey key) {
    return key.verify(toBeSigned.toByteArray(), signature);
  }
}
