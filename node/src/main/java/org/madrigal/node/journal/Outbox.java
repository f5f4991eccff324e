package org.madrigal.node.journal;

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
 * The attachments of statements that are signed but not yet read back, one file each, named by its
 * SHA-256. A file is there before the journal names it.
 */
public final class Outbox {

  private final Disk disk;
  private final String folder;

  /** The outbox in {@code folder}. */
  public Outbox(Disk disk, String folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /** Keeps an attachment; it is durable when this returns. */
  public void put(Attachment attachment) {
    disk.replace(name(attachment.ref()), attachment.content());
  }

  /**
   * The attachment of that name, or nothing where it was erased or never kept.
   *
   * @throws NodeException of kind {@code DAMAGED} if the file does not hold it
   */
  public Optional<Attachment> get(AttachmentRef ref) {
    Optional<Bytes> content = disk.read(name(ref));
    if (content.isEmpty()) {
      return Optional.empty();
    }
    if (content.get().length() != ref.length() || !AttachmentRef.of(content.get()).equals(ref)) {
      throw new NodeException(
          Kind.DAMAGED,
          "The file '%s' is damaged: it does not have the SHA-256 of its name; erase it, and the member is absent for that statement"
              .formatted(name(ref)));
    }
    return Optional.of(Attachment.of(content.get()));
  }

  /** Erases the attachment of that name, if it is there. */
  public void erase(AttachmentRef ref) {
    disk.delete(name(ref));
  }

  /** Erases everything but {@code wanted}: what was kept but never signed before a crash. */
  public void retain(Set<AttachmentRef> wanted) {
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
