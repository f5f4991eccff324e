package org.madrigal.app.audit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.AuditReport.Finding;
import org.madrigal.app.audit.AuditReport.Scope;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.view.KeptAttachments;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Replay;

/**
 * Replays a ledger's folder from nothing. Three questions in one pass, with memory that does not
 * depend on the ledger's length:
 *
 * <ol>
 *   <li>Is every byte what the orderer signed, or the contract hashed? {@link AuditedFolder} says
 *       so.
 *   <li>Do the members vouch for it? Each statement's signature, the history that its author had
 *       seen, and the ledger that its author enrolled for must agree with the folder.
 *   <li>Which models follow? {@link Replay} computes each of them, and the members must have
 *       attested the same. Where updates are kept from strangers it needs the epoch keys for that,
 *       and without them proves everything else.
 * </ol>
 *
 * <p>A statement that is merely refused (late, second, out of bound, from a stranger) is no damage:
 * every reader refuses it alike.
 */
public final class Audit {

  private final Path folder;
  private final @Nullable FederationId charter;
  private final @Nullable ExpectedHead expected;
  private final EpochKeys keys;
  private final Attachments attachments;

  private Audit(
      Path folder,
      @Nullable FederationId charter,
      @Nullable ExpectedHead expected,
      EpochKeys keys,
      Attachments attachments) {
    this.folder = folder;
    this.charter = charter;
    this.expected = expected;
    this.keys = keys;
    this.attachments = attachments;
  }

  /** An audit of {@code folder}, with the attachments off the ledger beside it, if any are. */
  public static Audit of(Path folder) {
    return new Audit(folder, null, null, EpochKeys.NONE, KeptAttachments.beside(folder));
  }

  /** Requires the history to be founded by this charter. */
  public Audit foundedBy(FederationId wanted) {
    return new Audit(folder, wanted, expected, keys, attachments);
  }

  /** Requires the history to end in this head, which shows that no entries were cut off. */
  public Audit endingIn(ExpectedHead wanted) {
    return new Audit(folder, charter, wanted, keys, attachments);
  }

  /** Recomputes what these epoch keys open; without them, secret models are only attested. */
  public Audit with(EpochKeys granted) {
    return new Audit(folder, charter, expected, granted, attachments);
  }

  /** Computes models from these attachments off the ledger. */
  public Audit with(Attachments kept) {
    return new Audit(folder, charter, expected, keys, kept);
  }

  /**
   * Audits.
   *
   * @param watcher hears of each good entry and what it means, in order
   * @throws Failure of {@code USAGE} if an attachment that a model needs is not there
   */
  public AuditReport run(BiConsumer<Entry, Outcome> watcher) {
    return run(watcher, (entry, outcome) -> {}, () -> {});
  }

  /**
   * As {@link #run(BiConsumer)}, for who must in the end have heard of the good entries only.
   *
   * @param all hears of each good entry, too, and of all of them again after {@code again}
   * @param again is run where an entry that was told turns out to be wrong
   */
  AuditReport run(
      BiConsumer<Entry, Outcome> watcher, BiConsumer<Entry, Outcome> all, Runnable again) {
    AtomicBoolean retold = new AtomicBoolean();
    BiConsumer<Entry, Outcome> both =
        (entry, outcome) -> {
          all.accept(entry, outcome);
          if (!retold.get()) {
            watcher.accept(entry, outcome);
          }
        };
    return switch (AuditedFolder.in(folder)) {
      case Decoding.Malformed<AuditedFolder>(String reason) ->
          new AuditReport(
              Scope.FULL, 0, 0, Optional.empty(), Optional.of(new Finding(Position.FIRST, reason)));
      case Decoding.Decoded<AuditedFolder>(AuditedFolder files) ->
          run(
              files,
              new GrowingAudit(
                  new AuditReplay(files, keys, attachments, both, Long.MAX_VALUE),
                  charter,
                  () -> {
                    retold.set(true);
                    again.run();
                  }));
    };
  }

  /**
   * How enrolments call the ledger that holds the last of so many entries; empty if there is no
   * ledger in the folder.
   */
  String identity(long entries) {
    return AuditedFolder.in(folder) instanceof Decoding.Decoded<AuditedFolder>(AuditedFolder files)
        ? files.identity(new Position(Math.max(0, entries - 1)))
        : "";
  }

  private AuditReport run(AuditedFolder files, GrowingAudit audit) {
    if (!files.origin().isFirst()) {
      return new AuditReport(
          Scope.FULL,
          0,
          0,
          Optional.empty(),
          Optional.of(
              new Finding(
                  files.origin().first(),
                  "the ledger goes on where another ended, and what was before it is missing; audit the folder that 'madrigal ledger import' made")));
    }
    Optional<Finding> first = audit.readAtRest();
    AuditReplay replayed = audit.replay();
    if (first.isEmpty() && expected != null && !expected.is(replayed.state().history().head())) {
      first =
          Optional.of(
              new Finding(
                  replayed.state().history().head().position(),
                  "the history ends in %s, not in %s"
                      .formatted(replayed.state().history().head(), expected)));
    }
    return new AuditReport(
        replayed.models().scope(),
        replayed.entries(),
        replayed.models().count(),
        Optional.of(replayed.state().history().head()),
        first);
  }
}
