package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement.Vote;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.NodeException;

final class SignedVotesTest {

  private final Identity identity =
      new Identity(Charters.id(0), Charters.key(0), Charters.plain(3, 2));
  private final Head seen = Head.genesis(identity.federation());
  private final MemoryDisk disk = new MemoryDisk();

  @Test
  void areSignedOnceForEachMember() {
    try (MemberFolder folder = MemberFolder.open(disk)) {
      Approvals.approve(folder, identity, "evm:1:0x", Policy.PERMISSIVE);
      Vote vote = new Vote(Charters.id(1), "gone");
      SignedStatement signed = SignedVotes.sign(folder, identity, "evm:1:0x", seen, vote);
      assertThat(
              SignedVotes.sign(
                  folder, identity, "evm:1:0x", seen, new Vote(Charters.id(1), "other")))
          .isEqualTo(signed);
      assertThat(
              SignedVotes.sign(
                  folder, identity, "evm:1:0x", seen, new Vote(Charters.id(2), "gone")))
          .isNotEqualTo(signed);
      assertThat(StatementCodec.decode(signed))
          .isInstanceOfSatisfying(
              Decoding.Decoded.class,
              decoded ->
                  assertThat(((Envelope) decoded.value()).payload().statement()).isEqualTo(vote));
    }
  }

  @Test
  void needTheOwnersApprovalOfTheCharter() {
    try (MemberFolder folder = MemberFolder.open(disk)) {
      assertThatThrownBy(() ->
              SignedVotes.sign(
                  folder, identity, "evm:1:0x", seen, new Vote(Charters.id(1), "gone")))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("The owner has not approved the charter");
    }
  }
}
