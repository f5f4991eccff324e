package org.madrigal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Signature;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.SignedStatement;

/**
 * An attacker who can write to a ledger's folder: changes what it likes and makes all checksums,
 * digests, lengths and history hashes fit again. It has no key of the orderer, so it leaves the old
 * signatures where they are, or signs everything as another orderer.
 */
public final class LedgerForger {

  private final Genesis genesis;
  private final List<Forged> blocks = new ArrayList<>();

  private static final class Forged {
    LedgerTime time;
    final Signature signature;
    final List<Content> entries = new ArrayList<>();

    Forged(LedgerTime time, Signature signature) {
      this.time = time;
      this.signature = signature;
    }
  }

  private record Content(SignedStatement statement, Optional<Attachment> attachment) {}

  private LedgerForger(Genesis genesis) {
    this.genesis = genesis;
  }

  /** Reads the ledger in {@code folder}, which must be sound. */
  public static LedgerForger read(Path folder) throws IOException {
    Genesis genesis =
        switch (Genesis.read(folder)) {
          case Decoding.Decoded<Genesis>(Genesis decoded) -> decoded;
          case Decoding.Malformed<Genesis>(String reason) -> throw new IOException(reason);
        };
    LedgerForger forger = new LedgerForger(genesis);
    for (Path segment : LedgerFolder.segments(folder)) {
      try (InputStream in = LedgerFolder.read(segment, 0)) {
        BlockStream stream = new BlockStream(in, Files.size(segment));
        Optional<BlockTop> next = stream.next();
        while (next.isPresent()) {
          Forged forged = new Forged(next.get().header().time(), next.get().signature());
          stream.readData(next.get(), entry -> forged.entries.add(content(entry)));
          forger.blocks.add(forged);
          next = stream.next();
        }
      } catch (DamagedException e) {
        throw new IOException(e);
      }
    }
    return forger;
  }

  private static Content content(Entry entry) {
    return new Content(entry.statement(), entry.attachment());
  }

  /** Changes the time of the entry at {@code position} and of those that share its block. */
  public LedgerForger time(long position, LedgerTime time) {
    blocks.get(place(position).block()).time = time;
    return this;
  }

  /** Puts another statement at {@code position}. */
  public LedgerForger statement(long position, SignedStatement statement) {
    return content(position, new Content(statement, at(position).attachment()));
  }

  /** Puts another attachment, or none, beside the statement at {@code position}. */
  public LedgerForger attachment(long position, Optional<Attachment> attachment) {
    return content(position, new Content(at(position).statement(), attachment));
  }

  /** Exchanges two entries. */
  public LedgerForger swap(long one, long other) {
    Content first = at(one);
    return content(one, at(other)).content(other, first);
  }

  /** Removes the entry at {@code position}; those after it move up. */
  public LedgerForger remove(long position) {
    Place place = place(position);
    blocks.get(place.block()).entries.remove(place.entry());
    blocks.removeIf(block -> block.entries.isEmpty());
    return this;
  }

  /** Removes everything from {@code position} on. */
  public LedgerForger cut(long position) {
    while (size() > position) {
      remove(size() - 1);
    }
    return this;
  }

  /** Writes the ledger over the one in {@code folder} with the signatures that it had. */
  public void write(Path folder) throws IOException {
    write(folder, genesis, null);
  }

  /** Writes the ledger over the one in {@code folder}, signed by {@code orderer} throughout. */
  public void writeAs(Path folder, SigningKey orderer) throws IOException {
    write(folder, Genesis.sign(genesis.federation(), orderer, genesis.segmentLength()), orderer);
  }

  private void write(Path folder, Genesis as, @Nullable SigningKey orderer) throws IOException {
    for (Path segment : LedgerFolder.segments(folder)) {
      Files.delete(segment);
    }
    Files.write(folder.resolve(Genesis.FILE), as.encode().toByteArray());
    SigningKey key = orderer == null ? Fixtures.key(99) : orderer;
    Chain chain = Chain.begin(as);
    Path segment = LedgerFolder.segment(folder, chain.head().position());
    for (Forged forged : blocks) {
      List<EntryRow> rows =
          forged.entries.stream().map(e -> EntryRow.of(e.statement(), e.attachment())).toList();
      BlockTop sealed = chain.seal(as, forged.time, rows, key);
      BlockTop block =
          orderer == null ? new BlockTop(sealed.header(), forged.signature, rows) : sealed;
      if (Files.exists(segment) && Files.size(segment) + block.blockLength() > as.segmentLength()) {
        segment = LedgerFolder.segment(folder, chain.head().position());
      }
      append(segment, block, forged.entries);
      try {
        chain = chain.follow(block);
      } catch (DamagedException e) {
        throw new IOException(e);
      }
    }
  }

  private static void append(Path segment, BlockTop block, List<Content> entries)
      throws IOException {
    try (OutputStream out =
        Files.newOutputStream(segment, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(block.encode().array());
      for (Content content : entries) {
        out.write(content.statement().bytes().toByteArray());
        if (content.attachment().isPresent()) {
          out.write(content.attachment().get().content().toByteArray());
        }
      }
    }
  }

  private record Place(int block, int entry) {}

  private Place place(long position) {
    long left = position;
    for (int i = 0; i < blocks.size(); i++) {
      int size = blocks.get(i).entries.size();
      if (left < size) {
        return new Place(i, (int) left);
      }
      left -= size;
    }
    throw new IllegalArgumentException("There is no entry at " + position);
  }

  private long size() {
    return blocks.stream().mapToLong(block -> block.entries.size()).sum();
  }

  private Content at(long position) {
    Place place = place(position);
    return blocks.get(place.block()).entries.get(place.entry());
  }

  private LedgerForger content(long position, Content content) {
    Place place = place(position);
    blocks.get(place.block()).entries.set(place.entry(), content);
    return this;
  }
}
