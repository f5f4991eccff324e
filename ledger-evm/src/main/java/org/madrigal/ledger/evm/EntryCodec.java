package org.madrigal.ledger.evm;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Claims;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;

/**
 * An entry in a member's copy of a ledger on a chain.
 *
 * <pre>
 * resume (8), block (8), block hash (32), head after it (32), time (8)
 * claims: author, seen (8), its hash (32), voted out, or "", round (8) and model (32), or -1
 * statement, attachment, or nothing: each as length (4) and bytes
 * </pre>
 *
 * <p>Integers are big-endian; names have two bytes of length and are UTF-8.
 */
final class EntryCodec {

  private EntryCodec() {}

  static byte[] encode(ChainEntry entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(entry.resume());
    out.writeLong(entry.block());
    out.write(entry.blockHash().toByteArray());
    out.write(entry.head().hash().value().toByteArray());
    out.writeLong(entry.entry().time().epochMillis());
    Claims claims = entry.entry().claims().orElseThrow();
    out.writeUTF(claims.author().value());
    out.writeLong(claims.seen().position().value());
    out.write(claims.seen().hash().value().toByteArray());
    out.writeUTF(claims.votedOut().map(MemberId::value).orElse(""));
    out.writeLong(claims.attested().map(a -> (long) a.round().value()).orElse(-1L));
    if (claims.attested().isPresent()) {
      out.write(claims.attested().get().model().value().toByteArray());
    }
    write(out, entry.entry().statement().bytes());
    write(out, entry.entry().attachment().map(Attachment::content).orElse(Bytes.EMPTY));
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Bytes content) throws IOException {
    out.writeInt(content.length());
    out.write(content.toByteArray());
  }

  static ChainEntry decode(String ledger, long position, InputStream body) {
    try (DataInputStream in = new DataInputStream(body)) {
      long resume = in.readLong();
      long block = in.readLong();
      Bytes blockHash = bytes(in, Digest.LENGTH);
      Digest head = new Digest(bytes(in, Digest.LENGTH));
      LedgerTime time = new LedgerTime(in.readLong());
      MemberId author = new MemberId(in.readUTF());
      Head seen = new Head(new Position(in.readLong()), new Digest(bytes(in, Digest.LENGTH)));
      String votedOut = in.readUTF();
      long round = in.readLong();
      Optional<Claims.Attested> attested =
          round < 0
              ? Optional.empty()
              : Optional.of(
                  new Claims.Attested(
                      new RoundId((int) round), new Digest(bytes(in, Digest.LENGTH))));
      Claims claims =
          new Claims(
              ledger,
              author,
              seen,
              votedOut.isEmpty() ? Optional.empty() : Optional.of(new MemberId(votedOut)),
              attested);
      SignedStatement statement = SignedStatement.of(bytes(in, in.readInt()));
      Bytes content = bytes(in, in.readInt());
      Entry entry =
          new Entry(
              new Position(position),
              time,
              statement,
              content.length() == 0 ? Optional.empty() : Optional.of(Attachment.of(content)),
              Optional.of(claims));
      return new ChainEntry(
          entry, new Head(new Position(position + 1), head), block, blockHash, resume);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bytes bytes(DataInputStream in, int length) throws IOException {
    return Bytes.takeOver(in.readNBytes(length));
  }
}
