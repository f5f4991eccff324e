package org.madrigal.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.ModelSpec;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Recipes;
import org.madrigal.core.model.Shape;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Rows;

final class TorchTest {

  private static final Recipe RECIPE = Recipes.heart(new Optimiser.Sgd(0.05, 0.9, 0));
  private static final MemberData DATA =
      MemberData.of(RECIPE.data(), Rows.twoClasses(90, 13, 1), Rows.twoClasses(60, 13, 2));

  /** Every connection by URL or plain socket asks the proxy selector first. */
  @Test
  void opensNoConnection() throws InterruptedException {
    List<URI> asked = new CopyOnWriteArrayList<>();
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<java.net.Proxy> select(URI uri) {
            asked.add(uri);
            return List.of(java.net.Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
    try (Trainer trainer = open()) {
      trainer.train(TrainingTask.of(RECIPE, 1, 0, "a"), start(RECIPE));
    } finally {
      ProxySelector.setDefault(before);
    }
    assertThat(asked).isEmpty();
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
    assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
  }

  @Test
  void freesWhatManyRoundsMake() throws InterruptedException {
    Torch torch = Torch.load(1);
    try (Trainer trainer = open()) {
      trainer.train(TrainingTask.of(RECIPE, 1, 0, "a"), start(RECIPE));
      int before = arrays(torch);
      for (int round = 2; round < 20; round++) {
        trainer.train(TrainingTask.of(RECIPE, round, 0.1, "a"), start(RECIPE));
        trainer.predict(start(RECIPE), DATA.test().features());
      }
      assertThat(arrays(torch)).isEqualTo(before);
    }
  }

  /** 30 rounds of a model of 4 MB: without freeing, arrays alone would take over 500 MB. */
  @Test
  void keepsTheMemoryOfTheProcess() throws InterruptedException, IOException {
    ModelSpec wide =
        new ModelSpec(
            Shape.of(13), List.of(new Layer.Linear(70_000, true), new Layer.Linear(1, true)));
    Recipe recipe =
        new Recipe(
            RECIPE.data(),
            wide,
            RECIPE.loss(),
            new Optimiser.Adam(1e-6, 0.9, 0.999, 1e-8),
            new LocalTraining(new Amount.Steps(4), 4, 1, List.of()),
            List.of());
    Parameters start = start(recipe);
    try (Trainer trainer = DjlTrainer.factory(1).open(recipe, DATA)) {
      trainer.train(TrainingTask.of(recipe, 1, 0, "a"), start);
      long before = nativeMegabytes();
      for (int round = 2; round <= 31; round++) {
        trainer.train(TrainingTask.of(recipe, round, 0, "a"), start);
      }
      assertThat(nativeMegabytes() - before).isLessThan(250);
    }
  }

  @Test
  void trainsTheSameFromEveryThread() throws Exception {
    try (Trainer trainer = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Parameters expected = train(trainer);
      List<Future<Parameters>> others =
          java.util.stream.IntStream.range(0, 4)
              .mapToObj(i -> threads.submit(() -> train(trainer)))
              .toList();
      for (Future<Parameters> other : others) {
        assertThat(other.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void dropsTheSameElementsAgain() throws InterruptedException {
    ModelSpec model =
        new ModelSpec(
            Shape.of(13),
            List.of(new Layer.Linear(8, true), new Layer.Dropout(0.5), new Layer.Linear(1, true)));
    Recipe dropping = with(model);
    Parameters start = start(dropping);
    Parameters first = trainedBy(dropping, start);
    Parameters undropped =
        trainedBy(
            with(
                new ModelSpec(
                    Shape.of(13),
                    List.of(
                        new Layer.Linear(8, true),
                        new Layer.Dropout(0),
                        new Layer.Linear(1, true)))),
            start);

    assertThat(trainedBy(dropping, start)).isEqualTo(first);
    assertThat(undropped).isNotEqualTo(first);
  }

  @Test
  void refusesAnotherNumberOfThreads() {
    Torch.load(1);
    assertThatThrownBy(() -> Torch.load(2))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("already runs with 1 threads");
  }

  private static Parameters trainedBy(Recipe recipe, Parameters start) throws InterruptedException {
    try (Trainer trainer = DjlTrainer.factory(1).open(recipe, DATA)) {
      return trainer.train(TrainingTask.of(recipe, 1, 0, "a"), start).trained();
    }
  }

  private static Recipe with(ModelSpec model) {
    return new Recipe(
        RECIPE.data(), model, RECIPE.loss(), RECIPE.optimiser(), RECIPE.local(), List.of());
  }

  private static Parameters train(Trainer trainer) throws InterruptedException {
    return trainer.train(TrainingTask.of(RECIPE, 1, 0, "a"), start(RECIPE)).trained();
  }

  private static Trainer open() {
    return DjlTrainer.factory(1).open(RECIPE, DATA);
  }

  private static Parameters start(Recipe recipe) {
    return Initialisation.UNIFORM.parameters(recipe.model(), 42);
  }

  private static int arrays(Torch torch) {
    try (NDManager scope = torch.scope()) {
      return scope.getParentManager().getManagedArrays().size();
    }
  }

  /** The resident memory of this process that is not the Java heap. */
  private static long nativeMegabytes() throws IOException {
    System.gc();
    long resident =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElse(0);
    return (resident * 1024 - Runtime.getRuntime().totalMemory()) >> 20;
  }
}
