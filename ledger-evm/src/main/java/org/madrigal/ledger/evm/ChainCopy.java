package org.madrigal.ledger.evm;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.LedgerVerdict;

/**
 * A member's copy of a ledger on a chain, to be read only, also while a node writes to it.
 *
 * @param folder its folder
 * @param ledger the name of the ledger
 * @param federation whose ledger it is
 * @param origin where it begins
 */
public record ChainCopy(Path folder, String ledger, FederationId federation, Origin origin) {

  private static final int MAX_LINE = 256;

  /** The copy in a folder, if there is one. */
  public static Optional<ChainCopy> in(Path folder) {
    Path file = folder.resolve(EntrySpool.FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (DataInputStream in = open(file)) {
      String format = line(in);
      boolean continued = format.equals(EntrySpool.CONTINUED);
      if (!continued && !format.equals(EntrySpool.FORMAT)) {
        return Optional.empty();
      }
      String ledger = line(in);
      FederationId federation = new FederationId(Digest.parse(line(in)));
      Origin origin = continued ? origin(line(in)) : Origin.of(federation);
      return Optional.of(new ChainCopy(folder, ledger, federation, origin));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Origin origin(String line) {
    String[] parts = line.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("'%s' is no place in a history".formatted(line));
    }
    return new Origin(
        new Head(new Position(Long.parseLong(parts[0])), Digest.parse(parts[1])),
        new LedgerTime(Long.parseLong(parts[2])));
  }

  /**
   * Reads every entry that is there whole, and checks that each has the head that follows.
   *
   * @param each hears of each good entry, in order
   * @return what is wrong first, if anything is. A torn end is no damage: a node reads it again
   */
  public Optional<LedgerVerdict.Broken> read(Consumer<Entry> each) {
    Head head = origin.head();
    try (DataInputStream in = open(folder.resolve(EntrySpool.FILE))) {
      for (int lines = origin.isFirst() ? 3 : 4; lines > 0; lines--) {
        line(in);
      }
      while (true) {
        byte[] frame = in.readNBytes(2 * Integer.BYTES);
        if (frame.length < 2 * Integer.BYTES) {
          return Optional.empty();
        }
        DataInputStream framed = new DataInputStream(new ByteArrayInputStream(frame));
        int length = framed.readInt();
        int crc = framed.readInt();
        byte[] body = length < 0 ? new byte[0] : in.readNBytes(length);
        if (length >= 0 && body.length < length) {
          return Optional.empty();
        }
        if (length < 0 || crc != checksum(body)) {
          return broken(head.position(), "the bytes of the entry were changed");
        }
        ChainEntry next =
            EntryCodec.decode(ledger, head.position().value(), new ByteArrayInputStream(body));
        head = head.after(next.entry().statement(), next.entry().time());
        if (!head.equals(next.head())) {
          return broken(next.entry().position(), "the entry is not what the contract has hashed");
        }
        each.accept(next.entry());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<LedgerVerdict.Broken> broken(Position position, String reason) {
    return Optional.of(new LedgerVerdict.Broken(position, reason));
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(new FileInputStream(file.toFile())));
  }

  private static int checksum(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return (int) crc.getValue();
  }

  private static String line(DataInputStream in) throws IOException {
    byte[] line = new byte[MAX_LINE];
    int length = 0;
    for (int next = in.read(); next >= 0 && next != '\n' && length < MAX_LINE; next = in.read()) {
      line[length++] = (byte) next;
    }
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }
}
