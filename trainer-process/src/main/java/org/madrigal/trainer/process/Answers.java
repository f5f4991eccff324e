package org.madrigal.trainer.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.model.Metric;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.Tensor;
import org.madrigal.core.model.TensorLayout;
import org.madrigal.trainer.Confusion;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.Outputs;
import org.madrigal.trainer.data.Dataset;
import org.madrigal.trainer.data.Matrix;

/** What a program answers, checked. All methods throw {@link Misspoken} for what does not fit. */
final class Answers {

  /** The tensor of what the last layer gave. */
  static final String OUTPUTS = "madrigal.outputs";

  /** The tensor of what was to be predicted. */
  static final String TARGETS = "madrigal.targets";

  private static final int WIDEST = Double.BYTES;

  private Answers() {}

  /** The most bytes of a body with {@code numbers} numbers. */
  static long most(long numbers) {
    return Long.BYTES + Tensors.MAX_HEADER + numbers * WIDEST;
  }

  /** The parameters of a model, whatever the order of the tensors and the type of the numbers. */
  static Parameters parameters(TensorLayout layout, Message answer, Feed feed)
      throws InterruptedException {
    Tensors tensors = Tensors.read(feed, answer.body());
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < layout.tensors().size(); i++) {
      indexes.put(layout.tensors().get(i).name(), i);
    }
    if (tensors.all().size() != indexes.size()) {
      throw misfit(layout, tensors);
    }
    for (Tensors.Entry entry : tensors.all()) {
      Integer index = indexes.get(entry.name());
      if (index == null || !layout.tensors().get(index).shape().sizes().equals(entry.shape())) {
        throw misfit(layout, tensors);
      }
    }
    int[] offsets = offsets(layout);
    float[] values = new float[layout.length()];
    for (Tensors.Entry entry : tensors.all()) {
      int index = indexes.getOrDefault(entry.name(), 0);
      Tensors.numbers(feed, entry, values, offsets[index]);
    }
    return Parameters.takeOver(values);
  }

  private static int[] offsets(TensorLayout layout) {
    int[] offsets = new int[layout.tensors().size()];
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = offsets[i - 1] + layout.tensors().get(i - 1).shape().elements();
    }
    return offsets;
  }

  private static Misspoken misfit(TensorLayout layout, Tensors tensors) {
    return new Misspoken(
        "it gave the tensors %s, but the charter's model has %s"
            .formatted(tensors.brief(), brief(layout)));
  }

  private static String brief(TensorLayout layout) {
    List<Tensor> first = layout.tensors().subList(0, Math.min(layout.tensors().size(), 10));
    return String.join(", ", first.stream().map(t -> t.name() + t.shape()).toList())
        + (layout.tensors().size() > first.size() ? ", ..." : "");
  }

  /** Checks the tensors that a program says it has. */
  static void checkLayout(TensorLayout layout, JsonNode described) {
    JsonNode tensors = described.path("tensors");
    if (tensors.isMissingNode()) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (JsonNode tensor : tensors) {
      String name = Json.text(tensor, "name");
      names.add(name + Tensors.shape(name, tensor.path("shape")));
    }
    List<String> expected =
        layout.tensors().stream().map(tensor -> tensor.name() + tensor.shape()).toList();
    if (!names.equals(expected)) {
      throw new Misspoken(
          "it has the tensors %s, but the charter's model has %s"
              .formatted(Json.printable(names.toString()), brief(layout)));
    }
  }

  /** Rows of a tensor called {@code name}, {@code columns} wide. */
  private static Matrix rows(Tensors.Entry entry, int rows, int columns, Feed feed)
      throws InterruptedException {
    boolean flat = columns == 1 && entry.shape().equals(List.of(rows));
    if (!flat && !entry.shape().equals(List.of(rows, columns))) {
      throw new Misspoken(
          "the tensor '%s' has the shape %s, not %s"
              .formatted(entry.name(), entry.shape(), Shape.of(rows, columns)));
    }
    float[] values = new float[Math.multiplyExact(rows, columns)];
    Tensors.numbers(feed, entry, values, 0);
    return Matrix.takeOver(rows, columns, values);
  }

  /** What the last layer gave for {@code rows} rows. */
  static Outputs outputs(Recipe recipe, int rows, Message answer, Feed feed)
      throws InterruptedException {
    Tensors tensors = Tensors.read(feed, answer.body());
    if (tensors.all().size() != 1 || tensors.named(OUTPUTS).isEmpty()) {
      throw new Misspoken(
          "it gave the tensors %s, not '%s' alone".formatted(tensors.brief(), OUTPUTS));
    }
    int width = recipe.model().output().elements();
    return new Outputs(recipe.loss(), rows(tensors.all().getFirst(), rows, width, feed));
  }

  /** How good a model is on rows that only the program has, by outputs and targets. */
  static Evaluation judged(Recipe recipe, int rows, Message answer, Feed feed)
      throws InterruptedException {
    Tensors tensors = Tensors.read(feed, answer.body());
    Map<String, Matrix> read = new HashMap<>();
    int width = recipe.model().output().elements();
    for (Tensors.Entry entry : tensors.all()) {
      int columns = entry.name().equals(OUTPUTS) ? width : recipe.data().targets();
      read.put(entry.name(), rows(entry, rows, columns, feed));
    }
    Matrix outputs = read.get(OUTPUTS);
    Matrix targets = read.get(TARGETS);
    if (outputs == null || targets == null || read.size() != 2) {
      throw new Misspoken(
          "it gave the tensors %s, not '%s' and '%s'".formatted(tensors.brief(), OUTPUTS, TARGETS));
    }
    int classes = recipe.data().classes();
    for (int row = 0; classes > 0 && row < rows; row++) {
      float label = targets.at(row, 0);
      if (!(label >= 0 && label < classes) || label != (int) label) {
        throw new Misspoken(
            "the target of row %d is %s, not one of %d classes from 0"
                .formatted(row, label, classes));
      }
    }
    return Evaluation.of(
        new Outputs(recipe.loss(), outputs), new Dataset(outputs, targets, classes));
  }

  /** How good a model is, in the program's own figures. */
  static Evaluation figures(Recipe recipe, int rows, ObjectNode header) {
    int samples = Json.count(header, "samples", Integer.MAX_VALUE);
    JsonNode loss = header.path("loss");
    if (samples != rows) {
      throw new Misspoken("it judged by %d rows, but there are %d".formatted(samples, rows));
    }
    if (!loss.isNumber() || !Double.isFinite(loss.asDouble())) {
      throw new Misspoken(
          "its loss is %s, not a number".formatted(Json.printable(loss.toString())));
    }
    TreeMap<Metric, Double> values = new TreeMap<>();
    SortedMap<String, Double> said = Json.numbers(header, "metrics");
    for (Metric metric : Metric.values()) {
      Double value = said.get(metric.kind());
      if (value != null && metric.fits(recipe.loss())) {
        values.put(metric, value);
      }
    }
    return new Evaluation(samples, loss.asDouble(), values, confusion(recipe, samples, header));
  }

  private static Optional<Confusion> confusion(Recipe recipe, int samples, ObjectNode header) {
    JsonNode table = header.path("confusion");
    int classes = recipe.data().classes();
    if (table.isMissingNode() || classes == 0) {
      return Optional.empty();
    }
    List<List<Integer>> counts = new ArrayList<>();
    long sum = 0;
    for (JsonNode row : table) {
      List<Integer> line = new ArrayList<>();
      for (JsonNode count : row) {
        if (!count.isIntegralNumber() || !count.canConvertToInt() || count.asInt() < 0) {
          throw new Misspoken("its confusion has something that is no count");
        }
        line.add(count.asInt());
        sum += count.asInt();
      }
      counts.add(line);
    }
    if (counts.size() != classes
        || counts.stream().anyMatch(line -> line.size() != classes)
        || sum != samples) {
      throw new Misspoken(
          "its confusion is no table of %d x %d classes with %d rows in all"
              .formatted(classes, classes, samples));
    }
    return Optional.of(new Confusion(counts));
  }
}
