package org.madrigal.node;

import java.nio.file.Path;
import org.madrigal.node.attachment.Shelf;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.disk.FolderDisk;
import org.madrigal.node.disk.NodeException;

/**
 * The folder of one member in one federation, held by this process alone until it is closed.
 *
 * <pre>
 * member.yaml     the configuration; nobody but the owner writes it
 * key.pem         the signing key, encrypted: {@link org.madrigal.node.keystore.Keystore}
 * journal         what was signed: {@link org.madrigal.node.journal.SigningJournal}
 * attachments/    attachments off the ledger, of all members: {@link
 *                 org.madrigal.node.attachment.Shelf}
 * outbox/         large attachments of statements that are not read back yet
 * ledger/         the member's own verified copy of the ledger, and of those that were left
 * requests/       what the owner asked the running node for; done/ holds the answers
 * secrets/        keys and seeds of a federation with secrecy: {@link
 *                 org.madrigal.node.vault.Vault}
 * rejoining       there while a member that lost its journal comes back
 * lock            held while a node runs
 * </pre>
 */
public final class MemberFolder implements AutoCloseable {

  /** The name of the key file. */
  public static final String KEY = "key.pem";

  /** The name of the journal. */
  public static final String JOURNAL = "journal";

  /** The name of the folder with the member's copy of the ledger. */
  public static final String LEDGER = "ledger";

  /** The name of the folder with the secrets of a federation with secrecy. */
  public static final String SECRETS = "secrets";

  /** The name of the folder with the attachments off the ledger. */
  public static final String ATTACHMENTS = "attachments";

  static final String OUTBOX = "outbox";
  static final String REQUESTS = "requests";
  static final String REJOINING = "rejoining";
  private static final String LOCK = "lock";

  private final Disk disk;
  private final Disk.Lock lock;

  private MemberFolder(Disk disk, Disk.Lock lock) {
    this.disk = disk;
    this.lock = lock;
  }

  /**
   * Takes a folder for this process.
   *
   * @throws NodeException of kind {@code LOCKED} if another process has it
   */
  public static MemberFolder open(Path folder) {
    return open(new FolderDisk(folder));
  }

  /** As {@link #open(Path)}, on any disk. */
  public static MemberFolder open(Disk disk) {
    return new MemberFolder(disk, disk.lock(LOCK));
  }

  /** The files. */
  public Disk disk() {
    return disk;
  }

  /** The attachments off the ledger that are kept here. */
  public Shelf shelf() {
    return Shelf.open(disk, ATTACHMENTS);
  }

  /** Lets the folder go. */
  @Override
  public void close() {
    lock.close();
  }
}
