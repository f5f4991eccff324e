package org.madrigal.app.key;

import java.nio.file.Files;
import java.nio.file.Path;
import org.madrigal.app.config.MemberFile;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.disk.FolderDisk;
import org.madrigal.node.keystore.PassphraseSource;
import org.madrigal.node.vault.Vault;

/**
 * The epoch keys that a member was given, in its own folder. They are only read, also while its
 * node runs.
 *
 * @param file the member's settings
 */
public record OwnKeys(MemberFile file) {

  /** Whether {@code folder} is a member's, so that it may hold keys. */
  static boolean isMember(Path folder) {
    return Files.isRegularFile(folder.resolve(MemberFile.NAME));
  }

  /** Whether the member was given any key: those of a federation without secrecy never are. */
  public boolean areThere() {
    return Files.isDirectory(file.folder().resolve(MemberFolder.SECRETS));
  }

  /** The keys. */
  public GrantedKeys read(FederationId federation, PassphraseSource passphrase) {
    SigningKey key = new KeyFile(file.key()).open(passphrase);
    return new GrantedKeys(
        federation,
        Vault.readKeys(
            new FolderDisk(file.folder()), MemberFolder.SECRETS, federation, file.member(), key));
  }
}
