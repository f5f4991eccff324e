package org.madrigal.app.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.madrigal.app.config.CharterDraft;
import org.madrigal.app.config.CharterText;
import org.madrigal.app.config.DraftMember;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.key.GrantedKeys;
import org.madrigal.app.simulate.FederatedData;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.disk.FolderDisk;
import org.madrigal.node.keystore.Keystore;
import org.madrigal.node.keystore.Passphrase;
import org.madrigal.node.vault.Vault;

/**
 * Everything the demo's hospitals agree on and own, in a folder as it would be on their machines:
 *
 * <pre>
 * charter.yaml   passphrase   orderer.pem   ledger/
 * audit.keys     the epoch keys, where updates are kept secret
 * HOSPITAL/      member.yaml  key.pem  train.csv  test.csv  journal  outbox/
 *                ledger/ (its own copy)
 * </pre>
 *
 * @param folder that folder
 * @param charter what is trained
 * @param orderer the key that orders the ledger
 * @param members the hospitals
 */
record DemoFederation(Path folder, Charter charter, SigningKey orderer, List<DemoMember> members) {

  private static final String PASSPHRASE = "passphrase";

  DemoFederation {
    members = List.copyOf(members);
  }

  /**
   * Draws the keys and writes them and the charter.
   *
   * @param folder where the hospitals' folders with their data are
   * @param draft the charter, whose members and salt are replaced
   * @param data the hospitals' rows: their numbers are the weights
   */
  static DemoFederation found(Path folder, CharterDraft draft, FederatedData data)
      throws IOException {
    SecureRandom random = new SecureRandom();
    FolderDisk disk = new FolderDisk(folder);
    byte[] secret = new byte[16];
    random.nextBytes(secret);
    String words = HexFormat.of().formatHex(secret);
    disk.create(PASSPHRASE, Bytes.copyOf((words + "\n").getBytes(StandardCharsets.US_ASCII)));
    List<DemoMember> members = new ArrayList<>();
    List<DraftMember> named = new ArrayList<>();
    try (Passphrase passphrase = Passphrase.of(words.toCharArray())) {
      for (MemberId id : data.members()) {
        SigningKey key = SigningKey.generate(random);
        Path own = folder.resolve(id.value());
        Keystore.create(new FolderDisk(own), MemberFolder.KEY, key, passphrase, random);
        members.add(new DemoMember(id, key, own));
        named.add(new DraftMember(id, Optional.of(key.verifyingKey()), data.of(id).train().rows()));
      }
      SigningKey orderer = SigningKey.generate(random);
      Keystore.create(disk, "orderer.pem", orderer, passphrase, random);
      byte[] salt = new byte[Charter.SALT_LENGTH];
      random.nextBytes(salt);
      Charter charter = draft.withMembers(named).withSalt(Bytes.takeOver(salt)).charter();
      Files.writeString(folder.resolve("charter.yaml"), CharterText.of(charter));
      return new DemoFederation(folder, charter, orderer, members);
    }
  }

  /** The ledger's folder. */
  Path ledger() {
    return folder.resolve("ledger");
  }

  /** The epoch keys that the first hospital was given: none where updates are open. */
  GrantedKeys keys() {
    DemoMember first = members.getFirst();
    return new GrantedKeys(
        charter.id(),
        Vault.readKeys(
            new FolderDisk(first.folder()),
            MemberFolder.SECRETS,
            charter.id(),
            first.id(),
            first.key()));
  }

  /** The file with the epoch keys, as for an auditor. */
  Path auditKeys() {
    return folder.resolve("audit.keys");
  }

  /** The file with the passphrase of all keys. */
  Path passphrase() {
    return folder.resolve(PASSPHRASE);
  }

  /** Writes the members' settings, once it is known what they say of the ledger. */
  void writeSettings(String ledger) throws IOException {
    for (DemoMember member : members) {
      Files.writeString(
          member.folder().resolve(MemberFile.NAME),
          """
          madrigal: 1
          member: %s
          charter: ../charter.yaml
          ledger: %s
          data: {folder: "."}
          """
              .formatted(member.id(), ledger),
          StandardCharsets.UTF_8);
    }
  }
}
