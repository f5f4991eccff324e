package org.madrigal.app.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Digest;

/**
 * The tokens that a server lets in, in a file with a line for each. A line that is taken out, or
 * added, counts at once.
 *
 * <pre>
 * # name sha256 expires
 * grafana 9f2c... 2027-02-27T00:00:00Z
 * </pre>
 */
public final class TokenFile {

  private static final int MOST = 1_000;
  private static final long MOST_BYTES = 1 << 20;

  private final Path file;
  private List<Token> tokens = List.of();
  private Optional<FileTime> read = Optional.empty();

  private TokenFile(Path file) {
    this.file = file;
  }

  /**
   * The file, which must be there and sound.
   *
   * @throws IllegalArgumentException with a sentence for people, if it is not
   */
  public static TokenFile open(Path file) {
    TokenFile opened = new TokenFile(file);
    opened.now();
    return opened;
  }

  /** The tokens that the file holds now. */
  synchronized List<Token> now() {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      if (!read.equals(Optional.of(changed))) {
        tokens = parse(file);
        read = Optional.of(changed);
      }
      return tokens;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "There is no file %s with tokens; make one with 'madrigal dashboard token new'"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a token to the file, which comes into being if it is not there.
   *
   * @throws IllegalArgumentException if the name is taken, or the file is not sound
   */
  public static void add(Path file, Token token) {
    try {
      List<Token> all = new ArrayList<>(Files.exists(file) ? parse(file) : List.of());
      if (all.stream().anyMatch(each -> each.name().equals(token.name()))) {
        throw new IllegalArgumentException(
            "%s has a token '%s' already; choose another name, or take its line out first"
                .formatted(file, token.name()));
      }
      if (all.size() >= MOST) {
        throw new IllegalArgumentException(
            "%s has %d tokens, the most that there can be; take some out".formatted(file, MOST));
      }
      all.add(token);
      write(file, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, List<Token> all) throws IOException {
    StringBuilder text = new StringBuilder("# name sha256 expires\n");
    all.forEach(
        each -> text.append("%s %s %s\n".formatted(each.name(), each.sha256(), each.expires())));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    FileAttribute<?>[] attributes =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Files.createFile(part, attributes);
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<Token> parse(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IllegalArgumentException("%s is too long for a file of tokens".formatted(file));
    }
    List<Token> tokens = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        tokens.add(parse(file, number, line));
      }
    }
    return List.copyOf(tokens);
  }

  private static Token parse(Path file, int number, String line) {
    String[] words = line.strip().split("\\s+", -1);
    try {
      if (words.length == 3) {
        return new Token(words[0], Digest.parse(words[1]), Instant.parse(words[2]));
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw malformed(file, number, e);
    }
    throw malformed(file, number, null);
  }

  private static IllegalArgumentException malformed(
      Path file, int number, @org.jspecify.annotations.Nullable Exception cause) {
    return new IllegalArgumentException(
        "Line %d of %s is not 'name sha256 expires', as 'madrigal dashboard token new' writes it"
            .formatted(number, file),
        cause);
  }
}
