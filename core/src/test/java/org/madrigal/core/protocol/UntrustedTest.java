package org.madrigal.core.protocol;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class UntrustedTest {

  private static byte[] behindItsLength(byte[] bytes) {
    return new byte[ByteBuffer.wrap(bytes).getInt()];
  }

  @Test
  void findsRoomThatWasMadeForALengthThatIsOnlyClaimed() {
    byte[] bytes = {4, 0, 0, 0};

    assertThatThrownBy(() -> Untrusted.read(bytes.length, () -> behindItsLength(bytes)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("bytes of memory for 4 bytes to read");
  }

  @Test
  void letsARecordBeReadThatHasItsLength() {
    byte[] bytes = {0, 0, 1, 0};

    assertThatCode(() -> Untrusted.read(bytes.length, () -> behindItsLength(bytes)))
        .doesNotThrowAnyException();
  }
}
