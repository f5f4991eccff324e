package org.madrigal.core.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A feed-forward network: the shape of one sample and the layers it passes through. The last layer
 * gives logits or numbers; the {@link Loss} applies sigmoid or softmax itself.
 *
 * @param input the shape of one sample
 * @param layers 1 to {@link #MAX_LAYERS} layers, in order, at least one with parameters
 */
public record ModelSpec(Shape input, List<Layer> layers) {

  /** The most layers of a model. */
  public static final int MAX_LAYERS = 256;

  /** Refuses layers that do not fit each other, naming the first one, counted from 0. */
  public ModelSpec {
    layers = List.copyOf(layers);
    if (layers.isEmpty() || layers.size() > MAX_LAYERS) {
      throw new IllegalArgumentException(
          "A model has 1 to %d layers, not %d".formatted(MAX_LAYERS, layers.size()));
    }
    layout(input, layers);
  }

  /** The shape of one sample before each layer and, last, after the last one. */
  public List<Shape> shapes() {
    return shapes(input, layers);
  }

  /** The shape of the output for one sample. */
  public Shape output() {
    return shapes().getLast();
  }

  /** The tensors in the order of the layers, named {@code <layer from 0>.<weight or bias>}. */
  public TensorLayout layout() {
    return layout(input, layers);
  }

  private static List<Shape> shapes(Shape input, List<Layer> layers) {
    List<Shape> shapes = new ArrayList<>(layers.size() + 1);
    shapes.add(input);
    for (int i = 0; i < layers.size(); i++) {
      try {
        shapes.add(layers.get(i).output(shapes.getLast()));
      } catch (IllegalArgumentException e) {
        throw misfit(i, layers.get(i), e);
      }
    }
    return shapes;
  }

  private static TensorLayout layout(Shape input, List<Layer> layers) {
    List<Shape> shapes = shapes(input, layers);
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      try {
        for (Tensor tensor : layers.get(i).tensors(shapes.get(i))) {
          tensors.add(tensor.under(Integer.toString(i)));
        }
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw misfit(i, layers.get(i), e);
      }
    }
    return new TensorLayout(tensors);
  }

  private static IllegalArgumentException misfit(int index, Layer layer, RuntimeException cause) {
    return new IllegalArgumentException(
        "Layer %d (%s; the first is 0) does not fit: %s"
            .formatted(index, layer.kind(), cause.getMessage()),
        cause);
  }
}
