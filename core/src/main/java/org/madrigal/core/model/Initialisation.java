package org.madrigal.core.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.madrigal.core.crypto.Digest;

/**
 * How the first global model comes to be. A pure function of the model and a seed, bit for bit the
 * same on every machine.
 */
public enum Initialisation {
  /** All parameters are zero. Only models without hidden layers learn from there. */
  ZEROS("zeros", 1),
  /**
   * Weights and biases uniform in (-1/sqrt(fan-in), 1/sqrt(fan-in)), the range of PyTorch's linear
   * and convolution layers.
   *
   * <pre>
   * block(i) = SHA-256("madrigal/initialisation/1" || seed || i)   seed, i: 8 bytes, big-endian
   * word(k)  = bytes 4 (k mod 8) .. 4 (k mod 8) + 3 of block(k div 8), big-endian, unsigned
   * value(k) = (float) (((word(k) div 2^8) + 0.5) / 2^23 - 1) * (1 / sqrt(fan-in)))
   * </pre>
   *
   * <p>with k the place in the flat vector and all arithmetic in doubles.
   */
  UNIFORM("uniform", 2);

  private static final byte[] DOMAIN =
      "madrigal/initialisation/1".getBytes(StandardCharsets.US_ASCII);
  private static final int WORDS = Digest.LENGTH / Integer.BYTES;

  private final String kind;
  private final int code;

  Initialisation(String kind, int code) {
    this.kind = kind;
    this.code = code;
  }

  /** The name in charters. */
  public String kind() {
    return kind;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The first parameters of {@code model}; {@code seed} is without effect for zeros. */
  public Parameters parameters(ModelSpec model, long seed) {
    return switch (this) {
      case ZEROS -> Parameters.takeOver(new float[model.layout().length()]);
      case UNIFORM -> uniform(model.layout(), seed);
    };
  }

  private static Parameters uniform(TensorLayout layout, long seed) {
    MessageDigest sha256 = Digest.sha256();
    float[] values = new float[layout.length()];
    ByteBuffer block = ByteBuffer.allocate(0);
    int k = 0;
    for (Tensor tensor : layout.tensors()) {
      double bound = 1 / Math.sqrt(tensor.fanIn());
      for (int end = k + tensor.shape().elements(); k < end; k++) {
        if (k % WORDS == 0) {
          sha256.update(DOMAIN);
          sha256.update(
              ByteBuffer.allocate(2 * Long.BYTES).putLong(seed).putLong(k / WORDS).array());
          block = ByteBuffer.wrap(sha256.digest());
        }
        int top24 = block.getInt() >>> 8;
        values[k] = (float) (((top24 + 0.5) / (1 << 23) - 1) * bound);
      }
    }
    return Parameters.takeOver(values);
  }
}
