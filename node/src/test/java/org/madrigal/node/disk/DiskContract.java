package org.madrigal.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;

/** What every disk does. */
public abstract class DiskContract {

  /** A disk without files. */
  protected abstract Disk disk();

  static Bytes text(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsNothingWhereNothingWasWritten() {
    assertThat(disk().read("a")).isEmpty();
    assertThat(disk().list("folder")).isEmpty();
  }

  @Test
  void readsWhatWasWritten() {
    Disk disk = disk();
    disk.create("folder/deeper/a", text("one"));
    assertThat(disk.read("folder/deeper/a")).contains(text("one"));
    disk.replace("folder/deeper/a", text("two"));
    assertThat(disk.read("folder/deeper/a")).contains(text("two"));
  }

  @Test
  void neverCreatesOverAFile() {
    Disk disk = disk();
    disk.create("a", text("one"));
    assertThatThrownBy(() -> disk.create("a", text("two")))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("Refusing to write over");
    assertThat(disk.read("a")).contains(text("one"));
  }

  @Test
  void listsTheFilesOfAFolderOnly() {
    Disk disk = disk();
    disk.create("folder/b", text("b"));
    disk.create("folder/a", text("a"));
    disk.create("folder/deeper/c", text("c"));
    disk.create("other", text("d"));
    assertThat(disk.list("folder")).containsExactly("a", "b");
  }

  @Test
  void erases() {
    Disk disk = disk();
    disk.create("folder/a", text("a"));
    disk.delete("folder/a");
    disk.delete("folder/a");
    assertThat(disk.read("folder/a")).isEmpty();
  }

  @Test
  void addsToTheEndAndCuts() {
    Disk disk = disk();
    disk.create("a", text("one"));
    try (Disk.Appender appender = disk.append("a")) {
      appender.append(text(" two"));
      appender.append(text(" three"));
      appender.truncate(7);
      appender.append(text("!"));
    }
    assertThat(disk.read("a")).contains(text("one two!"));
    try (Disk.Appender appender = disk.append("a")) {
      appender.append(text("?"));
    }
    assertThat(disk.read("a")).contains(text("one two!?"));
  }

  @Test
  void isUsedByOneProcessAtATime() {
    Disk disk = disk();
    Disk.Lock lock = disk.lock("lock");
    assertThatThrownBy(() -> disk.lock("lock"))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("Another process uses")
        .extracting(e -> ((NodeException) e).kind())
        .isEqualTo(NodeException.Kind.LOCKED);
    lock.close();
    disk.lock("lock").close();
  }

  @Test
  void finishesItsWriteWhenTheThreadIsInterrupted() {
    Disk disk = disk();
    Thread.currentThread().interrupt();
    disk.create("folder/a", text("one"));
    try (Disk.Appender appender = disk.append("folder/a")) {
      appender.append(text(" two"));
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(disk.read("folder/a")).contains(text("one two"));
  }
}
