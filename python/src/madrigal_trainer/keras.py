"""Helpers for keras.Model. Keras keeps a dense kernel as inputs x outputs and a convolution's as height, width, channels,
outputs; the charter, like PyTorch, puts the outputs first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._model import Parameters


def _turned(weight: NDArray[Any], back: bool) -> NDArray[Any]:
    if weight.ndim == 2:
        return weight.T
    if weight.ndim == 4:
        return weight.transpose((2, 3, 1, 0) if back else (3, 2, 0, 1))
    return weight


def get(model: Any) -> list[NDArray[np.float32]]:
    """The weights of a model in their order, shaped as in a charter."""
    return [np.ascontiguousarray(_turned(np.asarray(weight, np.float32), False)) for weight in model.get_weights()]


def set_(model: Any, parameters: Parameters | Sequence[NDArray[Any]]) -> None:
    """Puts parameters into a model, in its own precision."""
    values = list(parameters.values()) if isinstance(parameters, dict) else list(parameters)
    kinds = [np.asarray(weight).dtype for weight in model.get_weights()]
    model.set_weights([_turned(np.asarray(value), True).astype(kind) for value, kind in zip(values, kinds, strict=True)])
