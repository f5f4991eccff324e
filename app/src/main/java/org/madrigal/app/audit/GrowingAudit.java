package org.madrigal.app.audit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.AuditReport.Finding;
import org.madrigal.app.view.KeptAttachments;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Outcome;

/**
 * An audit of a folder that a process may be writing to: each pass reads all of it, and judges what
 * is new. What was good before must still be there. One thread at a time.
 */
public final class GrowingAudit {

  private final @Nullable FederationId charter;
  private final Runnable again;
  private AuditReplay replay;

  /**
   * An audit that has read nothing.
   *
   * @param replay hears the entries
   * @param charter what must found the history, if that is asked
   * @param again is run before everything is told anew, because an entry that was told is wrong
   */
  GrowingAudit(AuditReplay replay, @Nullable FederationId charter, Runnable again) {
    this.replay = replay;
    this.charter = charter;
    this.again = again;
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
                  new GrowingAudit(
                      new AuditReplay(
                          files, keys, KeptAttachments.beside(folder), watcher, Long.MAX_VALUE),
                      null,
                      again));
    };
  }

  /** Reads the folder to its end; says what is wrong first, if anything is but a torn end. */
  public Optional<Finding> read() {
    return read(Optional.of(replay.state().history().head()));
  }

  /** The same of a folder that nobody has written to for a while, so that no end may be torn. */
  public Optional<Finding> readAtRest() {
    return read(Optional.empty());
  }

  private Optional<Finding> read(Optional<Head> known) {
    Optional<Finding> damage = replay.read(charter, known);
    if (damage.isPresent() && damage.get().position().value() < replay.entries()) {
      again.run();
      replay = replay.again(damage.get().position().value());
      damage = replay.read(charter, Optional.empty());
    }
    return earlier(damage, replay.first());
  }

  private static Optional<Finding> earlier(Optional<Finding> one, Optional<Finding> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    boolean oneFirst = one.get().position().compareTo(other.get().position()) <= 0;
    return oneFirst ? one : other;
  }

  /** What the good entries are and mean. */
  AuditReplay replay() {
    return replay;
  }
}
