package org.madrigal.node.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;

/**
 * The attachments of statements that are signed but not yet read back. Large ones are a file each,
 * named by its SHA-256, which is there before the journal names it; small ones lie in the journal's
 * own records. What was put here since the start is also kept in memory until it is erased, so that
 * sending reads and hashes nothing again.
 */
public final class Outbox {

  private final Disk disk;
  private final String folder;
  private final SigningJournal journal;
  private final Map<AttachmentRef, Attachment> fresh = new HashMap<>();

  /** The outbox in {@code folder}, beside {@code journal}. */
  public Outbox(Disk disk, String folder, SigningJournal journal) {
    this.disk = disk;
    this.folder = folder;
    this.journal = journal;
  }

  /** Keeps an attachment: it is durable when its statement is in the journal. */
  public void put(Attachment attachment) {
    if (!SigningJournal.encloses(attachment.ref())) {
      disk.replace(name(attachment.ref()), attachment.content());
      fresh.put(attachment.ref(), attachment);
    }
  }

  /**
   * The attachment of that name, or nothing where it was erased or never kept.
   *
   * @throws NodeException of kind {@code DAMAGED} if the file does not hold it
   */
  public Optional<Attachment> get(AttachmentRef ref) {
    return SigningJournal.encloses(ref)
        ? journal.enclosed(ref)
        : Optional.ofNullable(fresh.get(ref)).or(() -> read(ref));
  }

  private Optional<Attachment> read(AttachmentRef ref) {
    Optional<Bytes> content = disk.read(name(ref));
    Optional<Attachment> found = content.filter(bytes -> bytes.length() > 0).map(Attachment::of);
    if (content.isPresent() && !found.map(Attachment::ref).equals(Optional.of(ref))) {
      throw new NodeException(
          Kind.DAMAGED,
          "The file '%s' is damaged: it does not have the SHA-256 of its name; erase it, and the member is absent for that statement"
              .formatted(name(ref)));
    }
    return found;
  }

  /** Erases the attachment of that name, if it is there. One in a record is let go only. */
  public void erase(AttachmentRef ref) {
    if (SigningJournal.encloses(ref)) {
      journal.letGo(ref);
    } else {
      fresh.remove(ref);
      disk.delete(name(ref));
    }
  }

  /** Erases everything but {@code wanted}: what was kept but never signed before a crash. */
  public void retain(Set<AttachmentRef> wanted) {
    journal.letGoAllBut(wanted);
    fresh.keySet().retainAll(wanted);
    Set<String> names = wanted.stream().map(ref -> ref.sha256().hex()).collect(Collectors.toSet());
    for (String file : disk.list(folder)) {
      if (!names.contains(file)) {
        disk.delete(folder + "/" + file);
      }
    }
  }

  private String name(AttachmentRef ref) {
    return folder + "/" + ref.sha256().hex();
  }
}
