package org.madrigal.app.ledger;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.Audit;
import org.madrigal.app.audit.AuditReport;
import org.madrigal.app.audit.ExpectedHead;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.move.LedgerFiles;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.state.State;

/**
 * The place in a ledger where it ends and another one goes on, with everything before it audited.
 *
 * @param ledger the name of the ledger
 * @param state what the entries before the end mean
 */
record LedgerEnd(String ledger, State state) {

  /**
   * Finds it.
   *
   * @param archive the ledger's folder, or a copy
   * @param charter whose ledger it must be
   * @param head where it ends; the last entry, if nothing else is said
   * @throws Failure if there is no such place, or anything before it is wrong
   */
  static LedgerEnd of(Path archive, Charter charter, Optional<ExpectedHead> head) {
    Search search = new Search(State.initial(charter.id()), head);
    AuditReport report =
        Audit.of(archive)
            .foundedBy(charter.id())
            .run((entry, outcome) -> search.look(outcome.state()));
    State state = search.found == null ? search.last : search.found;
    Position end = state.history().head().position();
    boolean broken =
        report.first().isPresent()
            && (search.found == null || report.first().get().position().compareTo(end) < 0);
    if (broken) {
      AuditReport.Finding first = report.first().orElseThrow();
      throw new Failure(
          ExitCode.BROKEN,
          "The ledger in %s is broken at position %s: %s; use another member's copy."
              .formatted(archive, first.position(), first.reason()));
    }
    if (search.found == null && head.isPresent()) {
      throw new Failure(
          ExitCode.REFUSED,
          "The ledger in %s ends in %s, and has nowhere the head %s; read it to its end, or use another member's copy."
              .formatted(archive, state.history().head(), head.get()));
    }
    if (state.federation().isEmpty()) {
      throw new Failure(
          ExitCode.NOT_YET,
          "The federation in %s is not founded yet: there is nothing to hand over."
              .formatted(archive));
    }
    return new LedgerEnd(LedgerFiles.identity(archive).orElseThrow(), state);
  }

  private static final class Search {

    private final Optional<ExpectedHead> head;
    private State last;
    private @Nullable State found;

    Search(State first, Optional<ExpectedHead> head) {
      this.last = first;
      this.head = head;
    }

    void look(State state) {
      last = state;
      if (head.isPresent() && head.get().is(state.history().head())) {
        found = state;
      }
    }
  }

  /** Where the next ledger begins. */
  Origin origin() {
    return new Origin(state.history().head(), state.history().time());
  }
}
