"""Runs a client that was written for Flower, as it stands. Flower itself need not be installed unless the client imports it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._model import Parameters, Split, Task
from ._serve import serve as _serve
from ._trainer import Figures, OwnRows, Trained, TrainerError


def serve(client: Any, **options: Any) -> None:
    """Serves a NumPyClient, a `client_fn`, or a ClientApp made of one. The last line of a program."""
    _serve(FlowerTrainer(client, **options), name=options.get("name"))


class FlowerTrainer:
    """A Flower client as a trainer. It reads its rows itself.

    client: a NumPyClient, a function that makes one (of a context, or of a client's id), or a ClientApp with a client_fn
    train_rows, test_rows: how many it has; if left out, as many as a first `fit` and `evaluate` of the client say
    digest: 64 hexadecimal digits that say which rows these are; if left out, made of `data_files`
    data_files: the files with the rows
    partition, partitions: what the client finds in its context's node_config
    run_config: what the client finds in its context
    """

    def __init__(
        self,
        client: Any,
        *,
        train_rows: int | None = None,
        test_rows: int | None = None,
        digest: str | None = None,
        data_files: tuple[str, ...] = (),
        partition: int = 0,
        partitions: int = 1,
        run_config: Mapping[str, Any] | None = None,
        name: str | None = None,
    ):
        context = SimpleNamespace(
            node_id=partition,
            node_config={"partition-id": partition, "num-partitions": partitions},
            run_config=dict(run_config or {}),
            run_id=0,
            state=SimpleNamespace(config_records={}, array_records={}, metric_records={}),
        )
        self._client = _client(client, context)
        self._rows = (train_rows, test_rows)
        self._digest = digest or _digest(data_files)

    def versions(self) -> dict[str, str]:
        return {"flower-client": type(self._client).__name__}

    def parameters(self) -> list[NDArray[Any]]:
        return [np.asarray(value) for value in self._client.get_parameters({})]

    def own_rows(self) -> OwnRows:
        train, test = self._rows
        if train is None:
            _, train, _ = self._client.fit(self.parameters(), {"round": 0})
        if test is None:
            _, test, _ = self._client.evaluate(self.parameters(), {"round": 0})
        self._rows = (int(train), int(test))
        return OwnRows(int(train), int(test), self._digest)

    def train(self, parameters: Parameters, task: Task) -> Trained:
        config: dict[str, Any] = {
            "round": task.round,
            "server_round": task.round,
            "current_round": task.round,
            "lr": task.optimiser.rate,
            "batch_size": task.batch,
            "local_epochs": task.epochs or 1,
            "epochs": task.epochs or 1,
            "proximal_mu": task.proximal_mu,
        }
        if task.proximal_mu > 0 and not getattr(self._client, "knows_proximal_mu", False):
            raise TrainerError(
                "A Flower client adds FedProx's term itself, from config['proximal_mu']; set knows_proximal_mu = True on a"
                " client that does, or choose another strategy than fed-prox"
            )
        trained, samples, metrics = self._client.fit(_copies(parameters), config)
        if samples != self._rows[0]:
            raise TrainerError(f"The client trained on {samples} rows, but it has {self._rows[0]}")
        numbers = {str(k): float(v) for k, v in metrics.items() if isinstance(v, (int, float))}
        return Trained(list(trained), numbers)

    def evaluate(self, parameters: Parameters, split: Split) -> Figures:
        if split != "test":
            raise TrainerError("A Flower client judges a model on its test rows only")
        loss, samples, metrics = self._client.evaluate(_copies(parameters), {"round": 0})
        numbers = {str(k): float(v) for k, v in metrics.items() if isinstance(v, (int, float))}
        return Figures(int(samples), float(loss), numbers)


def _copies(parameters: Parameters) -> list[NDArray[Any]]:
    """Clients may change what they are given."""
    return [value.copy() for value in parameters.values()]


def _client(given: Any, context: Any) -> Any:
    """The NumPyClient behind whatever a Flower program has."""
    if _is_client(given):
        return given
    make = _client_fn(given)
    try:
        made = make(context)
    except (TypeError, ValueError):
        made = make(str(context.node_id))
    inner = getattr(made, "numpy_client", None)  # what NumPyClient.to_client() wraps
    client = inner if inner is not None else made
    if not _is_client(client):
        raise TrainerError(f"A client of Flower has get_parameters, fit and evaluate; {type(client).__name__} lacks one")
    return client


def _client_fn(given: Any) -> Callable[[Any], Any]:
    for attribute in ("_client_fn", "client_fn"):
        inner = getattr(given, attribute, None)
        if callable(inner):
            return inner  # type: ignore[no-any-return]
    # A ClientApp of newer versions keeps its client_fn only in the closure of its handler.
    handler = getattr(given, "_call", None)
    for cell in getattr(handler, "__closure__", None) or ():
        if callable(cell.cell_contents) and getattr(cell.cell_contents, "__name__", "") == "client_fn":
            return cell.cell_contents  # type: ignore[no-any-return]
    if callable(given) and not hasattr(given, "_call"):
        return given  # type: ignore[no-any-return]
    raise TrainerError("A ClientApp is served if it was made of a client_fn; serve the client itself otherwise")


def _is_client(given: Any) -> bool:
    return not isinstance(given, type) and all(
        callable(getattr(given, method, None)) for method in ("get_parameters", "fit", "evaluate")
    )


def _digest(files: tuple[str, ...]) -> str:
    if not files:
        raise TrainerError("Say which rows these are: data_files=(...) names their files, or digest= is their SHA-256")
    whole = hashlib.sha256(b"madrigal/own-rows/1")
    for file in files:
        with open(file, "rb") as opened:
            whole.update(hashlib.file_digest(opened, "sha256").digest() if hasattr(hashlib, "file_digest") else
                         hashlib.sha256(opened.read()).digest())
        whole.update(os.path.basename(file).encode())
    return whole.hexdigest()
