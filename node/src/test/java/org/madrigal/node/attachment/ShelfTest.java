package org.madrigal.node.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.MemoryDisk.Failure;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.PowerLoss;

class ShelfTest {

  private static final String FOLDER = "attachments";
  private static final Attachment ONE = attachment(1);
  private static final Attachment TWO = attachment(2);

  private final MemoryDisk disk = new MemoryDisk();
  private final Shelf shelf = Shelf.open(disk, FOLDER);

  private static Attachment attachment(int content) {
    return Attachment.of(Bytes.takeOver(new byte[] {(byte) content, 0, 0, 7}));
  }

  private static String file(Attachment attachment) {
    return FOLDER + "/" + attachment.ref().sha256().hex();
  }

  @Test
  void keepsWhatItWasGivenThroughARestart() {
    shelf.put(ONE);
    for (Shelf each : new Shelf[] {shelf, Shelf.open(disk.copy(), FOLDER)}) {
      assertThat(each.has(ONE.ref())).isTrue();
      assertThat(each.find(ONE.ref())).contains(ONE.content());
      assertThat(each.has(TWO.ref())).isFalse();
      assertThat(each.find(TWO.ref())).isEmpty();
    }
  }

  @Test
  void writesTheSameOnce() {
    shelf.put(ONE);
    long writes = disk.writes();
    shelf.put(ONE);
    assertThat(disk.writes()).isEqualTo(writes);
  }

  @Test
  void hasNothingOfAnotherLength() {
    shelf.put(ONE);
    AttachmentRef longer = new AttachmentRef(ONE.ref().sha256(), 5);
    for (Shelf each : new Shelf[] {shelf, Shelf.open(disk.copy(), FOLDER)}) {
      assertThat(each.has(longer)).isFalse();
      assertThat(each.find(longer)).isEmpty();
      assertThat(each.has(ONE.ref())).isTrue();
    }
  }

  /** It is then fetched again, as if it had never come. */
  @Test
  void erasesAFileThatIsNotWhatItsNameSays() {
    shelf.put(ONE);
    disk.replace(file(ONE), TWO.content());
    assertThat(shelf.find(ONE.ref())).isEmpty();
    assertThat(shelf.has(ONE.ref())).isFalse();
    assertThat(disk.names()).doesNotContain(file(ONE));
    shelf.put(ONE);
    assertThat(shelf.find(ONE.ref())).contains(ONE.content());
  }

  @Test
  void offersOnlyWhatAnEntryNames() {
    shelf.put(ONE);
    assertThat(shelf.offered(ONE.ref().sha256())).isEmpty();
    shelf.offer(ONE.ref().sha256());
    assertThat(shelf.offered(ONE.ref().sha256())).contains(ONE.content());
    shelf.offer(TWO.ref().sha256());
    assertThat(shelf.offered(TWO.ref().sha256())).isEmpty();
  }

  @Test
  void sweepsWhatNobodyNamed() {
    Attachment three = attachment(3);
    shelf.put(ONE);
    shelf.put(TWO);
    shelf.put(three);
    shelf.offer(ONE.ref().sha256());
    shelf.sweep(Set.of(TWO.ref().sha256()));
    assertThat(disk.names()).containsExactlyInAnyOrder(file(ONE), file(TWO));
    assertThat(shelf.has(three.ref())).isFalse();
    assertThat(shelf.has(TWO.ref())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void aWriteThatFailsLeavesTheWholeOrNothing(Failure failure) {
    MemoryDisk failing = new MemoryDisk().failingAt(2, failure);
    Shelf dying = Shelf.open(failing, FOLDER);
    dying.put(ONE);
    assertThatThrownBy(() -> dying.put(TWO))
        .isInstanceOf(failure == Failure.FULL ? NodeException.class : PowerLoss.class);

    Shelf restarted = Shelf.open(failing.copy(), FOLDER);
    assertThat(restarted.find(ONE.ref())).contains(ONE.content());
    boolean there = failure == Failure.UNTOLD;
    assertThat(restarted.has(TWO.ref())).isEqualTo(there);
    assertThat(restarted.find(TWO.ref()).isPresent()).isEqualTo(there);
    restarted.put(TWO);
    assertThat(restarted.find(TWO.ref())).contains(TWO.content());
  }
}
