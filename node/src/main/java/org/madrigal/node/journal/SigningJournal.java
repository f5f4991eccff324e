package org.madrigal.node.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;
import org.madrigal.node.journal.Signing.Abstained;
import org.madrigal.node.journal.Signing.Origin;
import org.madrigal.node.journal.Signing.Said;

/**
 * Every statement that a member has signed in a federation, durable before anybody sees it, so that
 * it never signs two for one slot: not after a crash, a retrained model or a second attempt.
 *
 * <pre>
 * file   = header | record ...                                  records: {@link SigningCodec}
 * header = "MADRIGAL-JOURNAL", 16 bytes | version 1, 4 bytes | federation, 32 bytes
 *        | public key, 32 bytes | CRC32C of all that, 4 bytes
 * </pre>
 *
 * <p>A small attachment lies in the record of the statement that names it: one forced write makes
 * both durable. A large one lies in the {@link Outbox}, where it can be erased.
 *
 * <p>The header is written with the file, at once. A record that was cut off by a crash was never
 * returned from {@link #sign}, so nobody saw it: it is removed. A broken record with a sound one
 * behind it is damage: the journal is refused.
 *
 * <p>Confined to one thread.
 */
public final class SigningJournal implements AutoCloseable {

  private static final byte[] MAGIC = "MADRIGAL-JOURNAL".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEADER = 16 + 4 + 32 + 32 + 4;

  private final Disk.Appender file;
  private final String name;
  private final Map<Slot, Signing> bySlot = new HashMap<>();
  private final List<Signing> signings = new ArrayList<>();
  private final Map<AttachmentRef, Attachment> enclosed = new HashMap<>();
  private long length;
  private boolean broken;

  private SigningJournal(Disk.Appender file, String name) {
    this.file = file;
    this.name = name;
  }

  /**
   * Opens the journal of a member in a federation, or begins it.
   *
   * @throws NodeException of kind {@code REFUSED} if it is that of another member or federation,
   *     {@code DAMAGED} if it is not what was written, {@code DISK}
   */
  public static SigningJournal open(
      Disk disk, String name, FederationId federation, VerifyingKey owner) {
    Bytes header = header(federation, owner);
    Optional<Bytes> found = disk.read(name);
    if (found.isEmpty()) {
      disk.create(name, header);
    }
    Bytes content = found.orElse(header);
    checkHeader(name, header, content);
    SigningJournal journal = new SigningJournal(disk.append(name), name);
    try {
      journal.load(content.asReadOnlyBuffer());
      return journal;
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /** Whether {@code name} exists: whether this member ever approved or signed anything here. */
  public static boolean exists(Disk disk, String name) {
    return disk.read(name).isPresent();
  }

  /** What was decided for {@code slot}, if anything. */
  public Optional<Signing> find(Slot slot) {
    return Optional.ofNullable(bySlot.get(slot));
  }

  /** Everything that was decided, in order. */
  public List<Signing> signings() {
    return List.copyOf(signings);
  }

  /** Whether an attachment lies in the record of its statement. */
  static boolean encloses(AttachmentRef attachment) {
    return attachment.length() <= SigningCodec.MAX_ENCLOSED;
  }

  /** The attachment of that name, if a record encloses it and it was not let go. */
  Optional<Attachment> enclosed(AttachmentRef ref) {
    return Optional.ofNullable(enclosed.get(ref));
  }

  /** Lets go, from memory, of the attachments that records enclose, all but {@code wanted}. */
  void letGoAllBut(Set<AttachmentRef> wanted) {
    enclosed.keySet().retainAll(wanted);
  }

  /** Lets go of an attachment, from memory. */
  void letGo(AttachmentRef ref) {
    enclosed.remove(ref);
  }

  /**
   * Records that {@code statement} is said in {@code slot}; it may be sent when this returns, not
   * before. A large attachment must be durable already.
   *
   * @return the record, which is an earlier one if the very same was recorded before
   * @throws NodeException of kind {@code REFUSED} if anything else was decided for the slot, {@code
   *     DISK} if it cannot be written
   */
  public Said sign(Slot slot, SignedStatement statement, Optional<Attachment> attachment) {
    return say(
        slot,
        statement,
        attachment.map(Attachment::ref),
        attachment.filter(brought -> encloses(brought.ref())),
        Origin.SIGNED);
  }

  /**
   * Records a statement of this member that was found on the ledger after the journal was lost.
   *
   * @throws NodeException as {@link #sign}
   */
  public Said adopt(Slot slot, SignedStatement statement, Optional<AttachmentRef> attachment) {
    return say(slot, statement, attachment, Optional.empty(), Origin.ADOPTED);
  }

  /**
   * Records that nothing is ever said in {@code slot}.
   *
   * @throws NodeException of kind {@code REFUSED} if something was said, {@code DISK} if it cannot
   *     be written
   */
  public void abstain(Slot slot) {
    switch (bySlot.get(slot)) {
      case null -> write(new Abstained(signings.size() + 1, slot), Optional.empty());
      case Abstained again -> {}
      case Said said ->
          throw new NodeException(
              Kind.REFUSED,
              "Refusing to abstain from %s: it was signed at journal record %d"
                  .formatted(slot, said.number()));
    }
  }

  private Said say(
      Slot slot,
      SignedStatement statement,
      Optional<AttachmentRef> attachment,
      Optional<Attachment> inside,
      Origin origin) {
    return switch (bySlot.get(slot)) {
      case null -> {
        Said said = new Said(signings.size() + 1, slot, statement, attachment, origin);
        write(said, inside);
        yield said;
      }
      case Said said when said.statement().equals(statement) -> said;
      case Said said ->
          throw new NodeException(
              Kind.REFUSED,
              "Refusing to sign %s: a different one was signed at journal record %d"
                  .formatted(slot, said.number()));
      case Abstained abstained ->
          throw new NodeException(
              Kind.REFUSED,
              "Refusing to sign %s: this member came back without its journal and abstains from it (journal record %d)"
                  .formatted(slot, abstained.number()));
    };
  }

  private void write(Signing signing, Optional<Attachment> inside) {
    if (broken) {
      throw new NodeException(
          Kind.DISK,
          "The journal '%s' failed before and takes no more; start again".formatted(name));
    }
    Bytes encoded = SigningCodec.encode(signing, inside);
    broken = true;
    try {
      file.append(encoded);
    } catch (NodeException e) {
      removeRest(e);
      throw e;
    }
    broken = false;
    length += encoded.length();
    remember(signing, inside);
  }

  /** A part of the record may be there: the next must not stand behind it. */
  private void removeRest(NodeException cause) {
    try {
      file.truncate(length);
      broken = false;
    } catch (NodeException e) {
      cause.addSuppressed(e);
    }
  }

  private void load(ByteBuffer content) {
    int offset = HEADER;
    while (offset < content.limit()) {
      if (!SigningCodec.isSound(content, offset)) {
        refuseIfMoreFollows(content, offset);
        file.truncate(offset);
        break;
      }
      SigningCodec.Found found = read(content, offset);
      remember(found.signing(), found.enclosed());
      offset += found.length();
    }
    length = offset;
  }

  private SigningCodec.Found read(ByteBuffer content, int offset) {
    try {
      return SigningCodec.decode(content, offset, signings.size() + 1);
    } catch (IllegalArgumentException e) {
      throw damaged(
          name,
          "record %d, at byte %d, is whole but not of this version (%s)"
              .formatted(signings.size() + 1, offset, e.getMessage()));
    }
  }

  private void refuseIfMoreFollows(ByteBuffer content, int offset) {
    for (int next = offset + 1; next < content.limit() - SigningCodec.PREFIX; next++) {
      if (SigningCodec.isSound(content, next)) {
        throw damaged(
            name,
            "record %d, at byte %d, is broken but a sound one follows at byte %d"
                .formatted(signings.size() + 1, offset, next));
      }
    }
  }

  private void remember(Signing signing, Optional<Attachment> inside) {
    inside.ifPresent(attachment -> enclosed.put(attachment.ref(), attachment));
    signings.add(signing);
    bySlot.put(signing.slot(), signing);
  }

  private static Bytes header(FederationId federation, VerifyingKey owner) {
    ByteBuffer header = ByteBuffer.allocate(HEADER).put(MAGIC).putInt(VERSION);
    header.put(federation.digest().value().asReadOnlyBuffer());
    header.put(owner.encoded().asReadOnlyBuffer());
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, header.position());
    return Bytes.takeOver(header.putInt((int) crc.getValue()).array());
  }

  private static void checkHeader(String name, Bytes expected, Bytes content) {
    if (content.length() < HEADER) {
      throw damaged(name, "its header is cut off");
    }
    Bytes header = content.slice(0, HEADER);
    if (header.equals(expected)) {
      return;
    }
    CRC32C crc = new CRC32C();
    crc.update(header.toByteArray(), 0, HEADER - Integer.BYTES);
    if ((int) crc.getValue() != header.asReadOnlyBuffer().getInt(HEADER - Integer.BYTES)) {
      throw damaged(name, "its header is broken");
    }
    throw new NodeException(
        Kind.REFUSED,
        "The journal '%s' is that of another federation, key or version; use one member folder for each federation"
            .formatted(name));
  }

  private static NodeException damaged(String name, String detail) {
    return new NodeException(
        Kind.DAMAGED,
        "The journal '%s' is damaged: %s; keep it, and come back as after a lost disk"
            .formatted(name, detail));
  }

  @Override
  public void close() {
    file.close();
  }
}
