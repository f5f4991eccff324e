package org.madrigal.node.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.NodeException;

class OutboxTest {

  private static final Attachment ONE = Attachment.of(Bytes.ofHex("01"));
  private static final Attachment TWO = Attachment.of(Bytes.ofHex("0202"));

  private final MemoryDisk disk = new MemoryDisk();
  private final Outbox outbox = new Outbox(disk, "outbox");

  @Test
  void keepsAttachmentsUntilTheyAreErased() {
    outbox.put(ONE);
    outbox.put(TWO);
    assertThat(outbox.get(ONE.ref())).contains(ONE);
    outbox.erase(ONE.ref());
    assertThat(outbox.get(ONE.ref())).isEmpty();
    assertThat(outbox.get(TWO.ref())).contains(TWO);
  }

  @Test
  void forgetsWhatWasKeptButNeverSigned() {
    outbox.put(ONE);
    outbox.put(TWO);
    outbox.retain(Set.of(TWO.ref()));
    assertThat(disk.list("outbox")).containsExactly(TWO.ref().sha256().hex());
  }

  @Test
  void refusesAFileThatIsNotWhatItsNameSays() {
    outbox.put(ONE);
    disk.replace("outbox/" + ONE.ref().sha256().hex(), Bytes.ofHex("02"));
    assertThatThrownBy(() -> outbox.get(ONE.ref()))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("is damaged");
  }
}
