package org.madrigal.app.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Failures;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.config.PrivacyWords;
import org.madrigal.app.key.KeyFile;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Initial;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.Ledger;
import org.madrigal.node.Approvals;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.WorkingHours;
import org.madrigal.node.keystore.PassphraseSource;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.MemberData;

/**
 * The checks of {@code doctor}, one after the other; one that cannot be made does not stop others.
 */
final class Preflight {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration CLOCK = Duration.ofMinutes(1);
  private static final long ROOM = 1L << 30;

  private final MemberFile file;
  private final PassphraseSource passphrase;
  private final Consumer<Check> heard;
  private final List<Check> checks = new ArrayList<>();

  Preflight(MemberFile file, PassphraseSource passphrase, Consumer<Check> heard) {
    this.file = file;
    this.passphrase = passphrase;
    this.heard = heard;
  }

  /** Makes every check. */
  List<Check> run() throws InterruptedException {
    Optional<Charter> charter =
        attempt("charter", "correct the charter", () -> MemberOption.charter(file));
    charter.ifPresent(c -> add(Check.ok("charter", "'%s', %s".formatted(c.name(), c.id()))));
    checkPermissions();
    checkDisk();
    Optional<SigningKey> key =
        attempt("key", "see 'madrigal key --help'", () -> new KeyFile(file.key()).open(passphrase));
    key.ifPresent(k -> add(Check.ok("key", "opened; it is " + k.verifyingKey().text())));
    if (charter.isPresent()) {
      checkPrivacy(charter.get());
      checkPolicy(charter.get());
      Optional<MemberData> data = checkData(charter.get());
      if (data.isPresent()) {
        checkTrainer(charter.get(), data.get());
      }
      if (key.isPresent()) {
        checkMember(charter.get(), key.get());
      }
    }
    return List.copyOf(checks);
  }

  private void checkPrivacy(Charter charter) {
    add(
        PrivacyWords.isLoud(charter)
            ? Check.warning(
                "privacy",
                PrivacyWords.NONE.replaceFirst("[.]$", ""),
                "agree on privacy: masked if the data are secret")
            : Check.ok(
                "privacy",
                "%s; %d of %d members may collude"
                    .formatted(
                        charter.rules().privacy().kind(),
                        charter.rules().secrecy().orElseThrow().colluders(),
                        charter.roster().size())));
  }

  private void checkMember(Charter charter, SigningKey key) throws InterruptedException {
    Optional<Identity> identity =
        attempt(
            "identity",
            "give the others the key of this folder, or use the folder that goes with the charter",
            () -> new Identity(file.member(), key, charter));
    if (identity.isEmpty()) {
      return;
    }
    add(Check.ok("identity", "the charter names '%s' with this key".formatted(file.member())));
    checkApproval(identity.get());
    checkLedger(identity.get());
    if (charter.rules().custody().isPresent()) {
      checkCustody(identity.get());
    }
  }

  private void checkCustody(Identity identity) throws InterruptedException {
    try {
      new CustodyCheck(file, identity).run().forEach(this::add);
    } catch (RuntimeException e) {
      fail("attachments", e, "correct attachments: in member.yaml");
    }
  }

  private void checkApproval(Identity identity) {
    attempt(
            "approval",
            "end the other process, or wait for it",
            () -> {
              try (MemberFolder folder = MemberFolder.open(file.folder())) {
                return Approvals.find(folder, identity).isPresent();
              }
            })
        .ifPresent(approved ->
            add(
                approved
                    ? Check.ok("approval", "the owner approved the charter")
                    : Check.failed(
                        "approval",
                        "the owner has not approved the charter",
                        "run 'madrigal charter sign --member %s'".formatted(file.folder()))));
  }

  /** Follows the ledger for a moment, into a folder of its own: a node may be running. */
  private void checkLedger(Identity identity) throws InterruptedException {
    Path copy;
    try {
      copy = Files.createTempDirectory("madrigal-doctor-").resolve("ledger");
    } catch (IOException e) {
      add(Check.failed("ledger", "no temporary folder: " + e.getMessage(), "make room for one"));
      return;
    }
    String advice = "start the server, or correct ledger: in member.yaml";
    try (Followed ledger = Parts.follow(file, identity, copy)) {
      List<Entry> entries = firstNews(ledger);
      Optional<String> trouble = ledger.trouble().get();
      if (trouble.isPresent()) {
        add(Check.failed("ledger", trouble.get(), advice));
      } else {
        add(Check.ok("ledger", entries.isEmpty() ? "reached; it is empty" : "reached"));
        checkClock(ledger.ledger(), ledger.first());
      }
    } catch (RuntimeException e) {
      fail("ledger", e, advice);
    } finally {
      delete(copy.resolveSibling("."));
    }
  }

  /**
   * The first entry, as soon as it is here; nothing where there is trouble, or no entry for long.
   */
  private static List<Entry> firstNews(Followed ledger) throws InterruptedException {
    long begun = System.nanoTime();
    List<Entry> entries = List.of();
    while (entries.isEmpty()
        && ledger.trouble().get().isEmpty()
        && System.nanoTime() - begun < PATIENCE.toNanos()) {
      entries = ledger.ledger().read(ledger.first(), 1, LOOK);
    }
    return entries;
  }

  private void checkClock(Ledger ledger, Position first) throws InterruptedException {
    Instant now = InstantSource.system().instant();
    Position next = first;
    Optional<Entry> last = Optional.empty();
    for (List<Entry> some = ledger.read(next, 100, Duration.ZERO);
        !some.isEmpty();
        some = ledger.read(next, 100, Duration.ZERO)) {
      last = Optional.of(some.getLast());
      next = some.getLast().position().next();
    }
    if (last.isPresent() && last.get().time().toInstant().isAfter(now.plus(CLOCK))) {
      add(
          Check.failed(
              "clock",
              "this clock says %s, but the ledger's last entry is of %s"
                  .formatted(now, last.get().time()),
              "set the clock, for example by NTP"));
    } else {
      add(Check.ok("clock", "not behind the ledger's"));
    }
  }

  private void checkPolicy(Charter charter) {
    attempt(
            "policy",
            "change policy: in member.yaml if the owner agrees",
            () -> {
              file.policy().check(charter);
              return charter;
            })
        .ifPresent(accepted -> {
          add(Check.ok("policy", "accepts the charter"));
          checkHours(accepted);
        });
  }

  private void checkHours(Charter charter) {
    WorkingHours hours = file.policy().hours();
    Duration round = charter.rules().deadlines().round();
    if (!hours.spans().isEmpty() && round.compareTo(Duration.ofDays(1)) < 0) {
      add(
          Check.warning(
              "hours",
              "this member trains only in %s, but a round lasts %s at most: those that end before are without it"
                  .formatted(hours.spans(), round),
              "agree on a longer deadline, or on hours"));
    }
  }

  private Optional<MemberData> checkData(Charter charter) {
    Optional<MemberData> data =
        attempt(
            "data", "correct the file, or data: in member.yaml", () -> Parts.data(file, charter));
    data.ifPresent(rows -> {
      add(
          Check.ok(
              "data",
              rows.isNone()
                  ? "the trainer reads its rows itself"
                  : "%d training and %d test rows"
                      .formatted(rows.train().rows(), rows.test().rows())));
      rows.warnings().forEach(warning -> add(Check.warning("data", warning, "look at the data")));
    });
    return data;
  }

  private void checkTrainer(Charter charter, MemberData data) throws InterruptedException {
    try (Trainer trainer = Parts.trainer(file, charter, data)) {
      file.policy().check(trainer.describe());
      LocalTraining local = charter.recipe().local();
      TrainingTask task =
          new TrainingTask(
              1,
              charter.recipe().optimiser(),
              new LocalTraining(
                  new Amount.Steps(1), local.batchSize(), local.seed(), local.classWeights()),
              charter.training().proximalMu(),
              TrainingTask.memberSeed(file.member().value()));
      scaled(trainer, charter).train(task, start(charter));
      add(Check.ok("trainer", "trained one step with " + trainer.describe().versions()));
    } catch (RuntimeException e) {
      fail(
          "trainer",
          e,
          file.trainer().isPresent()
              ? "look at trainer: in member.yaml, and at trainer.log in the program's folder"
              : "look at the charter's training: and at this member's data");
    }
  }

  /** For this one step the member's own rows may say what rows are like. */
  private static Trainer scaled(Trainer trainer, Charter charter) {
    return charter
        .federatedTable()
        .map(table -> trainer.standardised(Standardisation.by(table, trainer.statistics())))
        .orElse(trainer);
  }

  private static Parameters start(Charter charter) {
    return charter.initial() instanceof Initial.Drawn drawn
        ? drawn.parameters(charter.recipe().model())
        : Parameters.of(new float[charter.layout().length()]);
  }

  private void checkDisk() {
    try {
      long room = Files.getFileStore(file.folder()).getUsableSpace();
      add(
          room >= ROOM
              ? Check.ok("disk", "%d MiB are free".formatted(room >> 20))
              : Check.warning("disk", "only %d MiB are free".formatted(room >> 20), "make room"));
      if (!Files.isWritable(file.folder())) {
        add(Check.failed("disk", "the folder is not writable", "change its permissions"));
      }
    } catch (IOException e) {
      add(Check.failed("disk", String.valueOf(e.getMessage()), "look at the disk"));
    }
  }

  private void checkPermissions() {
    try {
      if (!Files.exists(file.key())
          || !file.key().getFileSystem().supportedFileAttributeViews().contains("posix")) {
        return;
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file.key());
      boolean open =
          permissions.contains(PosixFilePermission.GROUP_READ)
              || permissions.contains(PosixFilePermission.OTHERS_READ);
      String text = PosixFilePermissions.toString(permissions);
      add(
          open
              ? Check.warning(
                  "permissions",
                  "others can read the key file (%s)".formatted(text),
                  "run 'chmod 600 %s'".formatted(file.key()))
              : Check.ok("permissions", "only you can read the key file"));
    } catch (IOException e) {
      add(Check.failed("permissions", String.valueOf(e.getMessage()), "look at the key file"));
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder.normalize())) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      // A temporary folder: the system removes it sooner or later.
    }
  }

  private <T> Optional<T> attempt(String name, String advice, Supplier<T> action) {
    try {
      return Optional.of(action.get());
    } catch (RuntimeException e) {
      fail(name, e, advice);
      return Optional.empty();
    }
  }

  /** Whatever a command may end with is a finding; a defect of ours is none, and goes on up. */
  private void fail(String name, RuntimeException reason, String advice) {
    Failure failure = Failures.of(reason).orElseThrow(() -> reason);
    add(Check.failed(name, failure.sentence().replaceFirst("[.]$", ""), advice));
  }

  private void add(Check check) {
    checks.add(check);
    heard.accept(check);
  }
}
