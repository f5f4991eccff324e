package org.madrigal.app.audit;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.AuditReport.Finding;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.view.KeptAttachments;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Statement.Enrolment;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.Attempt;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Rejection;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;
import org.madrigal.core.state.Verdict;

/** The replay of a ledger's entries, up to the first that the members do not vouch for. */
final class AuditReplay {

  private final AuditedFolder files;
  private final EpochKeys keys;
  private final Attachments attachments;
  private final BiConsumer<Entry, Outcome> watcher;
  private final long end;
  private State state;
  private long entries;
  private final AuditedModels models = new AuditedModels();
  private Optional<Finding> first = Optional.empty();

  /**
   * A replay that has heard nothing.
   *
   * @param watcher hears of each good entry
   * @param end how many entries are looked at
   */
  AuditReplay(
      AuditedFolder files,
      EpochKeys keys,
      Attachments attachments,
      BiConsumer<Entry, Outcome> watcher,
      long end) {
    this.end = end;
    this.attachments = attachments;
    this.keys = keys;
    this.files = files;
    this.watcher = watcher;
    this.state = State.initial(files.federation());
  }

  /** What the good entries mean. */
  State state() {
    return state;
  }

  /** How many entries are good. */
  long entries() {
    return entries;
  }

  /** What they say of models. */
  AuditedModels models() {
    return models;
  }

  /** What is wrong first, if anything is. */
  Optional<Finding> first() {
    return first;
  }

  /** The same from nothing, of so many entries. */
  AuditReplay again(long entriesLookedAt) {
    return new AuditReplay(files, keys, attachments, watcher, entriesLookedAt);
  }

  /** Reads all of the folder: see {@link AuditedFolder#verify}. */
  Optional<Finding> read(@Nullable FederationId wanted, Optional<Head> known) {
    return files.verify(wanted, known, this::accept);
  }

  /** Hears the next entry; those that were heard before are passed over. */
  private void accept(Entry entry) {
    if (first.isPresent() || entries >= end || entry.position().value() < entries) {
      return;
    }
    if (state.history().time().isAfter(entry.time())) {
      first =
          Optional.of(
              new Finding(
                  entry.position(),
                  "its time %s is before the %s of the entry before it"
                      .formatted(entry.time(), state.history().time())));
      return;
    }
    Outcome outcome =
        switch (Replay.attempt(state, entry, keys, attachments)) {
          case Attempt.Done(Outcome done) -> done;
          case Attempt.Wanting wanting ->
              throw new Failure(ExitCode.USAGE, KeptAttachments.words(wanting));
        };
    first =
        judge(outcome)
            .or(() -> models.contradicted(state, outcome))
            .map(reason -> new Finding(entry.position(), reason));
    if (first.isPresent()) {
      return;
    }
    state = outcome.state();
    entries++;
    models.add(outcome);
    watcher.accept(entry, outcome);
    first =
        files.unsigned(state).map(reason -> new Finding(state.history().head().position(), reason));
  }

  private Optional<String> judge(Outcome outcome) {
    return switch (outcome.verdict()) {
      case Verdict.Rejected(Rejection rejection) ->
          files.isDamage(state.history().head().position(), rejection.reason())
              ? Optional.of("%s: %s".formatted(rejection.reason(), rejection.detail()))
              : Optional.empty();
      case Verdict.Applied applied -> foreignLedger(outcome);
    };
  }

  private Optional<String> foreignLedger(Outcome outcome) {
    String identity = files.identity(state.history().head().position());
    return outcome
        .envelope()
        .filter(envelope ->
            envelope.payload().statement() instanceof Enrolment enrolment
                && !enrolment.ledger().equals(identity))
        .map(envelope ->
            "%s enrolled for the ledger %s, but this one is %s"
                .formatted(
                    envelope.author(),
                    ((Enrolment) envelope.payload().statement()).ledger(),
                    identity));
  }
}
