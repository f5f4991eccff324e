package org.madrigal.core.robust;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.madrigal.core.crypto.Bytes;

/** Cuts an update to a largest norm. */
public final class Clipping {

  private Clipping() {}

  /**
   * The update itself, or where its L2 norm is above {@code largest}, scaled down to that.
   *
   * @param update float32, little-endian, all finite
   * @param largest above 0
   */
  public static Bytes clip(Bytes update, double largest) {
    int length = update.length() / Float.BYTES;
    double squares = 0;
    for (int i = 0; i < length; i++) {
      double value = update.floatAt(i);
      squares += value * value;
    }
    double norm = Math.sqrt(squares);
    if (norm <= largest) {
      return update;
    }
    double factor = largest / norm;
    ByteBuffer clipped = ByteBuffer.allocate(update.length()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      clipped.putFloat((float) (update.floatAt(i) * factor));
    }
    return Bytes.takeOver(clipped.array());
  }
}
