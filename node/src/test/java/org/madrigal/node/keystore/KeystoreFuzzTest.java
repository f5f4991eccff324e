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

  /** An octet string of sixteen bytes. */
  private static final byte[] SALT = new byte[18];

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

  /** Asking for a single iteration, so that there can be many guesses; for none, and no salt. */
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
    byte[] quick = replaced(usual, at, wanted.length, 2, 1, 1);
    byte[] unsalted = replaced(quick, at - SALT.length, SALT.length, 4, 0);
    return Stream.of(
        quick,
        unsalted,
        replaced(usual, at, wanted.length, 2, 1, 0),
        replaced(usual, at, wanted.length, 2, 1, -1));
  }

  /** With another element in place of one, and the lengths of all sequences around it put right. */
  private static byte[] replaced(byte[] der, int place, int length, int... element) {
    ByteBuffer all = ByteBuffer.allocate(der.length - length + element.length);
    all.put(der, 0, place);
    for (int each : element) {
      all.put((byte) each);
    }
    byte[] replaced = all.put(der, place + length, der.length - place - length).array();
    for (int at = 0; at < place; at++) {
      int size = der[at + 1] == (byte) 0x81 ? at + 2 : at + 1;
      if (der[at] == 0x30 && size + Byte.toUnsignedInt(der[size]) > place) {
        replaced[size] = (byte) (der[size] - length + element.length);
      }
    }
    return replaced;
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
