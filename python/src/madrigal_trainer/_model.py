"""What a trainer is told: the model, the rows, the task."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Parameters = dict[str, NDArray[np.float32]]
"""A model's tensors by name, in their order."""

Split = Literal["train", "test"]


@dataclass(frozen=True)
class Model:
    """What the charter says of the model.

    shapes: the tensors by name, in their order, shaped as in PyTorch
    input: the shape of one sample
    outputs: the numbers that the last layer gives
    layers: kind and settings of each layer, in the charter's words
    loss: binary-cross-entropy, cross-entropy or mean-squared-error
    classes: 0 where the targets are numbers
    """

    shapes: dict[str, tuple[int, ...]]
    input: tuple[int, ...]
    outputs: int
    layers: tuple[Mapping[str, Any], ...]
    loss: str
    classes: int


@dataclass(frozen=True)
class Rows:
    """The rows that the node gives, scaled: features and targets of each split."""

    features: Mapping[str, NDArray[np.float32]]
    targets: Mapping[str, NDArray[np.float32]]

    def count(self, split: Split) -> int:
        return int(self.features[split].shape[0])


@dataclass(frozen=True)
class Optimiser:
    """The way down: `sgd` or `adam`, its rate, and its other settings."""

    kind: str
    rate: float
    settings: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """What is to be trained in a round; docs/trainer-protocol.md tells the words."""

    round: int
    steps: int
    first_step: int
    epochs: int | None
    batch: int
    optimiser: Optimiser
    class_weights: tuple[float, ...]
    proximal_mu: float
    seed: int
    member_seed: int
    progress: Callable[..., None] = lambda **metrics: None
    """`task.progress(loss=0.4)` writes to the node's log of this program."""

    def batches(self, rows: int) -> Iterator[NDArray[np.int64]]:
        """The indexes of the rows of each step. A function of seeds and step alone: every epoch takes the rows in a new
        order, and goes on where the last round ended."""
        of_epoch = math.ceil(rows / self.batch)
        drawn = -1
        order = np.empty(0, np.int64)
        for step in range(self.first_step, self.first_step + self.steps):
            epoch, place = divmod(step, of_epoch)
            if epoch != drawn:
                order = self.random("batches", epoch).permutation(rows)
                drawn = epoch
            yield order[place * self.batch : (place + 1) * self.batch]

    def random(self, what: str, *more: int) -> np.random.Generator:
        """Random numbers that are the same whenever this member draws them for the same thing."""
        words = [self.seed % 2**64, self.member_seed % 2**64, *what.encode(), *more]
        return np.random.default_rng(words)

    def pull(self, parameters: Mapping[str, NDArray[Any]], start: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """FedProx: what to add to the gradient of each tensor, mu * (parameter - global)."""
        return {name: self.proximal_mu * (value - start[name]) for name, value in parameters.items()}
