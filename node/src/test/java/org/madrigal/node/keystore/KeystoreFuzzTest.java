package org.madrigal.node.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Untrusted;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.NodeException;

/** Key files of bytes that no member wrote. */
@Timeout(20)
final class KeystoreFuzzTest {

  private static final String NAME = "key";

  private static Passphrase passphrase() {
    return Passphrase.of("correct horse".toCharArray());
  }

  static Stream<byte[]> files() {
    MemoryDisk disk = new MemoryDisk();
    try (Passphrase passphrase = passphrase()) {
      Keystore.create(disk, NAME, SigningKey.generate(new Random(1)), passphrase, new Random(2));
    }
    String file =
        new String(disk.read(NAME).orElseThrow().toByteArray(), StandardCharsets.US_ASCII);
    return Stream.of(file, file.substring(file.indexOf("-----")))
        .map(text -> text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Asking for a single iteration, so that there can be many guesses. */
  static Stream<byte[]> keys() {
    byte[] usual;
    try (Passphrase passphrase = passphrase()) {
      usual = EncryptedKey.encrypt(SigningKey.generate(new Random(1)), passphrase, new Random(2));
    }
    byte[] wanted = HexFormat.of().parseHex("02030927c0");
    int at = 0;
    while (!Arrays.equals(usual, at, at + wanted.length, wanted, 0, wanted.length)) {
      at++;
    }
    ByteBuffer quick = ByteBuffer.allocate(usual.length - 2);
    quick.put(usual, 0, at).put(new byte[] {2, 1, 1});
    quick.put(usual, at + wanted.length, usual.length - at - wanted.length);
    return Stream.of(shortened(quick.array(), at));
  }

  /** Takes two off the lengths of all sequences around the place. */
  private static byte[] shortened(byte[] der, int place) {
    for (int at = 0; at < place; at++) {
      int length = der[at + 1] == (byte) 0x81 ? at + 2 : at + 1;
      if (der[at] == 0x30 && length + Byte.toUnsignedInt(der[length]) > place) {
        der[length] = (byte) (der[length] - 2);
      }
    }
    return der;
  }

  /** The public key only: it needs no guess. */
  @MethodSource("files")
  @FuzzTest(maxDuration = "2m")
  void aFileIsReadOrRefused(byte[] bytes) throws Exception {
    MemoryDisk disk = new MemoryDisk();
    disk.create(NAME, Bytes.copyOf(bytes));
    Untrusted.read(
        bytes.length,
        () -> {
          try {
            assertThat(Keystore.publicKey(disk, NAME)).isNotNull();
          } catch (NodeException e) {
            assertThat(e.kind()).isEqualTo(NodeException.Kind.DAMAGED);
          }
        });
  }

  @MethodSource("keys")
  @FuzzTest(maxDuration = "2m")
  void anEncryptedKeyIsReadOrRefused(byte[] bytes) throws Exception {
    try (Passphrase passphrase = passphrase()) {
      Untrusted.read(
          bytes.length,
          () -> {
            try {
              assertThat(EncryptedKey.decrypt(bytes, passphrase)).isNotNull();
            } catch (IOException e) {
              assertThat(e.getMessage()).isNotBlank();
            }
          });
    }
  }
}
