package org.madrigal.app.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.madrigal.app.audit.Audit;
import org.madrigal.app.audit.AuditReport;
import org.madrigal.app.audit.AuditReport.Scope;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.state.Event;

/**
 * The demo's last acts: what was trained can be verified, and what was changed is found.
 *
 * @param federation whose ledger is audited
 * @param ledger the ledger
 * @param screen tells of it
 */
record DemoAudit(DemoFederation federation, DemoLedger.Ended ledger, DemoScreen screen) {

  /**
   * Replays the ledger from nothing.
   *
   * @param models those that the hospitals computed, in order
   * @throws Failure if the audit gives others
   */
  void reproduce(List<Digest> models) {
    Privacy privacy = federation.charter().rules().privacy();
    LedgerView view = new LedgerView(federation.members().getFirst().id(), privacy);
    List<Digest> recomputed = new ArrayList<>();
    Audit founded = Audit.of(ledger.folder()).foundedBy(federation.charter().id());
    Audit audit = ledger.head().map(founded::endingIn).orElse(founded);
    AuditReport report =
        audit
            .with(federation.keys().forReplay())
            .run((entry, outcome) -> {
              view.hear(entry, outcome);
              outcome.events().stream()
                  .filter(Event.RoundClosed.class::isInstance)
                  .map(event -> ((Event.RoundClosed) event).model().digest())
                  .forEach(recomputed::add);
            });
    if (!report.ok() || report.scope() != Scope.FULL || !recomputed.equals(models)) {
      throw new Failure(
          ExitCode.BROKEN,
          "The audit of the demo's ledger failed: %s."
              .formatted(
                  report
                      .first()
                      .map(AuditReport.Finding::reason)
                      .orElse("it gives other models than the hospitals computed")));
    }
    screen.act("What the ledger shows");
    view.lines().forEach(screen::line);
    screen.act("The audit: everything is replayed from nothing");
    screen.good(
        "  %d entries, every signature checked; %d of %d models reproduced bit for bit"
            .formatted(report.entries(), recomputed.size(), models.size()));
    screen.line("  the last one is " + models.getLast());
    ledger.chain().map(ChainFacts::line).ifPresent(screen::line);
    if (privacy != Privacy.NONE) {
      AuditReport stranger = audit.run((entry, outcome) -> {});
      screen.line(
          "  without the hospitals' key the audit proves all but the models: %d are attested"
              .formatted(stranger.models()));
    }
  }

  /**
   * Flips a byte in a copy of the ledger and audits the copy.
   *
   * @param copy where the copy is made
   * @return the entry that the audit names
   * @throws Failure if the audit finds nothing
   */
  Position findFlippedByte(Path copy) throws IOException {
    FlippedByte flipped = FlippedByte.in(ledger.folder(), copy);
    screen.act("Somebody flips one byte in a copy of the ledger");
    screen.line("  byte %d of %s".formatted(flipped.offset(), flipped.file()));
    AuditReport.Finding finding =
        Audit.of(flipped.copy())
            .run((entry, outcome) -> {})
            .first()
            .orElseThrow(() ->
                new Failure(
                    ExitCode.BROKEN,
                    "The audit did not find byte %d of %s, which was flipped."
                        .formatted(flipped.offset(), flipped.file())));
    screen.good("  the audit names entry %s: %s".formatted(finding.position(), finding.reason()));
    return finding.position();
  }
}
