package org.madrigal.app.move;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.NewFile;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.SignedHandover;

/** A folder with the handovers of members: a file each, {@code NAME.handover}. */
public final class HandoverFiles {

  private static final String ENDING = ".handover";

  private HandoverFiles() {}

  /**
   * Reads all of them, in the order of their names.
   *
   * @throws Failure if there is none, or one is malformed
   */
  public static List<SignedHandover> read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "There is no folder %s with the handovers of the members.".formatted(folder));
    }
    List<SignedHandover> handovers;
    try (Stream<Path> files = Files.list(folder)) {
      handovers =
          files
              .filter(file -> String.valueOf(file.getFileName()).endsWith(ENDING))
              .sorted()
              .map(HandoverFiles::one)
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (handovers.isEmpty()) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "There is no file *%s in %s; each member makes its own with 'madrigal ledger handover'."
              .formatted(ENDING, folder));
    }
    return handovers;
  }

  private static SignedHandover one(Path file) {
    Bytes bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = Bytes.takeOver(in.readNBytes(SignedHandover.MAX_LENGTH + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return switch (SignedHandover.decode(bytes)) {
      case Decoding.Decoded<SignedHandover>(SignedHandover handover) -> handover;
      case Decoding.Malformed<SignedHandover>(String reason) ->
          throw new Failure(ExitCode.BAD_INPUT, "%s is no handover: %s.".formatted(file, reason));
    };
  }

  /**
   * Writes one, whole or not at all; the same again changes nothing.
   *
   * @return its file
   */
  public static Path write(Path folder, SignedHandover handover) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(handover.author() + ENDING);
    byte[] bytes = handover.encode().toByteArray();
    if (!Files.exists(file)
        || !Bytes.takeOver(Files.readAllBytes(file)).equals(handover.encode())) {
      new NewFile(file).write(bytes);
    }
    return file;
  }
}
