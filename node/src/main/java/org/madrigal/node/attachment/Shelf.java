package org.madrigal.node.attachment;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.state.Attachments;
import org.madrigal.node.disk.Disk;

/**
 * The attachments off the ledger that a member keeps: a file for each, named by its SHA-256 in
 * hexadecimal, which is there whole or not at all. What was read is hashed again; a file that does
 * not hold what its name says is erased, and the attachment is fetched again like one that never
 * came.
 *
 * <p>It offers to others only what was named on the ledger, so that nothing leaves the node that
 * was made but never signed. Used by several threads.
 */
public final class Shelf implements Attachments {

  private final Disk disk;
  private final String folder;
  private static final long UNKNOWN = -1;

  private final Map<String, Long> kept = new ConcurrentHashMap<>();
  private final Set<Digest> named = ConcurrentHashMap.newKeySet();

  private Shelf(Disk disk, String folder) {
    this.disk = disk;
    this.folder = folder;
    disk.list(folder).forEach(name -> kept.put(name, UNKNOWN));
  }

  /**
   * The shelf in {@code folder}.
   *
   * @throws org.madrigal.node.disk.NodeException of kind {@code DISK}
   */
  public static Shelf open(Disk disk, String folder) {
    return new Shelf(disk, folder);
  }

  /** Keeps an attachment; it is durable when this returns. */
  public void put(Attachment attachment) {
    String name = attachment.ref().sha256().hex();
    if (!kept.containsKey(name)) {
      disk.replace(path(name), attachment.content());
      kept.put(name, attachment.ref().length());
    }
  }

  /**
   * Whether the attachment is kept, which was seen since the start: {@link #find} looks again. A
   * length that is not that of the bytes names something that nobody has.
   */
  public boolean has(AttachmentRef attachment) {
    Long length = kept.get(attachment.sha256().hex());
    if (length == null) {
      return false;
    }
    return length == UNKNOWN ? find(attachment).isPresent() : length == attachment.length();
  }

  @Override
  public Optional<Bytes> find(AttachmentRef attachment) {
    return find(attachment.sha256()).filter(content -> content.length() == attachment.length());
  }

  /** Lets others have the attachment with this digest: an entry of the ledger names it. */
  public void offer(Digest digest) {
    named.add(digest);
  }

  /** The bytes for another member that asks; nothing where no entry names them. */
  public Optional<Bytes> offered(Digest digest) {
    return named.contains(digest) ? find(digest) : Optional.empty();
  }

  /** Erases what no entry names and {@code wanted} does not: it was made before a crash. */
  public void sweep(Set<Digest> wanted) {
    Set<String> names = new HashSet<>();
    wanted.forEach(digest -> names.add(digest.hex()));
    named.forEach(digest -> names.add(digest.hex()));
    for (String name : Set.copyOf(kept.keySet())) {
      if (!names.contains(name)) {
        erase(name);
      }
    }
  }

  private Optional<Bytes> find(Digest digest) {
    String name = digest.hex();
    if (!kept.containsKey(name)) {
      return Optional.empty();
    }
    Optional<Bytes> content = disk.read(path(name));
    if (content.filter(bytes -> Digest.of(bytes).equals(digest)).isEmpty()) {
      erase(name);
      return Optional.empty();
    }
    content.ifPresent(bytes -> kept.put(name, (long) bytes.length()));
    return content;
  }

  private void erase(String name) {
    kept.remove(name);
    disk.delete(path(name));
  }

  private String path(String name) {
    return folder + "/" + name;
  }
}
