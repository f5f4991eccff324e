"""Helpers for torch.nn.Module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._model import Model, Parameters, Rows, Split, Task
from ._trainer import Outputs, TrainerError


def get(module: Any, local: Callable[[str], bool] = lambda name: False) -> dict[str, NDArray[Any]]:
    """The shared tensors of a module: parameters and floating-point buffers, without those for which `local(name)` holds.
    Integer buffers, such as the counters of batch normalisation, always stay here."""
    return {
        name: tensor.detach().cpu().float().numpy().copy()
        for name, tensor in module.state_dict().items()
        if tensor.is_floating_point() and not local(name)
    }


def set_(module: Any, parameters: Parameters, local: Callable[[str], bool] = lambda name: False) -> None:
    """Puts shared tensors into a module, in its own precision, matched in order. The others stay as they are."""
    import torch

    shared = [t for name, t in module.state_dict().items() if t.is_floating_point() and not local(name)]
    if [tuple(t.shape) for t in shared] != [value.shape for value in parameters.values()]:
        raise TrainerError("The module's tensors have other shapes than the parameters")
    with torch.no_grad():
        for tensor, value in zip(shared, parameters.values()):
            tensor.copy_(torch.from_numpy(np.ascontiguousarray(value)))


def proximal(module: Any, start: list[Any], mu: float) -> Any:
    """FedProx: mu / 2 * the squared distance from `start`, copies of the module's parameters, to be added to the loss."""
    return mu / 2 * sum(((now - before) ** 2).sum() for now, before in zip(module.parameters(), start))


def sequential(model: Model) -> Any:
    """The charter's network as a torch.nn.Sequential."""
    from torch import nn

    made, shape = [], model.input
    for layer in model.layers:
        kind = layer["kind"]
        if kind == "linear":
            made.append(nn.Linear(shape[0], layer["out"], bias=layer["bias"]))
            shape = (layer["out"],)
        elif kind == "conv2d":
            made.append(nn.Conv2d(shape[0], layer["out"], layer["kernel"], layer["stride"], layer["padding"]))
            shape = _slid(shape, layer["out"], layer["kernel"], layer["stride"], layer["padding"])
        elif kind in ("max-pool2d", "avg-pool2d"):
            pool = nn.MaxPool2d if kind == "max-pool2d" else nn.AvgPool2d
            made.append(pool(layer["kernel"], layer["stride"]))
            shape = _slid(shape, shape[0], layer["kernel"], layer["stride"], 0)
        elif kind == "dropout":
            made.append(nn.Dropout(layer["probability"]))
        elif kind == "flatten":
            made.append(nn.Flatten())
            shape = (int(np.prod(shape)),)
        else:
            plain = {"relu": nn.ReLU, "leaky-relu": nn.LeakyReLU, "gelu": nn.GELU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}
            if kind not in plain:
                raise TrainerError(f"This helper knows no layer '{kind}'")
            made.append(plain[kind]())
    return nn.Sequential(*made)


def _slid(shape: tuple[int, ...], out: int, kernel: int, stride: int, padding: int) -> tuple[int, ...]:
    return (out, *((side + 2 * padding - kernel) // stride + 1 for side in shape[1:]))


class ModuleTrainer:
    """Trains a module on the rows that the node gives, as the charter says.

    make: makes the module from the charter's model; the charter's own network if left out
    local: which tensors, by name, stay with this member (personalised layers)
    """

    def __init__(self, make: Callable[[Model], Any] = sequential, local: Callable[[str], bool] = lambda name: False):
        self._make = make
        self._local = local
        self._module: Any = None
        self._rows: Rows | None = None
        self._model: Model | None = None

    def versions(self) -> dict[str, str]:
        import torch

        return {"torch": torch.__version__}

    def open(self, model: Model) -> None:
        import torch

        torch.set_num_threads(1)  # the order of sums hangs on their number
        self._model = model
        self._module = self._make(model)

    def parameters(self) -> list[NDArray[Any]]:
        return list(get(self._module, self._local).values())

    def rows(self, rows: Rows) -> None:
        self._rows = rows

    def train(self, parameters: Parameters, task: Task) -> Any:
        import torch

        assert self._rows is not None and self._model is not None
        module = self._module
        set_(module, parameters, self._local)
        torch.manual_seed(int(task.random("torch", task.round).integers(2**62)))
        start = [tensor.detach().clone() for tensor in module.parameters()]
        optimiser = self._optimiser(task)
        features = torch.from_numpy(self._rows.features["train"])
        targets = torch.from_numpy(self._rows.targets["train"])
        losses = 0.0
        module.train()
        for batch in task.batches(len(features)):
            rows = torch.from_numpy(batch)
            optimiser.zero_grad()
            loss = self._loss(self._forward(features[rows]), targets[rows], task)
            losses += float(loss.detach())
            if task.proximal_mu > 0:
                loss = loss + proximal(module, start, task.proximal_mu)
            loss.backward()
            optimiser.step()
        return list(get(module, self._local).values()), {"loss": losses / task.steps, "steps": task.steps}

    def _forward(self, features: Any) -> Any:
        assert self._model is not None
        return self._module(features.reshape(-1, *self._model.input))

    def _optimiser(self, task: Task) -> Any:
        import torch

        way, settings = task.optimiser, task.optimiser.settings
        if way.kind == "sgd":
            return torch.optim.SGD(
                self._module.parameters(),
                lr=way.rate,
                momentum=settings["momentum"],
                weight_decay=settings["weight_decay"],
            )
        betas = (settings["beta1"], settings["beta2"])
        return torch.optim.Adam(self._module.parameters(), lr=way.rate, betas=betas, eps=settings["epsilon"])

    def _loss(self, outputs: Any, targets: Any, task: Task) -> Any:
        """As the built-in trainer's: class weights multiply the losses, and the mean stays over the batch."""
        import torch
        from torch.nn import functional

        assert self._model is not None
        if self._model.loss == "mean-squared-error":
            return functional.mse_loss(outputs, targets)
        if self._model.loss == "binary-cross-entropy":
            losses = functional.binary_cross_entropy_with_logits(outputs, targets, reduction="none")[:, 0]
        else:
            losses = functional.cross_entropy(outputs, targets[:, 0].long(), reduction="none")
        if task.class_weights:
            losses = losses * torch.tensor(task.class_weights)[targets[:, 0].long()]
        return losses.mean()

    def evaluate(self, parameters: Parameters, split: Split) -> Outputs:
        assert self._rows is not None
        return self.predict(parameters, self._rows.features[split])

    def predict(self, parameters: Parameters, features: NDArray[np.float32]) -> Outputs:
        import torch

        set_(self._module, parameters, self._local)
        self._module.eval()
        with torch.no_grad():
            parts = [self._forward(part).numpy() for part in torch.from_numpy(features).split(4096)]
        return Outputs(np.concatenate(parts))
