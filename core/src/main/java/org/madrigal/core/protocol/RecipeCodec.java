package org.madrigal.core.protocol;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.Metric;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.ModelSpec;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.Target;
import org.madrigal.core.model.ValueRange;

/**
 * Recipes as a part of a charter.
 *
 * <pre>
 * recipe    = [data, model, loss, optimiser, local, [metric, ...]]
 * data      = [1, [feature, ...], target, [ignored, ...], [missing token, ...], missing, normalise]
 *           | [2, shape, classes, divisor]
 * feature   = [1, column] numeric | [1, column, low, high, bins] numeric of which statistics are made
 *           | [2, column, [level, ...], drop first] one-hot
 * target    = [1, [column, ...]] numbers | [2, column, threshold] above
 *           | [3, column, [class, ...]] classes
 * model     = [shape, [layer, ...]]       shape = [size, ...]
 * layer     = [1, outputs, bias] linear | [2, channels, kernel, stride, padding] convolution
 *           | [3, kernel, stride] max-pool | [4, kernel, stride] avg-pool | [5, probability] dropout
 *           | [6] flatten | [7] relu | [8] leaky-relu | [9] gelu | [10] sigmoid | [11] tanh
 * optimiser = [1, rate, momentum, weight decay] SGD | [2, rate, beta1, beta2, epsilon] Adam
 * local     = [amount kind (1 steps, 2 epochs), count, batch size, seed, [class weight, ...]]
 * </pre>
 */
final class RecipeCodec {

  private RecipeCodec() {}

  static void write(CborWriter w, Recipe recipe) {
    w.array(6);
    writeData(w, recipe.data());
    w.array(2);
    writeShape(w, recipe.model().input());
    w.list(recipe.model().layers(), layer -> writeLayer(w, layer));
    w.integer(recipe.loss().code());
    writeOptimiser(w, recipe.optimiser());
    writeLocal(w, recipe.local());
    w.list(recipe.metrics(), metric -> w.integer(metric.code()));
  }

  static Recipe read(CborReader r) throws IOException, MalformedException {
    r.array();
    DataSpec data = readData(r);
    r.array();
    ModelSpec model = new ModelSpec(readShape(r), r.list(RecipeCodec::readLayer));
    r.end();
    Recipe recipe =
        new Recipe(
            data,
            model,
            r.code("loss", Loss.values(), Loss::code),
            readOptimiser(r),
            readLocal(r),
            r.list(each -> each.code("metric", Metric.values(), Metric::code)));
    r.end();
    return recipe;
  }

  private static void writeData(CborWriter w, DataSpec data) {
    switch (data) {
      case DataSpec.Table table -> {
        w.array(7).integer(1).list(table.features(), feature -> writeFeature(w, feature));
        writeTarget(w, table.target());
        w.list(table.ignored(), w::text).list(table.missingTokens(), w::text);
        w.integer(table.missing().code()).integer(table.normalisation().code());
      }
      case DataSpec.Images images -> {
        w.array(4).integer(2);
        writeShape(w, images.shape());
        w.integer(images.classes()).real(images.divisor());
      }
    }
  }

  private static DataSpec readData(CborReader r) throws IOException, MalformedException {
    r.array();
    long kind = r.integer();
    DataSpec data;
    if (kind == 1) {
      data =
          new DataSpec.Table(
              r.list(RecipeCodec::readFeature),
              readTarget(r),
              r.list(CborReader::text),
              r.list(CborReader::text),
              r.code("missing policy", MissingPolicy.values(), MissingPolicy::code),
              r.code("normalisation", Normalisation.values(), Normalisation::code));
    } else if (kind == 2) {
      data = new DataSpec.Images(readShape(r), r.smallInteger(), r.real());
    } else {
      throw new MalformedException("data of kind %d is unknown".formatted(kind));
    }
    r.end();
    return data;
  }

  private static void writeFeature(CborWriter w, Feature feature) {
    switch (feature) {
      case Feature.Numeric numeric -> {
        w.array(numeric.range().isPresent() ? 5 : 2).integer(1).text(numeric.column());
        numeric
            .range()
            .ifPresent(range -> w.real(range.low()).real(range.high()).integer(range.bins()));
      }
      case Feature.OneHot oneHot ->
          w.array(4)
              .integer(2)
              .text(oneHot.column())
              .list(oneHot.levels(), w::text)
              .bool(oneHot.dropFirst());
    }
  }

  private static Feature readFeature(CborReader r) throws IOException, MalformedException {
    r.array();
    long kind = r.integer();
    Feature feature;
    if (kind == 1) {
      String column = r.text();
      feature =
          new Feature.Numeric(
              column,
              r.hasMore()
                  ? Optional.of(new ValueRange(r.real(), r.real(), r.smallInteger()))
                  : Optional.empty());
    } else if (kind == 2) {
      feature = new Feature.OneHot(r.text(), r.list(CborReader::text), r.bool());
    } else {
      throw new MalformedException("features of kind %d are unknown".formatted(kind));
    }
    r.end();
    return feature;
  }

  private static void writeTarget(CborWriter w, Target target) {
    switch (target) {
      case Target.Numbers numbers -> w.array(2).integer(1).list(numbers.columns(), w::text);
      case Target.Above above -> w.array(3).integer(2).text(above.column()).real(above.threshold());
      case Target.Classes classes ->
          w.array(3).integer(3).text(classes.column()).list(classes.names(), w::text);
    }
  }

  private static Target readTarget(CborReader r) throws IOException, MalformedException {
    r.array();
    long kind = r.integer();
    Target target;
    if (kind == 1) {
      target = new Target.Numbers(r.list(CborReader::text));
    } else if (kind == 2) {
      target = new Target.Above(r.text(), r.real());
    } else if (kind == 3) {
      target = new Target.Classes(r.text(), r.list(CborReader::text));
    } else {
      throw new MalformedException("targets of kind %d are unknown".formatted(kind));
    }
    r.end();
    return target;
  }

  private static void writeShape(CborWriter w, Shape shape) {
    w.list(shape.sizes(), size -> w.integer(size));
  }

  private static Shape readShape(CborReader r) throws IOException, MalformedException {
    List<Integer> sizes = r.list(CborReader::smallInteger);
    return new Shape(sizes);
  }

  private static void writeLayer(CborWriter w, Layer layer) {
    switch (layer) {
      case Layer.Linear l -> w.array(3).integer(1).integer(l.outputs()).bool(l.bias());
      case Layer.Conv2d l ->
          w.array(5)
              .integer(2)
              .integer(l.channels())
              .integer(l.kernel())
              .integer(l.stride())
              .integer(l.padding());
      case Layer.MaxPool2d l -> w.array(3).integer(3).integer(l.kernel()).integer(l.stride());
      case Layer.AvgPool2d l -> w.array(3).integer(4).integer(l.kernel()).integer(l.stride());
      case Layer.Dropout l -> w.array(2).integer(5).real(l.probability());
      case Layer.Flatten l -> w.array(1).integer(6);
      case Layer.Activation.RELU -> w.array(1).integer(7);
      case Layer.Activation.LEAKY_RELU -> w.array(1).integer(8);
      case Layer.Activation.GELU -> w.array(1).integer(9);
      case Layer.Activation.SIGMOID -> w.array(1).integer(10);
      case Layer.Activation.TANH -> w.array(1).integer(11);
    }
  }

  private static Layer readLayer(CborReader r) throws IOException, MalformedException {
    r.array();
    int kind = r.smallInteger();
    Layer layer =
        switch (kind) {
          case 1 -> new Layer.Linear(r.smallInteger(), r.bool());
          case 2 ->
              new Layer.Conv2d(
                  r.smallInteger(), r.smallInteger(), r.smallInteger(), r.smallInteger());
          case 3 -> new Layer.MaxPool2d(r.smallInteger(), r.smallInteger());
          case 4 -> new Layer.AvgPool2d(r.smallInteger(), r.smallInteger());
          case 5 -> new Layer.Dropout(r.real());
          case 6 -> new Layer.Flatten();
          case 7 -> Layer.Activation.RELU;
          case 8 -> Layer.Activation.LEAKY_RELU;
          case 9 -> Layer.Activation.GELU;
          case 10 -> Layer.Activation.SIGMOID;
          case 11 -> Layer.Activation.TANH;
          default -> throw new MalformedException("layers of kind %d are unknown".formatted(kind));
        };
    r.end();
    return layer;
  }

  private static void writeOptimiser(CborWriter w, Optimiser optimiser) {
    switch (optimiser) {
      case Optimiser.Sgd s ->
          w.array(4).integer(1).real(s.rate()).real(s.momentum()).real(s.weightDecay());
      case Optimiser.Adam s ->
          w.array(5).integer(2).real(s.rate()).real(s.beta1()).real(s.beta2()).real(s.epsilon());
    }
  }

  private static Optimiser readOptimiser(CborReader r) throws IOException, MalformedException {
    r.array();
    long kind = r.integer();
    Optimiser optimiser;
    if (kind == 1) {
      optimiser = new Optimiser.Sgd(r.real(), r.real(), r.real());
    } else if (kind == 2) {
      optimiser = new Optimiser.Adam(r.real(), r.real(), r.real(), r.real());
    } else {
      throw new MalformedException("optimisers of kind %d are unknown".formatted(kind));
    }
    r.end();
    return optimiser;
  }

  private static void writeLocal(CborWriter w, LocalTraining local) {
    w.array(5);
    switch (local.amount()) {
      case Amount.Steps steps -> w.integer(1).integer(steps.count());
      case Amount.Epochs epochs -> w.integer(2).integer(epochs.count());
    }
    w.integer(local.batchSize()).integer(local.seed()).list(local.classWeights(), w::real);
  }

  private static LocalTraining readLocal(CborReader r) throws IOException, MalformedException {
    r.array();
    long kind = r.integer();
    int count = r.smallInteger();
    if (kind != 1 && kind != 2) {
      throw new MalformedException("amounts of kind %d are unknown".formatted(kind));
    }
    Amount amount = kind == 1 ? new Amount.Steps(count) : new Amount.Epochs(count);
    LocalTraining local =
        new LocalTraining(amount, r.smallInteger(), r.integer(), r.list(CborReader::real));
    r.end();
    return local;
  }
}
