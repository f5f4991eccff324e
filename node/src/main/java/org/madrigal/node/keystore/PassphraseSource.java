package org.madrigal.node.keystore;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;

/** Where a passphrase comes from. */
public sealed interface PassphraseSource {

  /** The environment variable that {@link Environment} reads by default. */
  String VARIABLE = "MADRIGAL_PASSPHRASE";

  /**
   * Fetches the passphrase; the caller closes it.
   *
   * @throws NodeException of kind {@code PASSPHRASE} if there is none, or others could have read it
   */
  Passphrase fetch();

  /**
   * Somebody is asked.
   *
   * @param question asks and returns the answer, which is erased here; an empty one is refused
   */
  record Prompt(Supplier<char[]> question) implements PassphraseSource {
    @Override
    public Passphrase fetch() {
      char[] answer = question.get();
      try {
        return checked(answer, "the answer");
      } finally {
        Arrays.fill(answer, '\0');
      }
    }
  }

  /**
   * The first line of a file that only its owner can read.
   *
   * @param path the file, in UTF-8
   */
  record OwnFile(Path path) implements PassphraseSource {

    private static final int MAX_BYTES = 4 * Passphrase.MAX_LENGTH + 2;

    @Override
    public Passphrase fetch() {
      byte[] content;
      try (FileInputStream in = new FileInputStream(path.toFile())) {
        checkPermissions();
        content = in.readNBytes(MAX_BYTES);
      } catch (IOException e) {
        throw new NodeException(
            Kind.PASSPHRASE,
            "Cannot read the passphrase file '%s' (%s); name a file that exists and that you may read"
                .formatted(path, e.getMessage()),
            e);
      }
      char[] line = new char[0];
      try {
        line = firstLine(content);
        return checked(line, "the first line of '%s'".formatted(path));
      } finally {
        Arrays.fill(content, (byte) 0);
        Arrays.fill(line, '\0');
      }
    }

    private void checkPermissions() throws IOException {
      if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        return;
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      if (permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ)) {
        throw new NodeException(
            Kind.PASSPHRASE,
            "Refusing the passphrase file '%s': others can read it (%s); run chmod 600 on it and think of a new passphrase"
                .formatted(path, PosixFilePermissions.toString(permissions)));
      }
    }

    private char[] firstLine(byte[] content) {
      int end = 0;
      while (end < content.length && content[end] != '\n' && content[end] != '\r') {
        end++;
      }
      CharBuffer decoded;
      try {
        decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, 0, end));
      } catch (CharacterCodingException e) {
        throw new NodeException(
            Kind.PASSPHRASE, "The passphrase file '%s' is not UTF-8 text".formatted(path), e);
      }
      char[] line = Arrays.copyOf(decoded.array(), decoded.limit());
      Arrays.fill(decoded.array(), '\0');
      return line;
    }
  }

  /**
   * An environment variable. Convenient for containers; other processes of the same user can read
   * it.
   *
   * @param variable its name
   * @param variables the environment
   */
  record Environment(String variable, Map<String, String> variables) implements PassphraseSource {
    @Override
    public Passphrase fetch() {
      String value = variables.get(variable);
      if (value == null) {
        throw new NodeException(
            Kind.PASSPHRASE,
            "The environment variable %s is not set; set it to the passphrase of the key, or name a passphrase file"
                .formatted(variable));
      }
      return checked(value.toCharArray(), "the environment variable " + variable);
    }

    /** Leaves the values out: one of them is a secret. */
    @Override
    public String toString() {
      return "Environment[" + variable + "]";
    }
  }

  private static Passphrase checked(char[] characters, String origin) {
    if (characters.length == 0 || characters.length > Passphrase.MAX_LENGTH) {
      throw new NodeException(
          Kind.PASSPHRASE,
          "A passphrase has 1 to %d characters, but %s has %d"
              .formatted(Passphrase.MAX_LENGTH, origin, characters.length));
    }
    return Passphrase.of(characters);
  }
}
