package org.madrigal.app.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.madrigal.app.yaml.Kind;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.ModelSpec;
import org.madrigal.core.model.Shape;

/** Reads the network of a charter file. */
final class ModelFile {

  private static final int MAX_SIZE = 1 << 27;

  private static final String[] LAYERS =
      Stream.concat(
              Stream.of("linear", "conv2d", "max-pool2d", "avg-pool2d", "dropout", "flatten"),
              Arrays.stream(Layer.Activation.values()).map(Layer.Activation::kind))
          .toArray(String[]::new);

  private ModelFile() {}

  static ModelSpec model(Section model) {
    Shape input = shape(model.required("input"));
    Value layers = model.required("layers");
    List<Layer> list = layers.list().stream().map(ModelFile::layer).toList();
    return layers.checked(() -> new ModelSpec(input, list));
  }

  static Shape shape(Value value) {
    List<Integer> sizes =
        value.list().stream().map(size -> size.smallInteger(1, MAX_SIZE)).toList();
    return value.checked(() -> new Shape(sizes));
  }

  private static Layer layer(Value value) {
    Kind kind = value.kind(LAYERS);
    return kind.value()
        .checked(() ->
            switch (kind.name()) {
              case "linear" -> {
                Section s = kind.section("out", "bias");
                yield new Layer.Linear(
                    size(s.required("out")), s.optional("bias").map(Value::flag).orElse(true));
              }
              case "conv2d" -> {
                Section s = kind.section("out", "kernel", "stride", "padding");
                yield new Layer.Conv2d(
                    size(s.required("out")),
                    size(s.required("kernel")),
                    s.optional("stride").map(ModelFile::size).orElse(1),
                    s.optional("padding").map(p -> p.smallInteger(0, MAX_SIZE)).orElse(0));
              }
              case "max-pool2d" -> {
                Section s = kind.section("kernel", "stride");
                int kernel = size(s.required("kernel"));
                yield new Layer.MaxPool2d(
                    kernel, s.optional("stride").map(ModelFile::size).orElse(kernel));
              }
              case "avg-pool2d" -> {
                Section s = kind.section("kernel", "stride");
                int kernel = size(s.required("kernel"));
                yield new Layer.AvgPool2d(
                    kernel, s.optional("stride").map(ModelFile::size).orElse(kernel));
              }
              case "dropout" ->
                  new Layer.Dropout(kind.section("probability").required("probability").real());
              case "flatten" -> {
                kind.nothingToSet();
                yield new Layer.Flatten();
              }
              default -> {
                kind.nothingToSet();
                yield activation(kind.name()).orElseThrow();
              }
            });
  }

  private static Optional<Layer.Activation> activation(String name) {
    return Arrays.stream(Layer.Activation.values())
        .filter(activation -> activation.kind().equals(name))
        .findFirst();
  }

  private static int size(Value value) {
    return value.smallInteger(1, MAX_SIZE);
  }
}
