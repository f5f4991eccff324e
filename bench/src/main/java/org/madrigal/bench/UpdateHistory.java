package org.madrigal.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.madrigal.core.crypto.Bytes;
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

/**
 * A federation's history of updates drawn at random, as bytes: what a ledger would hold after some
 * rounds, without anybody having trained.
 */
final class UpdateHistory {

  /**
   * One entry as it lies on a disk.
   *
   * @param statement the bytes of the signed statement
   * @param attachment the bytes beside it
   */
  record Stored(Bytes statement, Optional<Bytes> attachment) {}

  private final Charter charter;
  private final List<SigningKey> keys;
  private final Random random = new Random(17);
  private final List<Stored> stored = new ArrayList<>();
  private State state;

  UpdateHistory(int members, int parameters, int rounds) {
    keys = BenchCharter.keys(members);
    charter = BenchCharter.of(keys, parameters, rounds);
    state = State.initial(charter.id());
    say(0, new Statement.Founding(charter), Optional.empty());
    for (int member = 0; member < members; member++) {
      say(member, new Statement.Enrolment("memory"), Optional.empty());
    }
    Attachment initial = Attachment.of(Parameters.of(new float[parameters]).toBytes());
    say(0, new Statement.InitialModel(initial.ref()), Optional.of(initial));
    for (int round = 0; round < rounds; round++) {
      for (int member = 0; member < members; member++) {
        update(member);
      }
    }
  }

  Charter charter() {
    return charter;
  }

  List<Stored> stored() {
    return List.copyOf(stored);
  }

  private void update(int member) {
    if (!(state.federation().orElseThrow().phase() instanceof Phase.Training training)) {
      throw new IllegalStateException("no round is open");
    }
    float[] delta = new float[charter.layout().length()];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = random.nextFloat() - 0.5f;
    }
    Attachment attachment = Attachment.of(Parameters.takeOver(delta).toBytes());
    say(
        member,
        new Statement.Update(
            training.open().round(), training.model().digest(), attachment.ref(), Metrics.NONE),
        Optional.of(attachment));
  }

  private void say(int member, Statement statement, Optional<Attachment> attachment) {
    SignedStatement signed =
        StatementCodec.sign(
            charter.roster().get(member).id(),
            new Payload(charter.id(), state.history().head(), statement),
            keys.get(member));
    stored.add(new Stored(signed.bytes(), attachment.map(Attachment::content)));
    state = Replay.apply(state, entry(state, stored.getLast())).state();
  }

  /** The next entry, hashed as one that comes from a ledger. */
  static Entry entry(State state, Stored stored) {
    return new Entry(
        state.history().head().position(),
        new LedgerTime(state.history().head().position().value()),
        SignedStatement.of(stored.statement()),
        stored.attachment().map(Attachment::of));
  }
}
