package org.madrigal.app.view;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chain.ChainOptions;
import org.madrigal.app.chain.FreshCopy;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.key.KeysOption;
import org.madrigal.app.move.LedgerFiles;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.Attempt;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;
import org.madrigal.ledger.Genesis;
import org.madrigal.ledger.LedgerVerdict;
import org.madrigal.ledger.LedgerVerifier;
import org.madrigal.ledger.evm.ChainCopy;
import org.madrigal.ledger.evm.EvmLedgerId;
import org.madrigal.ledger.evm.GasMeter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The mixin of every command that only reads a ledger: a folder, or a contract on a chain. */
public final class LedgerOption {

  private static final String COPY = "ledger";

  @Option(
      names = "--ledger",
      paramLabel = "LEDGER",
      required = true,
      description =
          "The ledger's folder, a member's copy of it, or the member's folder; it is only read,"
              + " also while a node or a server writes to it. Or evm:CHAIN:CONTRACT, with --node and"
              + " --charter.")
  private String named;

  @Option(
      names = "--charter",
      paramLabel = "FILE",
      description = "With --ledger evm:CHAIN:CONTRACT: the charter that the contract must be of.")
  private @Nullable Path charter;

  @Mixin private ChainOptions chain;

  @Mixin private KeysOption keys;

  @Mixin private AttachmentsOption attachments;

  /** Filled in by picocli. */
  public LedgerOption() {}

  /** What messages call the ledger: its folder, or its name on a chain. */
  public Path place() {
    return chain.ledger(named).isPresent() ? Path.of(named) : folder();
  }

  private Path folder() {
    return folder(Path.of(named));
  }

  /**
   * The folder with a ledger's files, of a folder that is one or a member's.
   *
   * @throws Failure if there is none
   */
  public static Path folder(Path given) {
    if (!Files.isDirectory(given)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "There is no folder %s; --ledger names a ledger's or a member's folder."
              .formatted(given));
    }
    return !LedgerFiles.areIn(given) && Files.isDirectory(given.resolve(COPY))
        ? given.resolve(COPY)
        : given;
  }

  /**
   * Reads and judges every entry that is there whole, with the keys that are at hand.
   *
   * @param watcher hears of each entry and what it means, in order
   * @return the state after the last
   * @throws Failure if the ledger is broken, after the watcher has heard of all before it
   */
  public State read(BiConsumer<Entry, Outcome> watcher) {
    return readNamed(id -> keys.find(Path.of(named), id), false, watcher, Optional.empty());
  }

  /** Whether it is read from a chain, whose nodes tell what it took in gas. */
  boolean isOnChain() {
    return chain.ledger(named).isPresent();
  }

  /**
   * As {@link #read(BiConsumer)}; where the ledger is on a chain, {@code meter} knows the gas of
   * each entry that the watcher hears of.
   */
  State readMetered(GasMeter meter, BiConsumer<Entry, Outcome> watcher) {
    return readNamed(id -> keys.find(Path.of(named), id), false, watcher, Optional.of(meter));
  }

  /**
   * As {@link #read(BiConsumer)}, but a person is asked for the passphrase of a member's keys, and
   * attachments that a model needs must be there.
   */
  public State readWithKeys(BiConsumer<Entry, Outcome> watcher) {
    return readNamed(id -> keys.ask(Path.of(named), id), true, watcher, Optional.empty());
  }

  private State readNamed(
      Function<FederationId, EpochKeys> found,
      boolean models,
      BiConsumer<Entry, Outcome> watcher,
      Optional<GasMeter> meter) {
    Optional<EvmLedgerId> contract = chain.ledger(named);
    if (contract.isEmpty()) {
      if (charter != null) {
        throw new Failure(
            ExitCode.USAGE,
            "--charter goes with --ledger evm:CHAIN:CONTRACT; 'madrigal audit' compares a folder with a charter.");
      }
      return read(folder(), new Given(found, attachments.beside(folder()), models), watcher);
    }
    try (FreshCopy copy =
        meter
            .map(m -> chain.read(contract.get(), charter, m))
            .orElseGet(() -> chain.read(contract.get(), charter))) {
      return read(
          copy.folder(), new Given(found, attachments.beside(copy.folder()), models), watcher);
    }
  }

  /**
   * What models are computed with.
   *
   * @param keys gives the epoch keys that there are for a federation
   * @param attachments those off the ledger
   * @param models whether models are what is asked for, so that nothing may be missing
   */
  private record Given(
      Function<FederationId, EpochKeys> keys, Attachments attachments, boolean models) {}

  /**
   * As {@link #readWithKeys(BiConsumer)}.
   *
   * @param folder the folder with the ledger's files; attachments off the ledger are beside it
   * @param keys gives the epoch keys that there are for a federation
   */
  public static State read(
      Path folder, Function<FederationId, EpochKeys> keys, BiConsumer<Entry, Outcome> watcher) {
    return read(folder, new Given(keys, KeptAttachments.beside(folder), true), watcher);
  }

  private static State read(Path folder, Given given, BiConsumer<Entry, Outcome> watcher) {
    Optional<MovedFolder> moved = MovedFolder.in(folder);
    if (moved.isEmpty()) {
      Part part = Part.in(folder);
      Reader reader = new Reader(part.federation(), given, watcher);
      part.read(Long.MAX_VALUE, reader::accept);
      return reader.state;
    }
    Part first = Part.in(moved.get().left().getFirst().files());
    Reader reader = new Reader(first.federation(), given, watcher);
    for (MovedFolder.Left left : moved.get().left()) {
      Part.in(left.files()).read(left.handover().end().first().value(), reader::accept);
    }
    if (LedgerFiles.areIn(moved.get().present())) {
      Part.in(moved.get().present()).read(Long.MAX_VALUE, reader::accept);
    }
    return reader.state;
  }

  /**
   * The folder of one ledger.
   *
   * @param folder the folder
   * @param copy what it is a copy of, where that is on a chain
   * @param federation whose it is
   */
  private record Part(Path folder, Optional<ChainCopy> copy, FederationId federation) {

    static Part in(Path folder) {
      Optional<ChainCopy> copy = ChainCopy.in(folder);
      if (copy.isPresent()) {
        return new Part(folder, copy, copy.get().federation());
      }
      return switch (Genesis.read(folder)) {
        case Decoding.Malformed<Genesis>(String reason) ->
            throw new Failure(
                ExitCode.BROKEN, "There is no ledger in %s: %s.".formatted(folder, reason));
        case Decoding.Decoded<Genesis>(Genesis genesis) ->
            new Part(folder, copy, genesis.federation());
      };
    }

    /** Reads the entries before {@code end}. */
    void read(long end, Consumer<Entry> each) {
      Consumer<Entry> before =
          entry -> {
            if (entry.position().value() < end) {
              each.accept(entry);
            }
          };
      Optional<LedgerVerdict.Broken> broken =
          copy.isPresent()
              ? copy.get().read(before)
              : switch (LedgerVerifier.of(folder).whileInUse().verify(before)) {
                case LedgerVerdict.Sound sound -> Optional.empty();
                case LedgerVerdict.Broken found -> Optional.of(found);
              };
      if (broken.isPresent() && broken.get().first().value() < end) {
        throw broken(folder, broken.get());
      }
    }
  }

  private static Failure broken(Path folder, LedgerVerdict.Broken broken) {
    return new Failure(
        ExitCode.BROKEN,
        "The ledger in %s is broken at position %s: %s; run 'madrigal audit' on it."
            .formatted(folder, broken.first(), broken.reason()));
  }

  private static final class Reader {

    private final BiConsumer<Entry, Outcome> watcher;
    private final Given given;
    private final EpochKeys keys;
    private State state;

    Reader(FederationId federation, Given given, BiConsumer<Entry, Outcome> watcher) {
      this.given = given;
      this.keys = given.keys().apply(federation);
      this.watcher = watcher;
      this.state = State.initial(federation);
    }

    void accept(Entry entry) {
      Outcome outcome =
          switch (Replay.attempt(state, entry, keys, given.attachments())) {
            case Attempt.Done(Outcome done) -> done;
            case Attempt.Wanting wanting -> without(entry, wanting);
          };
      state = outcome.state();
      watcher.accept(entry, outcome);
    }

    /** Without attachments models are unknown; where updates are in the open, so is the rest. */
    private Outcome without(Entry entry, Attempt.Wanting wanting) {
      boolean open = state.federation().orElseThrow().charter().rules().privacy() == Privacy.NONE;
      if (given.models() || open) {
        throw new Failure(ExitCode.CLOSED, KeptAttachments.words(wanting));
      }
      return Replay.apply(state, entry, keys);
    }
  }
}
