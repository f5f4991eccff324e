package org.madrigal.core.secagg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.madrigal.core.crypto.Bytes;

/** Little-endian float32 numbers for the tests. */
final class Floats {

  private Floats() {}

  static Bytes of(double... numbers) {
    ByteBuffer buffer =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double number : numbers) {
      buffer.putFloat((float) number);
    }
    return Bytes.takeOver(buffer.array());
  }

  static Bytes gaussian(Random random, int length, double deviation) {
    double[] numbers = new double[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = random.nextGaussian() * deviation;
    }
    return of(numbers);
  }
}
