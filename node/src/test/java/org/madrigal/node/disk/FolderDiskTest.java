package org.madrigal.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDiskTest extends DiskContract {

  @TempDir private Path folder;

  @Override
  protected Disk disk() {
    return new FolderDisk(folder.resolve("member"));
  }

  @Test
  void letsOnlyTheOwnerReadWhatItWrites() throws IOException {
    Assumptions.assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    disk().create("keys/key.pem", text("secret"));
    Path file = folder.resolve("member/keys/key.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void erasesWhatACrashLeftOfAReplacement() throws IOException {
    Disk disk = disk();
    disk.create("a", text("one"));
    Files.writeString(folder.resolve("member/a.part"), "two");
    disk.delete("a");
    try (var files = Files.list(folder.resolve("member"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void leavesNothingBesideTheFilesThatWereWritten() throws IOException {
    Disk disk = disk();
    disk.create("a", text("one"));
    assertThatThrownBy(() -> disk.create("a", text("two"))).isInstanceOf(NodeException.class);
    disk.replace("a", text("three"));
    try (var files = Files.list(folder.resolve("member"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("a");
    }
  }

  @Test
  void replacesAnUnfinishedWriteOfBefore() throws IOException {
    Disk disk = disk();
    disk.create("a", text("one"));
    Files.writeString(folder.resolve("member/a.part"), "torn");
    disk.replace("a", text("two"));
    assertThat(disk.read("a")).contains(text("two"));
  }

  @Test
  void saysWhatFailed() throws IOException {
    Files.writeString(folder.resolve("member"), "a file where a folder is needed");
    assertThatThrownBy(() -> disk().create("a", text("one")))
        .isInstanceOf(NodeException.class)
        .hasMessageStartingWith("Cannot write")
        .hasMessageContaining("member");
  }

  @Test
  void staysInsideItsFolder() {
    assertThatThrownBy(() -> disk().read("../other")).isInstanceOf(IllegalArgumentException.class);
  }
}
