package org.madrigal.app.ledger;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.madrigal.app.audit.Audit;
import org.madrigal.app.audit.AuditReport;
import org.madrigal.app.audit.ExpectedHead;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.move.HandoverFiles;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Handover;
import org.madrigal.core.protocol.HandoverQuorum;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SignedHandover;
import org.madrigal.core.state.State;

/**
 * A move that enough members signed, from a ledger that is good up to where they say that it ends.
 *
 * @param handover what they signed
 * @param by who they are
 * @param handovers theirs, with their signatures, and no others
 */
record Move(Handover handover, List<String> by, List<SignedHandover> handovers) {

  Move {
    by = List.copyOf(by);
    handovers = List.copyOf(handovers);
  }

  /**
   * Reads and judges.
   *
   * @param archive the old ledger, or a copy that reaches to the end
   * @param folder the handovers
   * @throws Failure if anything is wrong with either
   */
  static Move of(Path archive, Charter charter, Path folder) {
    List<SignedHandover> handovers = HandoverFiles.read(folder);
    Head head = handovers.getFirst().handover().end().head();
    LedgerEnd end =
        LedgerEnd.of(
            archive,
            charter,
            Optional.of(new ExpectedHead(Optional.of(head.position()), head.hash())));
    State state = end.state();
    HandoverQuorum.Verdict verdict =
        HandoverQuorum.of(charter)
            .judge(
                charter,
                state.federation().orElseThrow().membership().active(),
                end.ledger(),
                handovers);
    return switch (verdict) {
      case HandoverQuorum.Verdict.Refused(String reason) ->
          throw new Failure(
              ExitCode.REFUSED, "The ledger was not handed over: %s.".formatted(reason));
      case HandoverQuorum.Verdict.HandedOver(Handover handover, List<MemberId> by) -> {
        checkEnd(archive, handover, end);
        List<SignedHandover> counted =
            handovers.stream()
                .filter(each -> by.contains(each.author()) && each.handover().equals(handover))
                .toList();
        yield new Move(handover, by.stream().map(MemberId::value).toList(), counted);
      }
    };
  }

  private static void checkEnd(Path archive, Handover handover, LedgerEnd end) {
    if (!handover.end().equals(end.origin())) {
      throw new Failure(
          ExitCode.REFUSED,
          "The members handed over %s of %s, and the ledger in %s has %s of %s there."
              .formatted(
                  handover.end().head(),
                  handover.end().time(),
                  archive,
                  end.origin().head(),
                  end.origin().time()));
    }
    if (MovedFolder.in(archive).filter(moved -> moved.knows(handover.next())).isPresent()) {
      throw new Failure(
          ExitCode.REFUSED,
          "The members handed over to %s, which the federation has left before."
              .formatted(handover.next()));
    }
  }

  /** The end of a member's copy, if the archive has another history there. */
  Optional<Head> contradictedBy(Path copy, Path archive, Charter charter) {
    AuditReport own = Audit.of(copy).run((entry, outcome) -> {});
    Optional<Head> reached =
        own.head().filter(head -> head.position().compareTo(handover.end().first()) <= 0);
    if (reached.isEmpty() || reached.get().equals(Head.genesis(charter.id()))) {
      return Optional.empty();
    }
    Known known = new Known(reached.get());
    Audit.of(archive).run((entry, outcome) -> known.look(outcome.state()));
    return known.there ? Optional.empty() : reached;
  }

  private static final class Known {

    private final Head wanted;
    private boolean there;

    Known(Head wanted) {
      this.wanted = wanted;
    }

    void look(State state) {
      there |= state.history().head().equals(wanted);
    }
  }
}
