package org.madrigal.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.disk.NodeException;

final class VolatileDiskTest {

  private final Disk disk = new VolatileDisk();

  @Test
  void readsWhatWasWrittenAndAppended() {
    disk.create("a", text("one"));
    assertThatThrownBy(() -> disk.create("a", text("two"))).isInstanceOf(NodeException.class);
    disk.replace("a", text("three"));
    try (Disk.Appender tail = disk.append("a")) {
      tail.append(text(", four"));
      tail.append(text(", five"));
      tail.truncate(11);
    }
    assertThat(disk.read("a")).contains(text("three, four"));
    disk.delete("a");
    assertThat(disk.read("a")).isEmpty();
  }

  @Test
  void listsTheFilesOfAFolderOnly() {
    disk.create("b/second", Bytes.EMPTY);
    disk.create("b/first", Bytes.EMPTY);
    disk.create("b/deeper/third", Bytes.EMPTY);
    disk.create("bb", Bytes.EMPTY);
    assertThat(disk.list("b")).containsExactly("first", "second");
  }

  private static Bytes text(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }
}
