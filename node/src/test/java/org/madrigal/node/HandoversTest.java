package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Handover;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedHandover;
import org.madrigal.core.protocol.Statement.Vote;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.journal.Outbox;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

final class HandoversTest {

  private static final String OLD = "file:old";

  private final Identity identity =
      new Identity(Charters.id(0), Charters.key(0), Charters.plain(3, 2));
  private final MemoryDisk disk = new MemoryDisk();

  @Test
  void areSignedOnceForEachLedger() {
    try (MemberFolder folder = approved()) {
      SignedHandover signed = Handovers.sign(folder, identity, handover(OLD, 5, "evm:1:0x"));
      assertThat(Handovers.sign(folder, identity, handover(OLD, 5, "evm:1:0x"))).isEqualTo(signed);
      assertThatThrownBy(() -> Handovers.sign(folder, identity, handover(OLD, 5, "file:new")))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining(
              "Refusing to sign Handover of file:old: a different one was signed");
      assertThatThrownBy(() -> Handovers.sign(folder, identity, handover(OLD, 6, "evm:1:0x")))
          .isInstanceOf(NodeException.class);
      assertThat(Handovers.sign(folder, identity, handover("evm:1:0x", 9, "file:new")))
          .isNotEqualTo(signed);
    }
  }

  @Test
  void areDurableBeforeTheyAreSeen() {
    try (MemberFolder folder = approved()) {
      Handovers.sign(folder, identity, handover(OLD, 5, "evm:1:0x"));
    }
    try (MemberFolder folder = MemberFolder.open(disk);
        SigningJournal journal =
            SigningJournal.open(
                folder.disk(),
                MemberFolder.JOURNAL,
                identity.federation(),
                identity.key().verifyingKey())) {
      Handovers.check(journal, identity, "evm:1:0x");
      assertThatThrownBy(() -> Handovers.check(journal, identity, OLD))
          .isInstanceOf(NodeException.class)
          .hasMessage(
              "'%s' handed the ledger file:old over to evm:1:0x after 5 entries and signs nothing more on it; write the new ledger into ledger: in member.yaml and run 'madrigal ledger import'"
                  .formatted(identity.member()));
    }
  }

  @Test
  void loseNothingThatTheMemberSaid() {
    Head seen = new Head(new Position(6), Digest.of(new byte[] {6}));
    try (MemberFolder folder = approved()) {
      SignedVotes.sign(folder, identity, OLD, seen, new Vote(Charters.id(1), "gone"));
      assertThatThrownBy(() -> Handovers.sign(folder, identity, handover(OLD, 5, "evm:1:0x")))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("in sight of 6 entries, which would be lost");
      Handovers.sign(folder, identity, handover(OLD, 6, "evm:1:0x"));
      assertThatThrownBy(
              () -> SignedVotes.sign(folder, identity, OLD, seen, new Vote(Charters.id(2), "gone")))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("signs nothing more on it");
    }
  }

  @Test
  void areNothingThatANodeSends() {
    try (MemberFolder folder = approved()) {
      Handovers.sign(folder, identity, handover(OLD, 5, "evm:1:0x"));
    }
    try (MemberFolder folder = MemberFolder.open(disk);
        SigningJournal journal =
            SigningJournal.open(
                folder.disk(),
                MemberFolder.JOURNAL,
                identity.federation(),
                identity.key().verifyingKey())) {
      Outbox outbox = new Outbox(folder.disk(), MemberFolder.OUTBOX, journal);
      Voice voice = new Voice(identity, folder.disk(), journal, outbox, false);

      assertThat(voice.unread(Slot.handover(OLD))).isEmpty();
      assertThat(voice.unread(Slot.enrolment())).isPresent();
      assertThat(voice.unreadAttachments()).isEmpty();
    }
  }

  private MemberFolder approved() {
    MemberFolder folder = MemberFolder.open(disk);
    Approvals.approve(folder, identity, OLD, Policy.PERMISSIVE);
    return folder;
  }

  private Handover handover(String from, long position, String next) {
    Head head = new Head(new Position(position), Digest.of(new byte[] {(byte) position}));
    return new Handover(identity.federation(), from, new Origin(head, new LedgerTime(1000)), next);
  }
}
