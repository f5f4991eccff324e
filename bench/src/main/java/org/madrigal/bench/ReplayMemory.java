package org.madrigal.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;

/** The memory that a state holds on to, after histories of several lengths. */
final class ReplayMemory {

  private static final int MEMBERS = 4;
  private static final int PARAMETERS = 200_000;

  private ReplayMemory() {}

  static void print(PrintStream out) throws IOException {
    out.println("| entries | bytes of attachments, MiB | live heap of the state, MiB |");
    out.println("|---:|---:|---:|");
    for (int rounds : new int[] {10, 100, 1000}) {
      long before = liveHeap();
      State state = play(rounds);
      long after = liveHeap();
      long entries = state.history().head().position().value();
      out.println(
          "| %d | %.0f | %.1f |"
              .formatted(
                  entries,
                  (double) rounds * MEMBERS * PARAMETERS * Float.BYTES / (1 << 20),
                  (after - before) / (double) (1 << 20)));
      if (state.federation().isEmpty()) {
        throw new IllegalStateException("the state must outlive the measurement");
      }
    }
  }

  /** Writes and replays a history without keeping it. */
  private static State play(int rounds) {
    List<SigningKey> keys = BenchCharter.keys(MEMBERS);
    Charter charter = BenchCharter.of(keys, PARAMETERS, rounds + 1);
    Attachment update = Attachment.of(Parameters.of(new float[PARAMETERS]).toBytes());
    State state = State.initial(charter.id());
    List<Statement> opening = new ArrayList<>();
    opening.add(new Statement.Founding(charter));
    for (int member = 0; member < MEMBERS; member++) {
      opening.add(new Statement.Enrolment("memory"));
    }
    for (int i = 0; i < opening.size(); i++) {
      state = say(state, charter, keys, Math.max(0, i - 1), opening.get(i), Optional.empty());
    }
    state =
        say(state, charter, keys, 0, new Statement.InitialModel(update.ref()), Optional.of(update));
    for (int i = 0; i < rounds * MEMBERS; i++) {
      Phase.Training training = (Phase.Training) state.federation().orElseThrow().phase();
      Statement statement =
          new Statement.Update(
              training.open().round(), training.model().digest(), update.ref(), Metrics.NONE);
      state = say(state, charter, keys, i % MEMBERS, statement, Optional.of(update));
    }
    return state;
  }

  private static State say(
      State state,
      Charter charter,
      List<SigningKey> keys,
      int member,
      Statement statement,
      Optional<Attachment> attachment) {
    SignedStatement signed =
        StatementCodec.sign(
            charter.roster().get(member).id(),
            new Payload(charter.id(), state.history().head(), statement),
            keys.get(member));
    Entry entry =
        new Entry(
            state.history().head().position(),
            new LedgerTime(1_700_000_000_000L),
            signed,
            attachment);
    return Replay.apply(state, entry).state();
  }

  private static long liveHeap() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
