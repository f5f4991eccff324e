package org.madrigal.app.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.madrigal.app.chain.AccountKey;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.LedgerAddress;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.export.SafeTensors;
import org.madrigal.app.move.LedgerFiles;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.app.move.Moving;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.Origin;
import org.madrigal.ledger.Archives;
import org.madrigal.ledger.evm.EvmLedger;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.ledger.http.RemoteLedger;
import org.madrigal.ledger.http.RemoteLedgerConfig;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerFactory;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.djl.DjlTrainer;
import org.madrigal.trainer.process.ProcessTrainer;

/** The parts of a node, made from a member's settings: the one place that chooses adapters. */
public final class Parts {

  private Parts() {}

  /** The rows of the member; none where its trainer reads them itself. */
  public static MemberData data(MemberFile file, Charter charter) {
    DataSpec spec = charter.recipe().data();
    return file.data()
        .map(data -> MemberData.read(spec, data.files(spec)))
        .orElseGet(() -> MemberData.none(spec));
  }

  /** The trainer on these rows. */
  public static Trainer trainer(MemberFile file, Charter charter, MemberData data) {
    return factory(file).open(charter.recipe(), data);
  }

  /** Opens trainers as the settings say. */
  public static TrainerFactory factory(MemberFile file) {
    return file.trainer()
        .map(ProcessTrainer::factory)
        .orElseGet(() -> DjlTrainer.factory(file.threads()));
  }

  /**
   * The ledger that the settings name, with the member's own copy of it and of those that were left
   * before. The caller holds the member's folder.
   *
   * @throws Failure if the copy is of another ledger than the settings name
   */
  public static Followed ledger(MemberFile file, Identity identity) {
    Path copy = copy(file);
    try {
      Moving.settle(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    checkCopy(file, copy);
    Optional<MovedFolder> moved = MovedFolder.in(copy);
    if (moved.isEmpty()) {
      return follow(file, identity, copy, Origin.of(identity.charter().id()), new Archives());
    }
    Archives before = moved.get().open();
    try {
      return follow(file, identity, moved.get().present(), moved.get().origin(), before)
          .after(before, moved.get().names());
    } catch (RuntimeException e) {
      before.close();
      throw e;
    }
  }

  /** The ledger that the settings name, with a copy in another folder than the member's. */
  static Followed follow(MemberFile file, Identity identity, Path copy) {
    checkCopy(file, copy(file));
    Origin origin =
        MovedFolder.in(copy(file))
            .map(MovedFolder::origin)
            .orElseGet(() -> Origin.of(identity.charter().id()));
    return follow(file, identity, copy, origin, new Archives());
  }

  private static void checkCopy(MemberFile file, Path copy) {
    Optional<String> there = LedgerFiles.identity(copy);
    if (there.isPresent() && !there.get().equals(file.ledger().identity())) {
      throw new Failure(
          ExitCode.REFUSED,
          "%s names the ledger %s, but the history in %s goes on at %s; where the federation has moved, name the present ledger and run 'madrigal ledger import'."
              .formatted(
                  file.folder().resolve(MemberFile.NAME),
                  file.ledger().identity(),
                  copy,
                  there.get()));
    }
  }

  private static Followed follow(
      MemberFile file, Identity identity, Path copy, Origin origin, Archives before) {
    try {
      return switch (file.ledger()) {
        case LedgerAddress.Served served ->
            Followed.of(
                RemoteLedger.open(
                    config(served, identity, copy).beginningAt(origin), InstantSource.system()),
                origin);
        case LedgerAddress.OnChain chain ->
            Followed.of(
                EvmLedger.open(config(chain, identity, copy).beginningAt(origin), before), origin);
      };
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "%s: %s.".formatted(file.folder().resolve(MemberFile.NAME), e.getMessage()),
          e);
    }
  }

  private static RemoteLedgerConfig config(
      LedgerAddress.Served served, Identity identity, Path copy) {
    RemoteLedgerConfig config =
        RemoteLedgerConfig.of(
            served.server(),
            identity.charter().id(),
            served.orderer(),
            identity.member(),
            identity.key(),
            copy);
    return served.certificates().map(config::trusting).orElse(config);
  }

  private static EvmLedgerConfig config(LedgerAddress.OnChain chain, Identity identity, Path copy) {
    return new EvmLedgerConfig(
        chain.contract(),
        identity.charter().id(),
        identity.charter().roster().stream().map(Member::id).toList(),
        chain.nodes(),
        copy,
        Optional.of(AccountKey.open(chain.account())),
        chain.options());
  }

  /** Where the member's copy of the ledger is. */
  public static Path copy(MemberFile file) {
    return file.folder().resolve(MemberFolder.LEDGER);
  }

  /** The initial model, if the settings name a file with it. */
  static Optional<Parameters> initialModel(MemberFile file, Charter charter) {
    return file.initialModel()
        .map(path -> {
          try {
            Bytes bytes = Bytes.takeOver(Files.readAllBytes(path));
            return SafeTensors.decode(bytes, charter.layout()).parameters();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (IllegalArgumentException e) {
            throw new Failure(
                ExitCode.BAD_INPUT,
                "%s is not the initial model: %s.".formatted(path, e.getMessage()),
                e);
          }
        });
  }
}
