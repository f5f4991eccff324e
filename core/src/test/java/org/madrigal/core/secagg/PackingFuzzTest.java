package org.madrigal.core.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Bytes;

/** Packed vectors of bytes that anybody may have made up. */
@Timeout(10)
final class PackingFuzzTest {

  static Stream<byte[]> vectors() {
    return Stream.of(8, 13, 16, 21, 24, 32)
        .map(bits -> {
          byte[] packed = RingVector.of(new Ring(bits), 1, -1, 5, 0, 100).pack().toByteArray();
          byte[] input = new byte[2 + packed.length];
          input[0] = (byte) (bits - Ring.MIN_BITS);
          input[1] = 5;
          System.arraycopy(packed, 0, input, 2, packed.length);
          return input;
        });
  }

  /** The first byte says the ring, the second the length that is expected. */
  @MethodSource("vectors")
  @FuzzTest(maxDuration = "2m")
  void aVectorIsReadAsItIsWrittenOrNotAtAll(byte[] input) {
    if (input.length < 2) {
      return;
    }
    int widths = Ring.MAX_BITS - Ring.MIN_BITS + 1;
    Ring ring = new Ring(Ring.MIN_BITS + Byte.toUnsignedInt(input[0]) % widths);
    int length = Byte.toUnsignedInt(input[1]);
    Bytes packed = Bytes.takeOver(Arrays.copyOfRange(input, 2, input.length));
    assertThat(RingVector.unpack(ring, packed, length).map(RingVector::pack))
        .isEqualTo(
            RingVector.isPacked(ring, packed, length) ? Optional.of(packed) : Optional.empty());
  }
}
