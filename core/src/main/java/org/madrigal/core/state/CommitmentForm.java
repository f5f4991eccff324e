package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.madrigal.core.crypto.Aead;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.KeyCommitment;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Strip;
import org.madrigal.core.protocol.Widths;
import org.madrigal.core.secagg.Dealing;
import org.madrigal.core.secagg.DealtShares;
import org.madrigal.core.secagg.EdgeCommitment;
import org.madrigal.core.secagg.PairSeed;
import org.madrigal.core.secagg.SlotId;

/** A dealing in the form in which it travels, for a roster that both ends know. */
public final class CommitmentForm {

  private CommitmentForm() {}

  /**
   * The statement that publishes {@code dealing}.
   *
   * @param marks what the dealer commits to for its edge with each peer, by the peer's index
   */
  public static Commitment of(
      EpochId epoch, SlotNumber slot, Dealing dealing, SortedMap<Integer, EdgeCommitment> marks) {
    List<Bytes> hashes = new ArrayList<>();
    List<Bytes> boxes = new ArrayList<>();
    for (DealtShares dealt : dealing.shares()) {
      hashes.add(concat(dealt.selfSeed().value(), dealt.recoveryKey().value()));
      if (dealt.recipient() != dealing.dealer()) {
        boxes.add(dealt.box());
      }
    }
    List<Bytes> written =
        marks.values().stream()
            .map(mark ->
                concat(mark.maskSeed().value(), mark.upwards().value(), mark.downwards().value()))
            .toList();
    return new Commitment(
        epoch,
        slot,
        dealing.selfSeed(),
        dealing.recoveryKey(),
        dealing.capsule(),
        Strip.of(Widths.HASHES, hashes),
        Strip.of(Widths.BOX, boxes),
        Strip.of(Widths.MARKS, written));
  }

  private static Bytes concat(Bytes... parts) {
    int length = 0;
    for (Bytes part : parts) {
      length += part.length();
    }
    byte[] all = new byte[length];
    int at = 0;
    for (Bytes part : parts) {
      part.asReadOnlyBuffer().get(all, at, part.length());
      at += part.length();
    }
    return Bytes.takeOver(all);
  }

  /** Whether the parts have the sizes that a roster of {@code members} asks for. */
  static boolean fits(Commitment commitment, int members) {
    int peers = members - 1;
    return commitment.hashes().size() == members
        && commitment.boxes().size() == peers
        && commitment.marks().size() == peers
        && commitment.capsule().length() == peers * PairSeed.LENGTH + Aead.OVERHEAD;
  }

  /** The dealing that {@code member} published in {@code slot}; its sizes fit. */
  static Dealing dealing(Roster roster, SlotId slot, MemberId member, Commitment commitment) {
    List<DealtShares> shares = new ArrayList<>();
    for (MemberId recipient : roster.members()) {
      Bytes hashes = commitment.hashes().at(roster.placeOf(recipient));
      Bytes box =
          recipient.equals(member)
              ? Bytes.EMPTY
              : commitment.boxes().at(roster.peerPlace(member, recipient));
      shares.add(
          new DealtShares(
              roster.indexOf(recipient),
              box,
              new Digest(hashes.slice(0, Digest.LENGTH)),
              new Digest(hashes.slice(Digest.LENGTH, 2 * Digest.LENGTH))));
    }
    return new Dealing(
        slot,
        roster.indexOf(member),
        commitment.self(),
        commitment.recovery(),
        shares,
        commitment.capsule());
  }

  /** What {@code member} committed to for its edge with {@code peer}. */
  static EdgeCommitment mark(Roster roster, MemberId member, MemberId peer, Commitment commitment) {
    Bytes mark = commitment.marks().at(roster.peerPlace(member, peer));
    int length = KeyCommitment.LENGTH;
    return new EdgeCommitment(
        new KeyCommitment(mark.slice(0, length)),
        new KeyCommitment(mark.slice(length, 2 * length)),
        new KeyCommitment(mark.slice(2 * length, 3 * length)));
  }
}
