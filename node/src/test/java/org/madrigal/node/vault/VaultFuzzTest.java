package org.madrigal.node.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.member.EpochSecrets;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Untrusted;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.NodeException;

/** Files of a vault that the member did not write, and such as it sealed with other contents. */
@Timeout(10)
final class VaultFuzzTest {

  private static final FederationId FEDERATION = new FederationId(Digest.of(Bytes.ofHex("aa")));
  private static final SigningKey KEY = SigningKey.generate(new Random(1));
  private static final MemberId MEMBER = new MemberId("ada");
  private static final Seal SEAL = Seal.of(KEY, FEDERATION, new Random(2));

  static Stream<byte[]> contents() {
    EpochSecrets secrets = new EpochSecrets(MEMBER, new EpochId(1));
    byte[] before = secrets.encoded().expose();
    secrets.offer(new Random(3));
    return Stream.of(before, secrets.encoded().expose(), new byte[64]);
  }

  static Stream<byte[]> files() {
    return contents().map(content -> SEAL.seal("epoch-1", Secret.copyOf(content)).toByteArray());
  }

  private static void open(String name, Bytes file) {
    MemoryDisk disk = new MemoryDisk();
    disk.create("secrets/" + name, file);
    try {
      Vault vault = Vault.open(disk, "secrets", FEDERATION, MEMBER, KEY, new Random(4));
      assertThat(vault.all()).hasSizeLessThanOrEqualTo(1);
    } catch (NodeException e) {
      assertThat(e.kind()).isEqualTo(NodeException.Kind.DAMAGED);
      assertThat(e.getMessage()).contains(name);
    }
  }

  @MethodSource("files")
  @FuzzTest(maxDuration = "2m")
  void aFileIsOpenedOrRefused(byte[] bytes) throws Exception {
    Untrusted.read(
        bytes.length,
        () -> {
          open("epoch-1", Bytes.copyOf(bytes));
          open("keys", Bytes.copyOf(bytes));
        });
  }

  @MethodSource("contents")
  @FuzzTest(maxDuration = "2m")
  void aSealedFileIsReadOrRefused(byte[] bytes) throws Exception {
    Untrusted.read(
        bytes.length,
        () -> {
          open("epoch-1", SEAL.seal("epoch-1", Secret.copyOf(bytes)));
          open("keys", SEAL.seal("keys", Secret.copyOf(bytes)));
        });
  }
}
