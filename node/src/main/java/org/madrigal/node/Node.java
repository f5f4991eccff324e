package org.madrigal.node;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.state.Attempt;
import org.madrigal.core.state.Elsewhere;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Named;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.State;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;
import org.madrigal.node.journal.Outbox;
import org.madrigal.node.journal.Signing.Said;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;
import org.madrigal.node.vault.Vault;

/**
 * One member's node: reads final entries, replays them, and does what the member owes.
 *
 * <p>One owner thread turns the loop and touches everything; reading, sending and training run on
 * the executors of {@link Surroundings} and come back as messages. {@link #run} is the loop; a
 * simulator calls {@link #turn} instead. Only {@link #stop} and {@link #state} may be called from
 * other threads.
 */
public final class Node implements AutoCloseable {

  private final NodeConfig config;
  private final SigningJournal journal;
  private final Inbox inbox = new Inbox();
  private final Voice voice;
  private final Signer signer;
  private final Chores chores;
  private final Sender sender;
  private final Reader reader;
  private final Agenda agenda;
  private final OwnersRequests requests;
  private final Completion completion;
  private final Confidant confidant;
  private final Gathering gathering;
  private final Warnings warnings;
  private volatile State state;
  private volatile boolean stopRequested;
  private boolean acting;
  private boolean closed;
  private @Nullable Ending ending;

  private Node(NodeConfig config, SigningJournal journal) {
    Disk disk = config.folder().disk();
    Delays delays = config.options().delays();
    Outbox outbox = new Outbox(disk, MemberFolder.OUTBOX, journal);
    LedgerTrouble trouble = new LedgerTrouble(config.listener(), this::end);
    this.config = config;
    this.journal = journal;
    state = State.initial(config.identity().federation());
    voice = new Voice(config.identity(), disk, journal, outbox, config.options().rejoin());
    signer = new Signer(config.identity(), journal, outbox, config.keeping().shelf());
    chores = new Chores(config.surroundings(), delays, inbox, config.listener(), this::sign);
    sender =
        new Sender(
            config.ledger(),
            outbox,
            config.surroundings(),
            delays,
            inbox,
            trouble,
            config.listener());
    reader =
        new Reader(config.ledger(), config.surroundings(), delays, inbox, trouble, this::arrived);
    confidant =
        new Confidant(
            config,
            Vault.open(
                disk,
                MemberFolder.SECRETS,
                config.identity().federation(),
                config.identity().member(),
                config.identity().key(),
                config.surroundings().secrets()));
    if (voice.isRejoining()) {
      confidant.rejoin();
    }
    gathering = new Gathering(config, inbox);
    warnings = new Warnings(config);
    agenda = new Agenda(config, journal, voice, chores, sender, confidant);
    requests = new OwnersRequests(config, journal, this::sign);
    completion = new Completion(config, agenda, voice);
  }

  /**
   * Opens a member's journal and checks what its owner allows; nothing runs yet.
   *
   * @throws NodeException of kind {@code REFUSED} if the owner has not approved the charter, the
   *     policy forbids it, the trainer trains another model, or the member has handed this ledger
   *     over; {@code DAMAGED}, {@code DISK}
   */
  public static Node open(NodeConfig config) {
    Identity identity = config.identity();
    config.options().policy().check(identity.charter());
    config.options().policy().check(config.trainer().describe());
    if (!config.trainer().describe().layout().equals(identity.charter().layout())) {
      throw new NodeException(
          Kind.REFUSED,
          "The trainer has the parameters %s, but the charter '%s' has %s; use the trainer that fits the charter"
              .formatted(
                  config.trainer().describe().layout(),
                  identity.charter().name(),
                  identity.charter().layout()));
    }
    if (!config.options().rejoin() && Approvals.find(config.folder(), identity).isEmpty()) {
      throw Approvals.missing(identity.charter());
    }
    SigningJournal journal =
        SigningJournal.open(
            config.folder().disk(),
            MemberFolder.JOURNAL,
            identity.federation(),
            identity.key().verifyingKey());
    try {
      Handovers.check(journal, identity, config.ledger().identity());
      return new Node(config, journal);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /**
   * Runs until there is nothing left to do, something ends the node, or {@link #stop} is called;
   * then closes it.
   *
   * @throws InterruptedException if the thread is interrupted; nothing that was signed is lost
   */
  public Ending run() throws InterruptedException {
    try (this) {
      Optional<Ending> end = turn();
      while (end.isEmpty()) {
        inbox.await(config.options().delays().tick());
        end = turn();
      }
      return end.get();
    }
  }

  /** Does everything that can be done now, without waiting; says why the node ends, if it does. */
  public Optional<Ending> turn() {
    try {
      inbox.drain();
      if (stopRequested) {
        end(new Ending.Stopped());
      }
      if (ending == null) {
        step();
      }
    } catch (NodeException e) {
      end(new Ending.Failed(e));
    }
    return Optional.ofNullable(ending);
  }

  /** Asks the node to stop after the write that is under way. Any thread. */
  public void stop() {
    stopRequested = true;
    inbox.post(() -> {});
  }

  /** What the entries read so far mean. Any thread. */
  public State state() {
    return state;
  }

  private void step() {
    boolean isWaiting = gathering.isWaiting();
    gathering.gather(acting ? elsewhere() : List.of());
    if (!isWaiting) {
      reader.read(state.history().head().position());
    }
    if (!reader.hasCaughtUp()) {
      return;
    }
    if (!acting) {
      Set<Slot> open = agenda.open(state);
      open.removeAll(Set.of(Slot.founding(), Slot.enrolment()));
      // Without one of these all may wait for ever, and said twice they are harmless: a nudge after
      // the same entries is the same bytes, and any initial model that counts says the same.
      open.removeIf(slot -> slot.isNudge() || slot.isInitialModel());
      voice.caughtUp(open);
      confidant.caughtUp(journal, state).forEach(warnings::ofOldSecrets);
      config.keeping().shelf().sweep(voice.unreadAttachments());
      tell(new NodeEvent.CaughtUp(state.history().head()));
      warnings.ofAnotherLedger(state);
      acting = true;
    }
    requests.take(state);
    agenda.act(state);
    if (!config.options().stay()) {
      completion.of(state).ifPresent(this::end);
    }
  }

  private void arrived(List<Entry> entries) {
    for (Entry entry : entries) {
      if (ending != null || stopRequested) {
        return;
      }
      Optional<Outcome> applied = apply(entry);
      if (applied.isEmpty()) {
        return;
      }
      Outcome outcome = applied.get();
      state = outcome.state();
      elsewhere().forEach(named -> config.keeping().shelf().offer(named.attachment().sha256()));
      confidant.hear(outcome.events());
      tell(new NodeEvent.Judged(entry, outcome));
      if (acting) {
        warnings.ofVain(entry, outcome);
      }
      Forks.find(entry, outcome, config.options().pastForks())
          .or(() -> voice.hear(entry, outcome))
          .ifPresent(this::end);
      if (confidant.learnedPast()) {
        replayAgain();
        return;
      }
    }
  }

  /** What the entry means; nothing where the node must get attachments first. */
  private Optional<Outcome> apply(Entry entry) {
    return switch (config
        .surroundings()
        .replay()
        .attempt(state, entry, confidant.keys(), config.keeping().shelf())) {
      case Attempt.Done(Outcome outcome) -> Optional.of(outcome);
      case Attempt.Wanting(List<Named> missing) -> {
        gathering.await(missing);
        yield Optional.empty();
      }
    };
  }

  private List<Named> elsewhere() {
    return state.federation().map(Federation::elsewhere).map(Elsewhere::all).orElse(List.of());
  }

  /** With keys of epochs before, the same entries give a model that could not be computed. */
  private void replayAgain() {
    state = State.initial(config.identity().federation());
    reader.startAgain();
  }

  private void sign(Slot slot, Draft draft) {
    if (agenda.owed(state).containsKey(slot)) {
      sign(draft);
    } else {
      tell(new NodeEvent.Abandoned(slot));
    }
  }

  private void sign(Draft draft) {
    if (ending == null) {
      Said said = signer.sign(state.history().head(), draft);
      voice.said(said);
      confidant.said(draft.statement());
      tell(new NodeEvent.Signed(said.slot()));
    }
  }

  private void tell(NodeEvent event) {
    config.listener().on(event);
  }

  private void end(Ending reason) {
    if (ending == null) {
      ending = reason;
    }
  }

  /** Gives up what is under way, in bounded time, and closes the journal. Owner thread. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    gathering.stop();
    try {
      chores.stop(config.options().delays().stop());
      sender.stop(config.options().delays().stop());
      reader.stop(config.options().delays().stop());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      journal.close();
    }
  }
}
