"""Helpers for scikit-learn estimators with `coef_` and `intercept_`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._model import Model, Parameters, Rows, Split, Task
from ._trainer import Outputs, TrainerError


def get(estimator: Any) -> list[NDArray[np.float32]]:
    """Weight (outputs x inputs) and bias of a linear estimator, in this order."""
    weight = np.atleast_2d(np.asarray(estimator.coef_, np.float32))
    bias = np.broadcast_to(np.asarray(estimator.intercept_, np.float32), (weight.shape[0],))
    return [weight, bias.copy()]


def set_(estimator: Any, parameters: Parameters | list[NDArray[Any]]) -> None:
    """Puts weight and bias into an estimator, in the precision that it computes in."""
    values = list(parameters.values()) if isinstance(parameters, dict) else list(parameters)
    weight, bias = (np.array(value, dtype=np.float64) for value in values)
    if getattr(estimator, "coef_", weight).ndim == 1:
        weight = weight[0]
    estimator.coef_, estimator.intercept_ = weight, bias


class LinearTrainer:
    """Trains an estimator with `partial_fit`, such as SGDClassifier or SGDRegressor, on the rows that the node gives.

    These estimators step row by row, so each row moves them by the charter's rate divided by its batch: an epoch goes as far as
    the charter's, to the first order. The penalty is the estimator's own. With `own_rate` its learning rate is, too.
    """

    def __init__(self, estimator: Any, own_rate: bool = False):
        self._estimator = estimator
        self._own_rate = own_rate
        self._rows: Rows | None = None
        self._model: Model | None = None

    def versions(self) -> dict[str, str]:
        import sklearn

        return {"scikit-learn": sklearn.__version__}

    def open(self, model: Model) -> None:
        if len(model.shapes) != 2:
            raise TrainerError("A linear estimator has one weight and one bias: the charter's model must be one linear layer")
        if model.classes > 2:
            raise TrainerError("This helper trains two classes or numbers; write a trainer of your own for more classes")
        self._model = model
        weight, bias = model.shapes.values()
        if model.classes:
            self._estimator.classes_ = np.arange(model.classes)
        set_(self._estimator, [np.zeros(weight), np.zeros(bias)])

    def parameters(self) -> list[NDArray[np.float32]]:
        return get(self._estimator)

    def rows(self, rows: Rows) -> None:
        self._rows = rows

    def train(self, parameters: Parameters, task: Task) -> Any:
        assert self._rows is not None and self._model is not None
        if task.proximal_mu > 0:
            raise TrainerError("Estimators of scikit-learn have no proximal term; choose another strategy than fed-prox")
        from sklearn.base import clone

        estimator = clone(self._estimator)
        estimator.set_params(random_state=int(task.random("sklearn", task.round).integers(2**31)))
        if not self._own_rate:
            way = task.optimiser
            if way.kind != "sgd" or way.settings.get("momentum", 0) or task.class_weights:
                raise TrainerError(
                    "Estimators of scikit-learn know plain descent without momentum or class weights; change the charter, or"
                    " let the estimator decide by own_rate=True"
                )
            estimator.set_params(learning_rate="constant", eta0=way.rate / task.batch)
        features = self._rows.features["train"].astype(np.float64)  # as the estimator computes
        targets = self._rows.targets["train"]
        first = {"classes": np.arange(self._model.classes)} if self._model.classes else {}
        labels = targets[:, 0].astype(int) if self._model.classes else targets[:, 0]
        started = False
        for batch in task.batches(len(features)):
            if not started:
                # The first call makes the estimator's state; then it starts from the global model.
                estimator.partial_fit(features[batch], labels[batch], **first)
                set_(estimator, parameters)
                started = True
            estimator.partial_fit(features[batch], labels[batch])
        return get(estimator), {"steps": task.steps}

    def evaluate(self, parameters: Parameters, split: Split) -> Outputs:
        assert self._rows is not None
        return self.predict(parameters, self._rows.features[split])

    def predict(self, parameters: Parameters, features: NDArray[np.float32]) -> Outputs:
        weight, bias = parameters.values()
        return Outputs(features @ weight.T + bias)
