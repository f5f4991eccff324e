package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.ledger.MemoryLedger;
import org.madrigal.ledger.TestClock;
import org.madrigal.trainer.Trainer;

/** The loop on threads of its own, with folders on the disk of this machine. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunTest {

  private static final Charter CHARTER = Charters.plain(3, 2);
  private static final Delays DELAYS =
      new Delays(
          Duration.ofSeconds(3),
          Duration.ofMillis(20),
          Duration.ofMillis(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(2),
          Duration.ofMinutes(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2));

  @TempDir private Path folder;

  private final TestClock clock = TestClock.of2026();
  private final MemoryLedger ledger = new MemoryLedger(clock);
  private final ExecutorService edges = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService work = Executors.newCachedThreadPool();
  private final ExecutorService owners = Executors.newCachedThreadPool();
  private final CountDownLatch training = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  @AfterEach
  void close() {
    ledger.close();
    owners.shutdownNow();
    work.shutdownNow();
    edges.shutdownNow();
  }

  private NodeConfig config(int place, MemberFolder open, Trainer trainer) {
    Identity identity = new Identity(Charters.id(place), Charters.key(place), CHARTER);
    Approvals.approve(open, identity, ledger.identity(), Policy.PERMISSIVE);
    return new NodeConfig(
        identity,
        open,
        ledger,
        trainer,
        new Surroundings(clock, new Random(place), new Random(place), edges, work),
        NodeOptions.DEFAULT.with(DELAYS),
        event -> {});
  }

  private MemberFolder member(int place) {
    return MemberFolder.open(folder.resolve(Charters.id(place).value()));
  }

  private Ending run(int place, Trainer trainer) throws InterruptedException {
    try (MemberFolder open = member(place);
        Node node = Node.open(config(place, open, trainer))) {
      return node.run();
    }
  }

  /** Trains until it is interrupted. */
  private Trainer endless() {
    return new ScriptedTrainer(
        CHARTER.layout(),
        (call, task, global) -> {
          training.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
          return Parameters.of(1, 2, 3);
        });
  }

  private Future<Ending> start(Callable<Ending> node) {
    return owners.submit(node);
  }

  private Future<Ending> start(int place) {
    return start(() -> run(place, TestFederation.fixed(CHARTER, place)));
  }

  private static void assertFinished(List<Future<Ending>> nodes) throws Exception {
    for (Future<Ending> node : nodes) {
      assertThat(node.get(60, TimeUnit.SECONDS)).isInstanceOf(Ending.Finished.class);
    }
  }

  @Test
  void threeNodesTrainOneModel() throws Exception {
    List<Future<Ending>> nodes = new ArrayList<>();
    for (int place = 0; place < 3; place++) {
      nodes.add(start(place));
    }
    assertFinished(nodes);
  }

  @Test
  void stopsInTheMiddleOfTrainingAndGoesOnAfterwards() throws Exception {
    Future<Ending> first = start(0);
    Future<Ending> second = start(1);
    try (MemberFolder open = member(2);
        Node node = Node.open(config(2, open, endless()))) {
      Future<Ending> third = start(node::run);
      assertThat(training.await(60, TimeUnit.SECONDS)).isTrue();
      node.stop();
      assertThat(third.get(60, TimeUnit.SECONDS)).isInstanceOf(Ending.Stopped.class);
      assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    }
    Future<Ending> again = start(2);
    assertFinished(List.of(first, second, again));
  }

  /** The server took what it was sent, and is gone before it answers. */
  @Test
  void waitsForNoAnswerToWhatIsReadBack() throws Exception {
    List<Future<Ending>> others = List.of(start(0), start(1));
    try (MemberFolder open = member(2);
        ExecutorService own = Executors.newVirtualThreadPerTaskExecutor()) {
      NodeConfig usual = config(2, open, TestFederation.fixed(CHARTER, 2));
      NodeConfig unanswered =
          new NodeConfig(
              usual.identity(),
              open,
              new UnansweringLedger(ledger),
              usual.trainer(),
              new Surroundings(clock, new Random(2), new Random(2), own, work),
              usual.options(),
              event -> {});
      try (Node node = Node.open(unanswered)) {
        assertThat(start(node::run).get(60, TimeUnit.SECONDS)).isInstanceOf(Ending.Finished.class);
      }
      own.shutdown();
      assertThat(own.awaitTermination(20, TimeUnit.SECONDS)).as("nothing is under way").isTrue();
    }
    assertFinished(others);
  }

  @Test
  void losesNothingWhenItsThreadIsInterrupted() throws Exception {
    List<Future<Ending>> others = List.of(start(0), start(1));
    try (MemberFolder open = member(2);
        Node node = Node.open(config(2, open, endless()))) {
      List<Thread> owner = new ArrayList<>();
      CountDownLatch known = new CountDownLatch(1);
      Future<Ending> third =
          start(() -> {
            owner.add(Thread.currentThread());
            known.countDown();
            return node.run();
          });
      assertThat(known.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(training.await(60, TimeUnit.SECONDS)).isTrue();
      owner.getFirst().interrupt();
      assertThatThrownBy(() -> third.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
    }
    try (MemberFolder open = member(2)) {
      Identity identity = new Identity(Charters.id(2), Charters.key(2), CHARTER);
      assertThat(Approvals.find(open, identity)).isPresent();
    }
    assertThat(start(2).get(60, TimeUnit.SECONDS)).isInstanceOf(Ending.Finished.class);
    assertFinished(others);
  }

  @Test
  void showsItsStateToOtherThreads() throws Exception {
    List<Future<Ending>> others = List.of(start(0), start(1));
    try (MemberFolder open = member(2);
        Node node = Node.open(config(2, open, TestFederation.fixed(CHARTER, 2)))) {
      assertThat(node.state().federation()).isEmpty();
      assertThat(start(node::run).get(60, TimeUnit.SECONDS)).isInstanceOf(Ending.Finished.class);
      assertThat(node.state().history().head().position().value()).isGreaterThan(10);
    }
    assertFinished(others);
  }
}
