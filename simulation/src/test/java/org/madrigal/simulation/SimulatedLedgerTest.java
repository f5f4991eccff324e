package org.madrigal.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerContract;
import org.madrigal.ledger.LedgerException;

final class SimulatedLedgerTest extends LedgerContract {

  private static final MemberId ADA = new MemberId("ada");
  private static final MemberId BOB = new MemberId("bob");

  /** A slow ledger that takes back a block now and then, and hears everything twice. */
  private static final LedgerHabits MOODY =
      new LedgerHabits(Duration.ofMillis(700), Duration.ofMillis(100), 3, 0.3, 0.5, 0);

  private final Timeline timeline = new Timeline();
  private final Counts counts = new Counts();
  private final List<Entry> seen = new ArrayList<>();

  /** Several threads share what one thread plays: whatever is planned happens at once. */
  private static final class Pumped implements Ledger {
    private final Timeline timeline;
    private final Link link;

    Pumped(Timeline timeline, Link link) {
      this.timeline = timeline;
      this.link = link;
    }

    @Override
    public String identity() {
      return link.identity();
    }

    @Override
    public synchronized void append(SignedStatement statement, Optional<Attachment> attachment) {
      link.append(statement, attachment);
      settle(timeline);
      notifyAll();
    }

    @Override
    public synchronized void catchUp(Duration wait) {
      link.catchUp(wait);
    }

    @Override
    public synchronized List<Entry> read(Position from, int limit, Duration wait)
        throws InterruptedException {
      long end = System.nanoTime() + wait.toNanos();
      List<Entry> read = link.read(from, limit, wait);
      while (read.isEmpty() && System.nanoTime() < end) {
        wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        read = link.read(from, limit, wait);
      }
      return read;
    }

    @Override
    public synchronized void close() {
      link.close();
      notifyAll();
    }
  }

  private static void settle(Timeline timeline) {
    while (timeline.step()) {
      assertThat(timeline.elapsed()).isLessThan(Duration.ofDays(1));
    }
  }

  private SimulatedLedger ledger(LedgerHabits habits) {
    return new SimulatedLedger(
        timeline,
        habits.equals(MOODY) ? timeline : clock,
        Chance.of(3),
        habits,
        counts,
        new SimulatedLedger.Watcher() {
          @Override
          public void finalised(Branch branch, Entry entry) {
            seen.add(entry);
          }

          @Override
          public void readable(MemberId member) {}
        });
  }

  @Override
  protected Ledger open() {
    return new Pumped(timeline, ledger(LedgerHabits.PERFECT).link(ADA));
  }

  private static List<SignedStatement> read(Link link) {
    List<SignedStatement> statements = new ArrayList<>();
    while (true) {
      List<Entry> next = link.read(new Position(statements.size()), 10, Duration.ZERO);
      if (next.isEmpty()) {
        return statements;
      }
      next.forEach(entry -> statements.add(entry.statement()));
    }
  }

  @Test
  void everybodyReadsTheSameHistoryWhateverIsTakenBack() {
    SimulatedLedger ledger = ledger(MOODY);
    Link ada = ledger.link(ADA);
    Link bob = ledger.link(BOB);
    Set<SignedStatement> said = new HashSet<>();
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 200; i++) {
        said.add(statement(i));
        ada.append(statement(i), Optional.empty());
      }
      settle(timeline);
    }

    assertThat(counts.of("re-org")).isPositive();
    assertThat(read(ada)).isEqualTo(read(bob)).doesNotHaveDuplicates();
    assertThat(new HashSet<>(read(ada))).isEqualTo(said);
    assertThat(seen).extracting(entry -> entry.time().epochMillis()).isSorted();
  }

  @Test
  void aLinkThatIsCutGivesNothingUntilItIsMended() {
    Link link = ledger(LedgerHabits.PERFECT).link(ADA);
    link.append(statement(1), Optional.empty());
    settle(timeline);
    link.cut();

    assertThatThrownBy(() -> link.read(Position.FIRST, 1, Duration.ZERO))
        .isInstanceOfSatisfying(
            LedgerException.class,
            e -> assertThat(e.kind()).isEqualTo(LedgerException.Kind.UNREACHABLE));
    assertThatThrownBy(() -> link.append(statement(2), Optional.empty()))
        .isInstanceOf(LedgerException.class);
    link.mend();

    assertThat(read(link)).containsExactly(statement(1));
  }

  @Test
  void aMemberThatIsKeptOutIsNotToldSo() {
    Link link = ledger(LedgerHabits.PERFECT).link(ADA);
    link.censor(true);
    link.append(statement(1), Optional.empty());
    settle(timeline);

    assertThat(read(link)).isEmpty();
    link.censor(false);
    link.append(statement(1), Optional.empty());
    settle(timeline);
    assertThat(read(link)).containsExactly(statement(1));
  }

  @Test
  void aForkHasOneBeginningAndTwoEnds() {
    SimulatedLedger ledger = ledger(LedgerHabits.PERFECT);
    Link ada = ledger.link(ADA);
    Link bob = ledger.link(BOB);
    ada.append(statement(1), Optional.empty());
    settle(timeline);

    ledger.fork(new TreeSet<>(Set.of(BOB)));
    ada.append(statement(2), Optional.empty());
    bob.append(statement(3), Optional.empty());
    settle(timeline);

    assertThat(read(ada)).containsExactly(statement(1), statement(2));
    assertThat(read(bob)).containsExactly(statement(1), statement(3));
  }
}
