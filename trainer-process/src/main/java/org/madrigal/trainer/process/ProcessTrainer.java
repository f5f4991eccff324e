package org.madrigal.trainer.process;

import java.util.Optional;
import java.util.SortedMap;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.trainer.Description;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.FederatedRows;
import org.madrigal.trainer.Provenance;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.TrainerFactory;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.Dataset;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Split;

/**
 * Trains in a program of the member's own: docs/trainer-protocol.md. One call runs at a time;
 * others wait for it. A program that failed is started anew by the next call.
 */
public final class ProcessTrainer implements Trainer {

  private static final String FEATURES = "madrigal.features";

  private final Recipe recipe;
  private final MemberData data;
  private final Conversation conversation;
  private final Description description;

  private ProcessTrainer(Recipe recipe, MemberData data, Conversation conversation)
      throws InterruptedException {
    this.recipe = recipe;
    this.data = data;
    this.conversation = conversation;
    Conversation.Rows rows = conversation.rows();
    if (!rows.own() && data.isNone()) {
      throw new TrainerException(
          "The trainer program takes its rows from the node, which has none: say where they are by"
              + " data: in member.yaml");
    }
    Digest digest = rows.digest().orElseGet(() -> data.train().digest());
    this.description =
        new Description(
            recipe.model().layout(),
            rows.own() ? rows.train() : data.train().rows(),
            rows.own() ? rows.test() : data.test().rows(),
            digest,
            conversation.versions());
  }

  /** Opens trainers that are {@code program}. */
  public static TrainerFactory factory(Program program) {
    return (recipe, data) -> {
      checkInputs(recipe, data.train().features());
      Conversation conversation = new Conversation(program, recipe);
      try {
        return new ProcessTrainer(recipe, data, conversation);
      } catch (InterruptedException e) {
        conversation.close();
        Thread.currentThread().interrupt();
        throw new TrainerException("Starting the trainer program was interrupted", e);
      } catch (RuntimeException e) {
        conversation.close();
        throw e;
      }
    };
  }

  @Override
  public Description describe() {
    return description;
  }

  @Override
  public TrainedUpdate train(TrainingTask task, Parameters global) throws InterruptedException {
    description.check(global);
    checkScaled();
    Session.Request request =
        Session.Request.of(
            "train",
            Body.of(description.layout(), global),
            Answers.most(description.layout().length()));
    Asking.task(request.header(), task);
    request
        .header()
        .put("first_step", task.firstStep(description.trainRows()))
        .put("steps", task.steps(description.trainRows()));
    Provenance provenance = new Provenance(description.data(), task, description.versions());
    return conversation.ask(
        given(),
        request,
        (answer, feed) -> {
          SortedMap<String, Double> metrics = Json.numbers(answer.header(), "metrics");
          Parameters trained = Answers.parameters(description.layout(), answer, feed);
          return new TrainedUpdate(trained, description.trainRows(), metrics, provenance);
        });
  }

  @Override
  public Evaluation evaluate(Parameters parameters, Split split) throws InterruptedException {
    description.check(parameters);
    checkScaled();
    int rows = split == Split.TRAIN ? description.trainRows() : description.testRows();
    if (rows == 0) {
      throw new TrainerException("There are no %s rows to judge by".formatted(split.kind()));
    }
    long width = (long) recipe.model().output().elements() + recipe.data().targets();
    Session.Request request =
        Session.Request.of(
            "evaluate", Body.of(description.layout(), parameters), Answers.most(width * rows));
    request.header().put("split", split.kind());
    boolean own = conversation.rows().own();
    Dataset known = split == Split.TRAIN ? data.train() : data.test();
    return conversation.ask(
        given(),
        request,
        (answer, feed) -> {
          if (answer.body() == 0) {
            return Answers.figures(recipe, rows, answer.header());
          }
          return own
              ? Answers.judged(recipe, rows, answer, feed)
              : Evaluation.of(Answers.outputs(recipe, rows, answer, feed), known);
        });
  }

  @Override
  public Matrix predict(Parameters parameters, Matrix features) throws InterruptedException {
    description.check(parameters);
    checkScaled();
    checkInputs(recipe, features);
    long width = recipe.model().output().elements();
    Session.Request request =
        Session.Request.of(
            "predict",
            Body.of(description.layout(), parameters).and(FEATURES, features),
            Answers.most(width * features.rows()));
    return conversation
        .ask(
            given(),
            request,
            (answer, feed) -> Answers.outputs(recipe, features.rows(), answer, feed))
        .predictions();
  }

  @Override
  public Statistics statistics() {
    if (conversation.isOwn()) {
      throw new TrainerException(
          "The trainer program reads its rows itself, so that there are no federated statistics of"
              + " them; give it the rows by data: in member.yaml, or choose another normalisation");
    }
    return FederatedRows.statistics(recipe, data);
  }

  @Override
  public Trainer standardised(Standardisation by) {
    if (!FederatedRows.areIn(recipe)) {
      return this;
    }
    try {
      return new ProcessTrainer(recipe, FederatedRows.standardised(recipe, data, by), conversation);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainerException("Bringing rows to one scale was interrupted", e);
    }
  }

  @Override
  public void close() {
    conversation.close();
  }

  /** The rows that the program is to have, where it has none of its own. */
  private Optional<Conversation.Given> given() {
    return conversation.isOwn()
        ? Optional.empty()
        : Optional.of(new Conversation.Given(description.data(), data));
  }

  private void checkScaled() {
    if (!conversation.isOwn()) {
      FederatedRows.checkScaled(data);
    }
  }

  private static void checkInputs(Recipe recipe, Matrix features) {
    if (features.columns() != recipe.data().inputs()) {
      throw new TrainerException(
          "The model takes %d inputs, but the rows have %d"
              .formatted(recipe.data().inputs(), features.columns()));
    }
  }
}
