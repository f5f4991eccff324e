package org.madrigal.app.audit;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.AuditReport.Finding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.state.Outcome;

/** An audit whose findings go into a report, or are held against one. */
final class AuditReporting {

  private final Audit audit;
  private final Optional<ReportFiles> wanted;
  private final Optional<ExaminedReport> examined;
  private @Nullable AuditReport report;
  private AuditedHistory whole = AuditedHistory.whole();
  private AuditedHistory part;

  AuditReporting(Audit audit, Optional<ReportFiles> wanted, Optional<ExaminedReport> examined) {
    this.audit = audit;
    this.wanted = wanted;
    this.examined = examined;
    this.part = emptyPart();
  }

  private AuditedHistory emptyPart() {
    return AuditedHistory.ofFirst(examined.map(ExaminedReport::entries).orElse(0L));
  }

  /**
   * Audits.
   *
   * @param watcher hears of each good entry and what it means, in order
   */
  AuditReport run(BiConsumer<Entry, Outcome> watcher) {
    AuditReport found = audit.run(watcher, this::listen, this::startAgain);
    report = found;
    return found;
  }

  private void startAgain() {
    whole = AuditedHistory.whole();
    part = emptyPart();
  }

  private void listen(Entry entry, Outcome outcome) {
    if (wanted.isPresent()) {
      whole.add(entry, outcome);
    }
    if (examined.isPresent()) {
      part.add(entry, outcome);
    }
  }

  /** What the examined report says otherwise than this audit, a clause. */
  Optional<String> difference() {
    return examined.flatMap(other ->
        other.difference(ReportContent.of(audit.identity(part.entries()), part, firstOf(other))));
  }

  /**
   * What is wrong as far as the examined report reaches. That the entry after it is wrong is none
   * of its matter, unless it says so itself.
   */
  private Optional<Finding> firstOf(ExaminedReport other) {
    AuditReport found = found();
    boolean reached =
        found.entries() < other.entries()
            || (found.entries() == other.entries() && other.saysBroken());
    return reached ? found.first() : Optional.empty();
  }

  /** Writes the report, if one is wanted. */
  void write() {
    wanted.ifPresent(files ->
        files.write(ReportContent.of(audit.identity(whole.entries()), whole, found().first())));
  }

  private AuditReport found() {
    if (report == null) {
      throw new IllegalStateException("The audit did not run yet");
    }
    return report;
  }
}
