package org.madrigal.app.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.export.Fernet;
import org.madrigal.core.crypto.Bytes;
import picocli.CommandLine.Option;

/** The mixin that writes a file as a Fernet token where that is asked for. */
final class EncryptionOptions {

  private static final String VARIABLE = "MADRIGAL_FERNET_KEY";

  @Option(
      names = "--encrypt",
      description =
          "Write a Fernet token, which Python's cryptography opens. The key comes from --key-file,"
              + " --new-key or the environment variable MADRIGAL_FERNET_KEY.")
  private boolean encrypt;

  @Option(names = "--key-file", paramLabel = "FILE", description = "A file with a Fernet key.")
  private @Nullable Path keyFile;

  @Option(
      names = "--new-key",
      paramLabel = "FILE",
      description = "Draw a Fernet key and write it into this new file.")
  private @Nullable Path newKey;

  /** {@code plain}, or the token of it. */
  Bytes apply(Bytes plain) throws IOException {
    if (!encrypt) {
      if (keyFile != null || newKey != null) {
        throw new Failure(
            ExitCode.USAGE,
            "--key-file and --new-key are for --encrypt; add it or leave them out.");
      }
      return plain;
    }
    return key().encrypt(plain.toByteArray(), InstantSource.system().instant(), new SecureRandom());
  }

  boolean asked() {
    return encrypt;
  }

  private Fernet key() throws IOException {
    String variable = System.getenv(VARIABLE);
    if (newKey != null && keyFile == null) {
      return drawn(newKey);
    }
    if (keyFile != null && newKey == null) {
      return parsed(Files.readString(keyFile, StandardCharsets.US_ASCII), keyFile.toString());
    }
    if (keyFile == null && variable != null) {
      return parsed(variable, "The environment variable " + VARIABLE);
    }
    throw new Failure(
        ExitCode.USAGE,
        "--encrypt needs one key: give --key-file or --new-key, or set %s.".formatted(VARIABLE));
  }

  private static Fernet parsed(String text, String origin) {
    try {
      return Fernet.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitCode.BAD_INPUT, "%s holds no key: %s.".formatted(origin, e.getMessage()), e);
    }
  }

  private static Fernet drawn(Path file) throws IOException {
    Fernet key = Fernet.generate(new SecureRandom());
    if (Files.exists(file)) {
      throw new Failure(ExitCode.EXISTS, "%s is there already; name another file.".formatted(file));
    }
    FileAttribute<?>[] attributes =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Files.createFile(file, attributes);
    Files.writeString(file, key.text() + "\n", StandardOpenOption.WRITE);
    return key;
  }
}
