package org.madrigal.trainer.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.trainer.TrainerException;

/**
 * The files that a program is made of: its source, and the lock file that names the libraries of
 * its environment.
 *
 * @param files in the order in which they count
 * @param approved the digest that the owner approved; empty: whatever the files hold
 */
public record ProgramCode(List<Path> files, Optional<Digest> approved) {

  /** No files, nothing approved. */
  public static final ProgramCode UNKNOWN = new ProgramCode(List.of(), Optional.empty());

  private static final int BLOCK = 1 << 16;

  /** Copies the list. */
  public ProgramCode {
    files = List.copyOf(files);
    if (files.isEmpty() && approved.isPresent()) {
      throw new IllegalArgumentException("A digest approves files, and none are named");
    }
  }

  /**
   * SHA-256 of "madrigal/trainer-code/1" and, for each file in order, the length of its name in
   * UTF-8 (4 bytes, big-endian), the name without its folders, and the SHA-256 of what it holds.
   *
   * @throws TrainerException if a file cannot be read
   */
  public Digest digest() {
    MessageDigest all = Digest.sha256();
    all.update("madrigal/trainer-code/1".getBytes(StandardCharsets.US_ASCII));
    for (Path file : files) {
      byte[] name = String.valueOf(file.getFileName()).getBytes(StandardCharsets.UTF_8);
      all.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
      all.update(name);
      all.update(of(file));
    }
    return new Digest(Bytes.takeOver(all.digest()));
  }

  private static byte[] of(Path file) {
    MessageDigest one = Digest.sha256();
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        one.update(block, 0, count);
      }
    } catch (IOException e) {
      throw new TrainerException(
          "The trainer's file %s cannot be read (%s); correct trainer: in member.yaml"
              .formatted(file, e.getMessage()),
          e);
    }
    return one.digest();
  }

  /**
   * Checks that the files are those that were approved.
   *
   * @throws TrainerException if they are not
   */
  void check() {
    Digest now = files.isEmpty() ? null : digest();
    if (now != null && approved.isPresent() && !approved.get().equals(now)) {
      throw new TrainerException(
          "The trainer's code %s has the digest %s, but %s was approved; look at what changed, and approve it in member.yaml"
              .formatted(files.stream().map(Path::getFileName).toList(), now, approved.get()));
    }
  }
}
