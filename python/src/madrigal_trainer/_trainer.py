"""What a trainer is, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Union, runtime_checkable

from numpy.typing import ArrayLike

from ._model import Model, Parameters, Rows, Split, Task


class TrainerError(Exception):
    """Something that the trainer cannot do, in one sentence for the member."""


@dataclass(frozen=True)
class Trained:
    """Parameters after training, and what was measured on the way."""

    parameters: Mapping[str, ArrayLike] | Sequence[ArrayLike]
    metrics: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnRows:
    """Rows that the program reads itself: how many, and 64 hexadecimal digits that say which."""

    train: int
    test: int
    digest: str


@dataclass(frozen=True)
class Outputs:
    """What the last layer gave for each row, before any sigmoid or softmax."""

    values: ArrayLike


@dataclass(frozen=True)
class Judged:
    """Outputs, and the targets of rows that the program reads itself."""

    outputs: ArrayLike
    targets: ArrayLike


@dataclass(frozen=True)
class Figures:
    """A trainer's own figures: the rows it judged by, the mean loss, and others by name."""

    samples: int
    loss: float
    metrics: Mapping[str, float] = field(default_factory=dict)
    confusion: Sequence[Sequence[int]] | None = None


Evaluation = Union[Outputs, Judged, Figures]


@runtime_checkable
class Trainer(Protocol):
    """What `serve` serves.

    Further methods, all of them optional:
      open(model: Model) -> None: called first, with what the charter says; refuse what does not fit by TrainerError
      own_rows() -> OwnRows: the program reads its rows itself, and is never given any
      rows(rows: Rows) -> None: takes the rows that the node gives
      predict(parameters, features) -> Outputs
      versions() -> dict[str, str]: of the libraries that shape the numbers
    """

    def parameters(self) -> Mapping[str, ArrayLike] | Sequence[ArrayLike]:
        """The model's tensors, by name or in order: their shapes are compared with the charter's. They need not be trained."""

    def train(self, parameters: Parameters, task: Task) -> Any:
        """Trains from the global model: gives `Trained`, or parameters, or parameters with metrics."""

    def evaluate(self, parameters: Parameters, split: Split) -> Evaluation:
        """Judges a model on the rows of a split."""


__all__ = ["Evaluation", "Figures", "Judged", "Model", "Outputs", "OwnRows", "Rows", "Trained", "Trainer", "TrainerError"]
