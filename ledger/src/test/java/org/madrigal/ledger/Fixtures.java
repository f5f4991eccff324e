package org.madrigal.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.FederationId;

/** Keys and names that tests of ledgers share. */
public final class Fixtures {

  /** A federation. */
  public static final FederationId FEDERATION =
      new FederationId(Digest.of("a charter".getBytes(StandardCharsets.UTF_8)));

  /** The orderer of its ledger. */
  public static final SigningKey ORDERER = key(1);

  private Fixtures() {}

  /** A key of its own for each {@code number}. */
  public static SigningKey key(int number) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    Arrays.fill(seed, (byte) number);
    return SigningKey.ofSeed(seed);
  }
}
