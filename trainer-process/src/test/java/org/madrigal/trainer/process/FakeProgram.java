package org.madrigal.trainer.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Recipes;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.TensorLayout;
import org.madrigal.trainer.LogisticTrainer;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.Dataset;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Scaling;

/** A program that trains a logistic regression, and fails as its first argument says. */
final class FakeProgram {

  private static final Recipe RECIPE = Recipes.heart(new Optimiser.Sgd(0.05, 0, 0));
  private static final TensorLayout LAYOUT = RECIPE.model().layout();

  private final SocketChannel channel;
  private final Mode mode;
  private @Nullable MemberData data;

  /** What it does wrong. */
  enum Mode {
    /** Nothing. */
    GOOD,
    /** Nothing, on rows of its own, judged by figures. */
    OWN,
    /** It speaks version 9. */
    VERSION,
    /** It has another model. */
    MODEL,
    /** It ends while it trains. */
    CRASH,
    /** It ends in the first training of its folder, and then no more. */
    CRASH_ONCE,
    /** It never answers, and has a child that does nothing either. */
    HANG,
    /** It answers with bytes without meaning. */
    GARBAGE,
    /** It claims a body that is too large. */
    HUGE,
    /** It ends in the middle of its answer. */
    HALF,
    /** Its tensors have other shapes. */
    SHAPES,
    /** A parameter is not a number. */
    NAN,
    /** It cannot. */
    ERROR,
    /** It shows its environment. */
    ENVIRONMENT,
    /** It answers another request. */
    OTHER,
    /** Nothing, but that it gives back the model as it came, of whatever size. */
    ECHO
  }

  private FakeProgram(SocketChannel channel, Mode mode) {
    this.channel = channel;
    this.mode = mode;
  }

  /** The command of a program that fails so. */
  static List<String> command(Mode mode) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        FakeProgram.class.getName(),
        mode.name().toLowerCase(Locale.ROOT));
  }

  public static void main(String[] arguments) throws Exception {
    Mode mode = Mode.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    Path socket = Path.of(System.getenv(RunningProgram.SOCKET));
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      System.out.println("a library greets on standard output");
      new FakeProgram(channel, mode).serve();
    }
  }

  private void fill(ByteBuffer buffer) {
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new Misspoken("the node is gone");
        }
      }
    } catch (IOException e) {
      throw new Misspoken("the node is gone", e);
    }
  }

  private void empty(ByteBuffer buffer) {
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new Misspoken("the node is gone", e);
    }
  }

  private void serve() throws Exception {
    ObjectNode hello = Json.MAPPER.createObjectNode().put("type", "hello").put("name", "fake");
    hello.put("protocol", mode == Mode.VERSION ? 9 : 1).putObject("versions").put("logistic", "1");
    Body.NONE.send(hello, this::empty);
    while (true) {
      Message request = Message.read(this::fill, 1 << 28);
      String type = Json.text(request.header(), "type");
      ObjectNode answer =
          Json.MAPPER
              .createObjectNode()
              .put("type", "result")
              .put("id", request.header().path("id").asInt());
      try {
        switch (type) {
          case "describe" -> describe(answer);
          case "rows" -> rows(request, answer);
          case "train" -> train(request, answer);
          case "evaluate" -> evaluate(request, answer);
          case "predict" -> predict(request, answer);
          default -> Body.NONE.send(answer, this::empty);
        }
      } catch (TrainerException e) {
        Body.NONE.send(answer.put("type", "error").put("message", e.getMessage()), this::empty);
      }
      if (type.equals("shutdown")) {
        return;
      }
    }
  }

  private void describe(ObjectNode answer) throws InterruptedException {
    boolean own = mode == Mode.OWN || mode == Mode.ECHO;
    answer.put("rows", own ? "own" : "given");
    if (own) {
      answer.put("train", 40).put("test", 10).put("data", "ab".repeat(32));
    }
    if (mode == Mode.MODEL) {
      answer.putArray("tensors").addObject().put("name", "w").putArray("shape").add(3);
    }
    Body.NONE.send(answer, this::empty);
  }

  private void rows(Message request, ObjectNode answer) throws InterruptedException {
    Map<String, Matrix> tensors = tensors(request);
    data =
        new MemberData(
            dataset(tensors, "train"),
            dataset(tensors, "test"),
            Optional.of(Scaling.of(new Standardisation(List.of()))));
    Body.NONE.send(answer, this::empty);
  }

  private static Dataset dataset(Map<String, Matrix> tensors, String split) {
    return new Dataset(get(tensors, split + ".features"), get(tensors, split + ".targets"), 2);
  }

  private static Matrix get(Map<String, Matrix> tensors, String name) {
    Matrix matrix = tensors.get(name);
    if (matrix == null) {
      throw new TrainerException("There is no tensor " + name);
    }
    return matrix;
  }

  private Map<String, Matrix> tensors(Message request) throws InterruptedException {
    Map<String, Matrix> read = new HashMap<>();
    for (Tensors.Entry entry : Tensors.read(this::fill, request.body()).all()) {
      float[] values = new float[entry.elements()];
      Tensors.numbers(this::fill, entry, values, 0);
      int rows = entry.shape().getFirst();
      int columns = entry.shape().size() == 1 ? 1 : entry.shape().getLast();
      read.put(entry.name(), Matrix.takeOver(rows, columns, values));
    }
    return read;
  }

  private static Parameters parameters(Map<String, Matrix> tensors) {
    float[] values = new float[LAYOUT.length()];
    System.arraycopy(get(tensors, "0.weight").toArray(), 0, values, 0, values.length - 1);
    values[values.length - 1] = get(tensors, "0.bias").at(0, 0);
    return Parameters.takeOver(values);
  }

  private LogisticTrainer trainer() {
    MemberData rows = data;
    if (rows == null) {
      throw new TrainerException("Nobody gave any rows");
    }
    return new LogisticTrainer(RECIPE, rows);
  }

  private void train(Message request, ObjectNode answer) throws Exception {
    if (mode == Mode.ECHO) {
      echo(request, answer);
      return;
    }
    Parameters global = parameters(tensors(request));
    System.err.println("training");
    switch (mode) {
      case GOOD, VERSION, MODEL, ECHO -> trained(request.header(), global, answer);
      case OWN -> Body.of(LAYOUT, global).send(answer, this::empty);
      case CRASH -> {
        System.err.println("the GPU is on fire");
        System.exit(3);
      }
      case CRASH_ONCE -> {
        Path mark = Path.of(System.getenv("HOME"), "crashed");
        if (Files.notExists(mark)) {
          Files.createFile(mark);
          System.exit(3);
        }
        trained(request.header(), global, answer);
      }
      case HANG -> {
        Process child = new ProcessBuilder("sleep", "1000").inheritIO().start();
        Path pids = Path.of(System.getenv("HOME"), "pids");
        Path part = pids.resolveSibling("pids.part");
        Files.writeString(part, ProcessHandle.current().pid() + "\n" + child.pid() + "\n");
        Files.move(part, pids);
        new CountDownLatch(1).await();
      }
      case GARBAGE ->
          empty(ByteBuffer.wrap("Epoch 1/10: 100%".repeat(9).getBytes(StandardCharsets.UTF_8)));
      case HUGE -> new Message(answer, 1L << 50).write(this::empty);
      case HALF -> {
        new Message(answer, 1000).write(this::empty);
        System.exit(0);
      }
      case SHAPES -> Body.NONE.and("0.weight", Matrix.of(1, 2, 1, 2)).send(answer, this::empty);
      case NAN -> {
        float[] values = global.toArray();
        values[5] = Float.NaN;
        Body.of(LAYOUT, Parameters.takeOver(values)).send(answer, this::empty);
      }
      case ERROR -> throw new TrainerException("The disk with the rows is not mounted");
      case ENVIRONMENT -> {
        new TreeMap<>(System.getenv()).forEach((k, v) -> System.err.println("<" + k + "=" + v));
        throw new TrainerException("names: " + new TreeMap<>(System.getenv()).keySet());
      }
      case OTHER -> Body.NONE.send(answer.put("id", 77), this::empty);
    }
  }

  private void echo(Message request, ObjectNode answer) throws InterruptedException {
    Body body = Body.NONE;
    for (Map.Entry<String, Matrix> each : tensors(request).entrySet()) {
      body = body.and(each.getKey(), each.getValue());
    }
    body.send(answer, this::empty);
  }

  private void trained(ObjectNode header, Parameters global, ObjectNode answer)
      throws InterruptedException {
    if (header.path("steps").asLong() > 100_000) {
      new CountDownLatch(1).await();
    }
    Body.NONE.send(answer.deepCopy().put("type", "progress"), this::empty);
    List<Double> weights = List.of();
    TrainingTask task =
        new TrainingTask(
            header.path("round").asInt(),
            new Optimiser.Sgd(
                header.path("optimiser").path("rate").asDouble(),
                header.path("optimiser").path("momentum").asDouble(),
                header.path("optimiser").path("weight_decay").asDouble()),
            new LocalTraining(
                new Amount.Steps(header.path("amount").path("count").asInt()),
                header.path("batch").asInt(),
                header.path("seed").asLong(),
                weights),
            header.path("proximal_mu").asDouble(),
            header.path("member_seed").asLong());
    TrainedUpdate update = trainer().train(task, global);
    ObjectNode metrics = answer.putObject("metrics");
    update.metrics().forEach(metrics::put);
    Body.of(LAYOUT, update.trained()).send(answer, this::empty);
  }

  private void evaluate(Message request, ObjectNode answer) throws InterruptedException {
    Parameters parameters = parameters(tensors(request));
    if (mode == Mode.OWN) {
      answer.put("samples", 10).put("loss", 0.5).putObject("metrics").put("accuracy", 0.75);
      Body.NONE.send(answer, this::empty);
      return;
    }
    MemberData rows = data;
    if (rows == null) {
      throw new TrainerException("Nobody gave any rows");
    }
    boolean test = request.header().path("split").asText().equals("test");
    outputs(parameters, (test ? rows.test() : rows.train()).features(), answer);
  }

  private void predict(Message request, ObjectNode answer) throws InterruptedException {
    Map<String, Matrix> tensors = tensors(request);
    outputs(parameters(tensors), get(tensors, "madrigal.features"), answer);
  }

  private void outputs(Parameters parameters, Matrix features, ObjectNode answer)
      throws InterruptedException {
    float[] logits = new float[features.rows()];
    for (int row = 0; row < logits.length; row++) {
      double z = parameters.at(features.columns());
      for (int i = 0; i < features.columns(); i++) {
        z += (double) parameters.at(i) * features.at(row, i);
      }
      logits[row] = (float) z;
    }
    Body.NONE
        .and(Answers.OUTPUTS, Matrix.takeOver(logits.length, 1, logits))
        .send(answer, this::empty);
  }
}
