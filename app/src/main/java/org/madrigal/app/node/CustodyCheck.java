package org.madrigal.app.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.madrigal.app.config.AttachmentsSection;
import org.madrigal.app.config.BodyLimit;
import org.madrigal.app.config.MemberFile;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.Peers;
import org.madrigal.ledger.http.Tls;
import org.madrigal.node.Identity;

/** The checks of {@code doctor} about attachments off the ledger: address, peers and room. */
final class CustodyCheck {

  private static final String NAME = "attachments";

  private final MemberFile file;
  private final Identity identity;
  private final AttachmentsSection settings;

  CustodyCheck(MemberFile file, Identity identity) {
    this.file = file;
    this.identity = identity;
    this.settings = Custodian.settings(file);
  }

  /** Makes them all. */
  List<Check> run() throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    checks.add(address());
    checks.add(room());
    try (Peers peers = Custodian.peers(file, settings, identity)) {
      TreeSet<MemberId> unnamed = new TreeSet<>();
      identity.charter().roster().forEach(member -> unnamed.add(member.id()));
      unnamed.remove(identity.member());
      unnamed.removeAll(peers.members());
      if (!unnamed.isEmpty()) {
        checks.add(
            Check.warning(
                NAME,
                "no address of %s".formatted(unnamed),
                "add them to attachments.peers in member.yaml"));
      }
      for (MemberId peer : peers.members()) {
        if (!peer.equals(identity.member())) {
          checks.add(peer(peers, peer));
        }
      }
    }
    return checks;
  }

  /** Somebody may be listening: this member's node. */
  private Check address() {
    settings.identity().ifPresent(own -> Tls.pem(own.certificate(), own.key()));
    String address = "%s:%d".formatted(settings.serve().host(), settings.serve().port());
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(settings.serve().host(), settings.serve().port()));
      return Check.ok(NAME, "can listen on " + address);
    } catch (IOException e) {
      return Check.warning(
          NAME,
          "%s is in use or cannot be listened on (%s)".formatted(address, e.getMessage()),
          "if this member's node is not running, correct attachments.serve in member.yaml");
    }
  }

  /** Every update of every round, as large as one can be. */
  private Check room() {
    Charter charter = identity.charter();
    long largest = BodyLimit.largest(charter);
    double needed =
        (double) largest * charter.roster().size() * (charter.training().rounds() + 2.0);
    try {
      double free = Files.getFileStore(file.folder()).getUsableSpace();
      String finding =
          "all attachments of the training take %.0f MiB at most, and %.0f MiB are free"
              .formatted(needed / (1 << 20), free / (1 << 20));
      return free >= needed
          ? Check.ok(NAME, finding)
          : Check.warning(NAME, finding, "make room, or be ready to add some");
    } catch (IOException e) {
      return Check.failed(NAME, String.valueOf(e.getMessage()), "look at the disk");
    }
  }

  /** Asks for something that it does not have: the answer is that it does not. */
  private Check peer(Peers peers, MemberId peer) throws InterruptedException {
    Optional<URI> address = Optional.ofNullable(settings.peers().get(peer));
    try {
      peers.fetch(peer, new AttachmentRef(identity.charter().id().digest(), 1));
      return Check.ok(
          NAME, "the node of '%s' answers at %s".formatted(peer, address.orElseThrow()));
    } catch (LedgerException e) {
      return Check.warning(
          NAME,
          String.valueOf(e.getMessage()),
          "its node may not run yet; if it does, correct its address in attachments.peers");
    }
  }
}
