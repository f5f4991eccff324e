package org.madrigal.trainer.process;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Tensor;
import org.madrigal.trainer.TrainingTask;

/** What a program is told of the model and of a task, in the words of a charter. */
final class Asking {

  private Asking() {}

  /** What is trained, for {@code describe}. */
  static void recipe(ObjectNode header, Recipe recipe) {
    ObjectNode model = header.putObject("model");
    ArrayNode tensors = model.putArray("tensors");
    for (Tensor tensor : recipe.model().layout().tensors()) {
      ArrayNode shape = tensors.addObject().put("name", tensor.name()).putArray("shape");
      tensor.shape().sizes().forEach(shape::add);
    }
    recipe.model().input().sizes().forEach(model.putArray("input")::add);
    model.put("outputs", recipe.model().output().elements());
    ArrayNode layers = model.putArray("layers");
    recipe.model().layers().forEach(layer -> layer(layers.addObject(), layer));
    header.put("loss", recipe.loss().kind());
    header.put("classes", recipe.data().classes());
  }

  private static void layer(ObjectNode json, Layer layer) {
    json.put("kind", layer.kind());
    switch (layer) {
      case Layer.Linear linear -> json.put("out", linear.outputs()).put("bias", linear.bias());
      case Layer.Conv2d conv ->
          json.put("out", conv.channels())
              .put("kernel", conv.kernel())
              .put("stride", conv.stride())
              .put("padding", conv.padding());
      case Layer.MaxPool2d pool -> json.put("kernel", pool.kernel()).put("stride", pool.stride());
      case Layer.AvgPool2d pool -> json.put("kernel", pool.kernel()).put("stride", pool.stride());
      case Layer.Dropout dropout -> json.put("probability", dropout.probability());
      case Layer.Flatten flatten -> {}
      case Layer.Activation activation -> {}
    }
  }

  /** What is to be done, for {@code train}. */
  static void task(ObjectNode header, TrainingTask task) {
    header.put("round", task.round());
    ObjectNode optimiser = header.putObject("optimiser").put("kind", task.optimiser().kind());
    optimiser.put("rate", task.optimiser().rate());
    switch (task.optimiser()) {
      case Optimiser.Sgd sgd ->
          optimiser.put("momentum", sgd.momentum()).put("weight_decay", sgd.weightDecay());
      case Optimiser.Adam adam ->
          optimiser
              .put("beta1", adam.beta1())
              .put("beta2", adam.beta2())
              .put("epsilon", adam.epsilon());
    }
    Amount amount = task.local().amount();
    header.putObject("amount").put("kind", amount.kind()).put("count", amount.count());
    header.put("batch", task.local().batchSize());
    task.local().classWeights().forEach(header.putArray("class_weights")::add);
    header.put("proximal_mu", task.proximalMu());
    header.put("seed", task.local().seed());
    header.put("member_seed", task.memberSeed());
  }
}
