package org.madrigal.node;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.Peers;
import org.madrigal.node.disk.PowerLoss;

/** The other seats of a {@link TestFederation}, as one member reaches them. */
final class SeatPeers implements Peers {

  /** Whether {@code from} gives an attachment to {@code to}. */
  @FunctionalInterface
  interface Way {
    boolean isOpen(MemberId from, MemberId to, AttachmentRef attachment);
  }

  private final MemberId self;
  private final List<Seat> seats;
  private final Way way;

  SeatPeers(MemberId self, List<Seat> seats, Way way) {
    this.self = self;
    this.seats = seats;
    this.way = way;
  }

  @Override
  public Set<MemberId> members() {
    Set<MemberId> all = new HashSet<>();
    seats.forEach(seat -> all.add(seat.member));
    return all;
  }

  @Override
  public Optional<Attachment> fetch(MemberId from, AttachmentRef attachment) {
    Seat seat = seats.stream().filter(each -> each.member.equals(from)).findAny().orElseThrow();
    if (!seat.isRunning() || !way.isOpen(from, self, attachment)) {
      throw new LedgerException(
          LedgerException.Kind.UNREACHABLE, "'%s' does not answer".formatted(from));
    }
    try {
      return seat.shelf().offered(attachment.sha256()).map(Attachment::of);
    } catch (PowerLoss e) {
      throw new LedgerException(
          LedgerException.Kind.UNREACHABLE, "'%s' fell silent".formatted(from), e);
    }
  }

  @Override
  public void close() {}
}
