package org.madrigal.app.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.node.disk.FolderDisk;

/**
 * The epoch keys of a federation, as a member grants them to an auditor. A file of text:
 *
 * <pre>
 * # any lines of remarks
 * madrigal-epoch-keys: 1
 * federation: its digest, 64 hexadecimal digits
 * key: an epoch key, 64 hexadecimal digits; a line for each
 * </pre>
 *
 * @param federation the federation
 * @param keys the keys of its epochs, 32 bytes each
 */
public record GrantedKeys(FederationId federation, List<Secret> keys) {

  private static final String VERSION = "madrigal-epoch-keys: 1";
  private static final String FEDERATION = "federation: ";
  private static final String KEY = "key: ";
  private static final String DIGITS = "[0-9a-f]{64}";

  /** Copies the list. */
  public GrantedKeys {
    keys = List.copyOf(keys);
  }

  /** As a replay takes them. */
  public EpochKeys forReplay() {
    EpochKeys all = EpochKeys.NONE;
    for (Secret key : keys) {
      all = all.with(key);
    }
    return all;
  }

  /**
   * Reads a file.
   *
   * @throws Failure if it cannot be read or is another thing
   */
  public static GrantedKeys read(Path file) {
    try {
      return parse(file, Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Failure(
          ExitCode.BAD_INPUT, "There is no key file %s that you may read.".formatted(file), e);
    }
  }

  private static GrantedKeys parse(Path file, List<String> written) {
    List<String> lines =
        written.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    boolean known =
        lines.size() >= 2
            && lines.get(0).equals(VERSION)
            && lines.get(1).matches(FEDERATION + DIGITS)
            && lines.stream().skip(2).allMatch(line -> line.matches(KEY + DIGITS));
    if (!known) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "%s holds no epoch keys; 'madrigal key grant-audit' makes such a file.".formatted(file));
    }
    List<Secret> keys = new ArrayList<>();
    for (String line : lines.subList(2, lines.size())) {
      byte[] key = HexFormat.of().parseHex(line.substring(KEY.length()));
      keys.add(Secret.copyOf(key));
      Arrays.fill(key, (byte) 0);
    }
    return new GrantedKeys(
        new FederationId(Digest.parse(lines.get(1).substring(FEDERATION.length()))), keys);
  }

  /**
   * Writes a file that only its owner can read, where none is yet.
   *
   * @throws Failure if the file is there, or its folder is not
   */
  public void write(Path file) {
    Path absolute = file.toAbsolutePath();
    if (Files.exists(absolute)) {
      throw new Failure(ExitCode.EXISTS, "%s is there already; name another file.".formatted(file));
    }
    Path folder = absolute.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "There is no folder %s to write %s into; make it."
              .formatted(folder, absolute.getFileName()));
    }
    new FolderDisk(folder).create(String.valueOf(absolute.getFileName()), content());
  }

  private Bytes content() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# With this file anybody can read, from the ledger, every model of the federation\n");
    text.append(
        "# and the mean of every round's updates, but no single masked update. Keep it secret.\n");
    text.append(VERSION).append('\n');
    text.append(FEDERATION).append(federation).append('\n');
    for (Secret key : keys) {
      byte[] bytes = key.expose();
      text.append(KEY).append(HexFormat.of().formatHex(bytes)).append('\n');
      Arrays.fill(bytes, (byte) 0);
    }
    return Bytes.takeOver(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
