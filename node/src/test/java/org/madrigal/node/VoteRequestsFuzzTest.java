package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Untrusted;
import org.madrigal.node.disk.MemoryDisk;

/** Requests of bytes that no owner wrote. */
@Timeout(10)
final class VoteRequestsFuzzTest {

  static Stream<byte[]> requests() {
    MemoryDisk disk = new MemoryDisk();
    VoteRequests.ask(disk, new MemberId("bob"), "sends garbage");
    return Stream.of(
        disk.read(MemberFolder.REQUESTS + "/vote-bob.txt").orElseThrow().toByteArray(),
        "bob\r\n\n".getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("requests")
  @FuzzTest(maxDuration = "2m")
  void aRequestIsTakenOrPutAway(byte[] bytes) throws Exception {
    MemoryDisk disk = new MemoryDisk();
    disk.create(MemberFolder.REQUESTS + "/vote-x.txt", Bytes.copyOf(bytes));
    Untrusted.read(
        bytes.length,
        () -> {
          assertThat(VoteRequests.read(disk, "vote-x.txt")).isNotNull();
          VoteRequests.answer(disk, "vote-x.txt", "done");
          assertThat(VoteRequests.waiting(disk)).doesNotContain("vote-x.txt");
        });
  }
}
