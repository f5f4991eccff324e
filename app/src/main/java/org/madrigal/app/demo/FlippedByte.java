package org.madrigal.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of a ledger's folder in which one bit of one byte is changed.
 *
 * @param copy the folder of the copy
 * @param file the changed file, relative to it
 * @param offset the place of the changed byte, counted from 0
 */
record FlippedByte(Path copy, Path file, long offset) {

  /**
   * Copies {@code ledger} and changes the byte in the middle of the largest file.
   *
   * @param to the folder of the copy; not there yet
   */
  static FlippedByte in(Path ledger, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(ledger)) {
      files = walk.map(ledger::relativize).toList();
    }
    for (Path each : files) {
      Path target = to.resolve(each);
      if (Files.isDirectory(ledger.resolve(each))) {
        Files.createDirectories(target);
      } else {
        Files.copy(ledger.resolve(each), target);
      }
    }
    Path largest =
        files.stream()
            .filter(each -> Files.isRegularFile(to.resolve(each)))
            .max(
                Comparator.comparingLong((Path each) -> size(to.resolve(each)))
                    .thenComparing(each -> each))
            .orElseThrow();
    long offset = size(to.resolve(largest)) / 2;
    flip(to.resolve(largest), offset);
    return new FlippedByte(to, largest, offset);
  }

  private static void flip(Path file, long offset) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, offset);
      one.put(0, (byte) (one.get(0) ^ 1)).rewind();
      channel.write(one, offset);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
