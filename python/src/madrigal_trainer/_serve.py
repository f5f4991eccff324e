"""Answers a node's requests with a trainer."""

from __future__ import annotations

import os
import platform
import select
import socket
import sys
import threading
import traceback
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._model import Model, Optimiser, Parameters, Rows, Task
from ._trainer import Figures, Judged, Outputs, Trained, Trainer, TrainerError
from ._wire import Broken, Wire

VERSION = 1
GONE = 75  # the exit code when the node is gone, EX_TEMPFAIL


def serve(trainer: Trainer, name: str | None = None) -> None:
    """Serves `trainer` until the node says that it is done, or is gone. The last line of a program."""
    path = os.environ.get("MADRIGAL_SOCKET")
    if not path:
        sys.exit(
            "This program is a trainer for Madrigal, which starts it: name it in member.yaml under trainer:, or try it with\n"
            f"  {sys.executable} -m madrigal_trainer.check -- {sys.executable} {sys.argv[0]}"
        )
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(path)
        threading.Thread(target=_watch, args=(connection,), daemon=True).start()
        try:
            _Server(trainer, Wire(connection), name or os.path.basename(sys.argv[0]) or "trainer").run()
        except Broken as e:
            print(f"The node is gone: {e}", file=sys.stderr)
            os._exit(GONE)


def _watch(connection: socket.socket) -> None:
    """Ends this process as soon as the node has closed the connection, even while it trains."""
    poll = select.poll()
    poll.register(connection, getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR)
    while not poll.poll():
        pass
    if connection.fileno() >= 0:
        print("The node is gone; its trainer ends.", file=sys.stderr, flush=True)
        os._exit(GONE)


class _Server:
    def __init__(self, trainer: Trainer, wire: Wire, name: str):
        self._trainer = trainer
        self._wire = wire
        self._name = name
        self._model: Model | None = None
        self._rows: Rows | None = None
        self._names: list[str] = []

    def run(self) -> None:
        versions = {"python": platform.python_version(), "numpy": np.__version__}
        versions.update(_optional(self._trainer, "versions", lambda: {})())
        self._wire.send({"type": "hello", "protocol": VERSION, "name": self._name, "versions": versions})
        while self._serve_one():
            pass

    def _serve_one(self) -> bool:
        """Answers one request, and forgets its tensors before the next one comes. False after the last."""
        request, tensors = self._wire.receive()
        kind, ident = request.get("type"), request.get("id")
        try:
            header, answer = self._answer(str(kind), request, tensors)
        except TrainerError as e:
            self._error(ident, str(e))
        except Exception as e:  # whatever the trainer's libraries may raise
            traceback.print_exc()
            self._error(ident, f"{type(e).__name__}: {e}")
        else:
            self._wire.send({**header, "type": "result", "id": ident}, answer)
            return kind != "shutdown"
        return True

    def _error(self, ident: Any, message: str) -> None:
        self._wire.send({"type": "error", "id": ident, "message": " ".join(message.split()) or "no reason given"})

    def _answer(
        self, kind: str, request: dict[str, Any], tensors: dict[str, NDArray[Any]]
    ) -> tuple[dict[str, Any], Mapping[str, NDArray[Any]] | None]:
        if kind == "describe":
            return self._describe(request), None
        if kind == "rows":
            self._rows = Rows(
                {split: tensors[f"{split}.features"] for split in ("train", "test")},
                {split: tensors[f"{split}.targets"] for split in ("train", "test")},
            )
            _optional(self._trainer, "rows", _refuse_rows)(self._rows)
            return {}, None
        if kind == "train":
            return self._train(request, self._parameters(tensors))
        if kind == "evaluate":
            return self._judged(self._trainer.evaluate(self._parameters(tensors), request["split"]))
        if kind == "predict":
            features = tensors.pop("madrigal.features")
            predict = _optional(self._trainer, "predict", _refuse_prediction)
            return self._judged(predict(self._parameters(tensors), features))
        if kind == "shutdown":
            return {}, None
        raise TrainerError(f"This trainer knows no request '{kind}'")

    def _describe(self, request: dict[str, Any]) -> dict[str, Any]:
        model = request["model"]
        self._model = Model(
            {tensor["name"]: tuple(tensor["shape"]) for tensor in model["tensors"]},
            tuple(model["input"]),
            model["outputs"],
            tuple(model["layers"]),
            request["loss"],
            request["classes"],
        )
        self._names = list(self._model.shapes)
        _optional(self._trainer, "open", lambda opened: None)(self._model)
        self._named(self._trainer.parameters())
        own = _optional(self._trainer, "own_rows", lambda: None)()
        if own is None:
            return {"rows": "given"}
        return {"rows": "own", "train": own.train, "test": own.test, "data": own.digest}

    def _train(self, request: dict[str, Any], parameters: Parameters) -> tuple[dict[str, Any], Mapping[str, NDArray[Any]]]:
        ident = request["id"]
        optimiser = dict(request["optimiser"])
        task = Task(
            round=request["round"],
            steps=request["steps"],
            first_step=request["first_step"],
            epochs=request["amount"]["count"] if request["amount"]["kind"] == "epochs" else None,
            batch=request["batch"],
            optimiser=Optimiser(optimiser.pop("kind"), optimiser.pop("rate"), optimiser),
            class_weights=tuple(request["class_weights"]),
            proximal_mu=request["proximal_mu"],
            seed=request["seed"],
            member_seed=request["member_seed"],
            progress=lambda **metrics: self._wire.send({"type": "progress", "id": ident, "metrics": metrics}),
        )
        trained = self._trainer.train(parameters, task)
        if isinstance(trained, tuple) and len(trained) == 2 and isinstance(trained[1], Mapping):
            trained = Trained(trained[0], trained[1])
        elif not isinstance(trained, Trained):
            trained = Trained(trained)
        metrics = {name: float(value) for name, value in trained.metrics.items()}
        return {"metrics": metrics}, self._named(trained.parameters)

    def _parameters(self, tensors: dict[str, NDArray[Any]]) -> Parameters:
        return {name: tensors[name] for name in self._names}

    def _named(self, parameters: Mapping[str, ArrayLike] | Any) -> dict[str, NDArray[Any]]:
        """Tensors under the charter's names and of its shapes, or a sentence that says what does not fit."""
        assert self._model is not None
        shapes = self._model.shapes
        if isinstance(parameters, Mapping):
            found = {str(name): np.asarray(value) for name, value in parameters.items()}
        else:
            values = [np.asarray(value) for value in parameters]
            names = self._names if len(values) == len(self._names) else [f"#{i}" for i in range(len(values))]
            found = dict(zip(names, values))
        if {name: value.shape for name, value in found.items()} != shapes:
            have = ", ".join(f"{name}{list(value.shape)}" for name, value in found.items())
            want = ", ".join(f"{name}{list(shape)}" for name, shape in shapes.items())
            raise TrainerError(f"The trainer's model has the tensors {have}, but the charter's has {want}")
        return {name: found[name] for name in self._names}

    def _judged(self, judged: Any) -> tuple[dict[str, Any], Mapping[str, NDArray[Any]] | None]:
        if isinstance(judged, Outputs):
            return {}, {"madrigal.outputs": self._wide(judged.values)}
        if isinstance(judged, Judged):
            targets = np.asarray(judged.targets, np.float32)
            return {}, {
                "madrigal.outputs": self._wide(judged.outputs),
                "madrigal.targets": targets.reshape(len(targets), -1),
            }
        if isinstance(judged, Figures):
            header = {"samples": judged.samples, "loss": float(judged.loss), "metrics": dict(judged.metrics)}
            if judged.confusion is not None:
                header["confusion"] = [[int(count) for count in row] for row in judged.confusion]
            return header, None
        raise TrainerError(f"A trainer's evaluate gives Outputs, Judged or Figures, not {type(judged).__name__}")

    def _wide(self, outputs: ArrayLike) -> NDArray[np.float32]:
        assert self._model is not None
        return np.asarray(outputs, np.float32).reshape(-1, self._model.outputs)


def _optional(trainer: object, name: str, otherwise: Any) -> Any:
    return getattr(trainer, name, otherwise)


def _refuse_rows(rows: Rows) -> None:
    raise TrainerError("This trainer has neither own_rows() nor rows(): it needs one of them")


def _refuse_prediction(parameters: Parameters, features: NDArray[Any]) -> Outputs:
    raise TrainerError("This trainer has no predict()")
