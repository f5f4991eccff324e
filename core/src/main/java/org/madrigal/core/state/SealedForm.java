package org.madrigal.core.state;

import java.util.Optional;
import org.madrigal.core.crypto.Aead;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Hkdf;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.RoundId;

/**
 * Updates that only members can read: AES-256-GCM under a key that hangs on the epoch key, the
 * round and the author, and so is used once.
 */
public final class SealedForm {

  private SealedForm() {}

  /** Seals the differences of {@code member} in a round, float32 little-endian. */
  public static Bytes seal(
      Secret epochKey,
      FederationId federation,
      EpochId epoch,
      RoundId round,
      MemberId member,
      Bytes delta) {
    Purpose purpose = purpose(federation, epoch, round, member);
    Secret key = Hkdf.expand(epochKey, purpose, Aead.KEY_LENGTH);
    Secret plain = Secret.copyOf(delta.toByteArray());
    Bytes sealed = Aead.seal(key, purpose, plain);
    key.erase();
    plain.erase();
    return sealed;
  }

  /** The length in bytes of a sealed update. */
  static long length(Charter charter) {
    return (long) charter.layout().length() * Float.BYTES + Aead.OVERHEAD;
  }

  static Optional<Bytes> open(
      Secret epochKey,
      FederationId federation,
      EpochId epoch,
      RoundId round,
      MemberId member,
      Bytes sealed) {
    Purpose purpose = purpose(federation, epoch, round, member);
    Secret key = Hkdf.expand(epochKey, purpose, Aead.KEY_LENGTH);
    Optional<Bytes> delta =
        Aead.open(key, purpose, sealed).map(plain -> Bytes.takeOver(plain.expose()));
    key.erase();
    return delta;
  }

  private static Purpose purpose(
      FederationId federation, EpochId epoch, RoundId round, MemberId member) {
    return Purpose.of("madrigal/sealed-update/1")
        .with(federation.digest())
        .with(epoch.value())
        .with(round.value())
        .with(member.value());
  }
}
