package org.madrigal.app.demo;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.madrigal.app.config.CharterDraft;
import org.madrigal.app.generate.Generated;
import org.madrigal.app.simulate.Alone;
import org.madrigal.app.simulate.FederatedData;
import org.madrigal.app.simulate.Figures;
import org.madrigal.app.simulate.Jury;
import org.madrigal.app.simulate.Nodes;
import org.madrigal.app.simulate.RunReport;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.ledger.Ledger;
import org.madrigal.node.Approvals;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.Policy;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.djl.DjlTrainer;

/** The demo's acts, one after the other. */
final class Demo {

  /** The place of the hospital that is a process of its own. */
  private static final int OUTSIDE = 2;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final DemoFolder folder;
  private final CharterDraft draft;
  private final Optional<RawFiles> raw;
  private final LedgerKind kind;

  Demo(DemoFolder folder, CharterDraft draft, Optional<RawFiles> raw, LedgerKind kind) {
    this.folder = folder;
    this.draft = draft;
    this.raw = raw;
    this.kind = kind;
  }

  /**
   * What the demo came to.
   *
   * @param report what was trained
   * @param killed the hospital whose process was killed
   * @param resumed whether it spoke again
   * @param tampered the entry that the audit named in the copy with the flipped byte
   * @param ledger the ledger at the end
   * @param dashboard where it is shown, until the folder is closed
   */
  record Result(
      RunReport report,
      MemberId killed,
      boolean resumed,
      Position tampered,
      DemoLedger.Ended ledger,
      URI dashboard) {}

  /** A training that is over, and the ledger that tells of it. */
  private record Trained(DemoTraining training, DemoLedger.Ended ledger) {}

  Result play(long seed, DemoScreen screen) throws IOException, InterruptedException {
    sayPrivacy(screen);
    screen.act("Four hospitals, and what each could learn alone");
    FederatedData data = data(seed);
    DemoFederation federation = DemoFederation.found(folder.path(), draft, data);
    Charter charter = federation.charter();
    SortedMap<MemberId, Trainer> trainers = new TreeMap<>();
    for (MemberId member : data.members()) {
      trainers.put(member, DjlTrainer.factory(1).open(charter.recipe(), data.of(member)));
    }
    try (Jury jury = Jury.of(charter.recipe(), data, trainers, DjlTrainer.factory(1))) {
      screen.columns(data.members());
      SortedMap<MemberId, Evaluation> alone = alone(charter, trainers, jury, screen);
      DemoDashboard dashboard =
          DemoDashboard.start(federation, data.of(federation.members().getFirst().id()));
      folder.atEnd(dashboard::close);
      screen.line("Watch it at " + dashboard.uri());
      Trained trained = train(federation, trainers, jury, dashboard, screen);
      DemoTraining training = trained.training();
      RunReport report =
          new RunReport(
              Figures.of(charter.recipe()),
              training.models().size(),
              training.model().digest(),
              Optional.of(training.head()),
              jury.members(training.model().parameters()),
              alone,
              raw.isPresent() ? jury.pooled(training.model().parameters()) : Optional.empty(),
              Optional.empty());
      if (charter.rules().privacy() != Privacy.NONE) {
        federation.keys().write(federation.auditKeys());
      }
      DemoAudit audit = new DemoAudit(federation, trained.ledger(), screen);
      audit.reproduce(training.models());
      Position tampered = audit.findFlippedByte(folder.scratch("ledger-with-a-flipped-byte"));
      return new Result(
          report,
          federation.members().get(OUTSIDE).id(),
          training.resumed(),
          tampered,
          trained.ledger(),
          dashboard.uri());
    } finally {
      trainers.values().forEach(Trainer::close);
    }
  }

  private void sayPrivacy(DemoScreen screen) {
    switch (draft.rules().privacy()) {
      case NONE -> {
        screen.warning("PRIVACY: none. Updates are signed but not masked: everybody who reads the");
        screen.warning("ledger sees each hospital's update. Do not use it for secrets.");
      }
      case MEMBERS -> {
        screen.line(
            "Privacy: members. Updates are encrypted to the hospitals, who see each other's;");
        screen.line("strangers see none, and no model.");
      }
      case MASKED -> {
        screen.line(
            "Privacy: masked. No update leaves its hospital but masked, and only the sum opens;");
        screen.line("strangers see no model.");
      }
    }
  }

  private FederatedData data(long seed) throws IOException {
    Collection<MemberId> members;
    if (raw.isPresent()) {
      raw.get().deal(folder.path());
      members = RawFiles.HOSPITALS;
    } else {
      Generated.HOSPITALS.write(folder.path(), seed);
      members = Generated.hospitals();
    }
    return FederatedData.read(draft.recipe().data(), members, folder.path(), Optional.empty());
  }

  private static SortedMap<MemberId, Evaluation> alone(
      Charter charter, SortedMap<MemberId, Trainer> trainers, Jury jury, DemoScreen screen)
      throws InterruptedException {
    TreeMap<MemberId, Evaluation> own = new TreeMap<>();
    TreeMap<MemberId, Evaluation> everywhere = new TreeMap<>();
    for (Map.Entry<MemberId, Trainer> member : trainers.entrySet()) {
      MemberId name = member.getKey();
      Parameters model = Alone.train(charter, member.getValue(), name.value());
      jury.member(name, model).ifPresent(evaluation -> own.put(name, evaluation));
      jury.pooled(model).ifPresent(evaluation -> everywhere.put(name, evaluation));
    }
    screen.alone("each alone, own rows", own);
    screen.alone("each alone, all rows", everywhere);
    return own;
  }

  private Trained train(
      DemoFederation federation,
      SortedMap<MemberId, Trainer> trainers,
      Jury jury,
      DemoDashboard dashboard,
      DemoScreen screen)
      throws IOException, InterruptedException {
    try (DemoLedger ledger = kind.start(federation, folder)) {
      folder.atEnd(ledger::close);
      ledger.writeSettings();
      DemoMember outside = federation.members().get(OUTSIDE);
      approve(outside, federation, ledger);
      HospitalProcess process =
          HospitalProcess.of(outside, federation.passphrase(), ledger.environment(outside));
      folder.atEnd(process::destroy);
      screen.act("Together, over the ledger at " + ledger.place());
      screen.line(
          "  %s is a process of its own (%d); nobody conducts"
              .formatted(outside.id(), process.pid()));
      DemoTraining training =
          new DemoTraining(
              federation.charter().training().rounds(), process, ledger::end, jury, screen);
      run(federation, ledger, trainers, dashboard.before(training));
      process.awaitEnd();
      return new Trained(training, ledger.finish());
    }
  }

  private static void approve(DemoMember member, DemoFederation federation, DemoLedger ledger) {
    try (MemberFolder own = MemberFolder.open(member.folder())) {
      Approvals.approve(own, identity(member, federation), ledger.identity(), Policy.PERMISSIVE);
    }
  }

  private static Identity identity(DemoMember member, DemoFederation federation) {
    return new Identity(member.id(), member.key(), federation.charter());
  }

  private void run(
      DemoFederation federation,
      DemoLedger shared,
      SortedMap<MemberId, Trainer> trainers,
      Nodes.Watcher watcher)
      throws InterruptedException {
    try (Opened opened = new Opened(new ConcurrentLinkedDeque<>());
        Nodes nodes = Nodes.likeInProduction(PATIENCE)) {
      folder.atEnd(opened::close);
      folder.atEnd(nodes::close);
      for (DemoMember member : federation.members()) {
        if (member.equals(federation.members().get(OUTSIDE))) {
          continue;
        }
        MemberFolder own = MemberFolder.open(member.folder());
        opened.add(own::close);
        Ledger ledger = shared.open(member);
        opened.add(ledger::close);
        nodes.open(
            identity(member, federation),
            own,
            ledger,
            Optional.ofNullable(trainers.get(member.id())).orElseThrow());
      }
      nodes.run(watcher);
    }
  }

  /**
   * What was opened meanwhile, the last thing first; after Ctrl-C two threads may close it.
   *
   * @param closings close the things
   */
  private record Opened(Deque<Runnable> closings) implements AutoCloseable {

    void add(Runnable closing) {
      closings.addFirst(closing);
    }

    @Override
    public void close() {
      for (Runnable next = closings.poll(); next != null; next = closings.poll()) {
        next.run();
      }
    }
  }
}
