package org.madrigal.app.audit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.madrigal.app.audit.AuditReport.Finding;
import org.madrigal.app.view.KeptAttachments;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Outcome;

/**
 * An audit of a folder that a process may be writing to: each pass reads all of it, and judges what
 * is new. What was good before must still be there. One thread at a time.
 */
public final class GrowingAudit {

  private final AuditedFolder files;
  private final EpochKeys keys;
  private final Attachments attachments;
  private final BiConsumer<Entry, Outcome> watcher;
  private final Runnable again;
  private AuditReplay replay;

  private GrowingAudit(
      AuditedFolder files,
      EpochKeys keys,
      Attachments attachments,
      BiConsumer<Entry, Outcome> watcher,
      Runnable again) {
    this.files = files;
    this.attachments = attachments;
    this.keys = keys;
    this.watcher = watcher;
    this.again = again;
    this.replay = new AuditReplay(files, keys, attachments, watcher, Long.MAX_VALUE);
  }

  /** The folder of a ledger, before its entries are read. */
  public sealed interface Opened {

    /** A folder whose entries can be read. */
    record Ledger(FederationId federation, String identity, AuditStart start) implements Opened {}

    /** A folder that is none of a ledger. */
    record Nothing(String reason) implements Opened {}
  }

  /** Begins an audit. */
  @FunctionalInterface
  public interface AuditStart {
    /**
     * Nothing is read yet.
     *
     * @param keys the epoch keys at hand
     * @param watcher hears of each good entry
     * @param again is run before everything is told anew, because an entry that was told is wrong
     */
    GrowingAudit with(EpochKeys keys, BiConsumer<Entry, Outcome> watcher, Runnable again);
  }

  /** What is in a folder; attachments off the ledger are beside it. */
  public static Opened open(Path folder) {
    return switch (AuditedFolder.in(folder)) {
      case Decoding.Malformed<AuditedFolder>(String reason) -> new Opened.Nothing(reason);
      case Decoding.Decoded<AuditedFolder>(AuditedFolder files) ->
          new Opened.Ledger(
              files.federation(),
              files.identity(new Position(Long.MAX_VALUE)),
              (keys, watcher, again) ->
                  new GrowingAudit(files, keys, KeptAttachments.beside(folder), watcher, again));
    };
  }

  /** Reads the folder to its end; says what is wrong first, if anything is. */
  public Optional<Finding> read() {
    Optional<Finding> damage =
        files.verify(null, Optional.of(replay.state().history().head()), replay::accept);
    if (damage.isPresent() && damage.get().position().value() < replay.entries()) {
      again.run();
      replay = new AuditReplay(files, keys, attachments, watcher, damage.get().position().value());
      damage = files.verify(null, Optional.empty(), replay::accept);
    }
    return Audit.earlier(damage, replay.first());
  }
}
