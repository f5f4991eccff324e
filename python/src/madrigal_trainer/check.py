"""Plays the node to a trainer program in any language, and tells of each promise of the protocol whether it is kept.

    python3 -m madrigal_trainer.check [--inputs N] [--outputs N] [--loss KIND] [--seconds S] -- COMMAND...
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._wire import Broken, Wire

LOSSES = ("binary-cross-entropy", "cross-entropy", "mean-squared-error")
ROWS = {"train": 24, "test": 10}


class Failed(Exception):
    """A promise that is not kept, and why."""


class Run:
    """A program that was started as a node starts it, and asked as a node asks it."""

    def __init__(self, command: list[str], seconds: float, log: Path):
        self.folder = tempfile.TemporaryDirectory(prefix="madrigal-check-")
        path = os.path.join(self.folder.name, "s")
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
            door.bind(path)
            door.listen(1)
            door.settimeout(seconds)
            kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
            home = os.path.join(self.folder.name, "home")
            os.mkdir(home)
            with log.open("ab") as output:
                self.process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    cwd=home,
                    env={**kept, "HOME": home, "MADRIGAL_SOCKET": path, "MADRIGAL_TRAINER_PROTOCOL": "1"},
                    start_new_session=True,
                )
            try:
                self.socket = door.accept()[0]
            except TimeoutError:
                self.close()
                raise Failed(f"it did not open the socket within {seconds:g} s") from None
        self.socket.settimeout(seconds)
        self.wire = Wire(self.socket)
        self.requests = 0

    def ask(
        self, kind: str, tensors: dict[str, NDArray[Any]] | None = None, **header: Any
    ) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        """The result or error, after any progress."""
        self.requests += 1
        self.wire.send({"type": kind, "id": self.requests, "seconds": 60, **header}, tensors)
        while True:
            answer, body = self.wire.receive()
            if answer.get("id") != self.requests:
                raise Failed(f"it answered request {answer.get('id')}, but {self.requests} was asked")
            if answer.get("type") in ("result", "error"):
                return answer, body
            if answer.get("type") != "progress":
                raise Failed(f"an answer is of type progress, result or error, not {answer.get('type')!r}")

    def result(
        self, kind: str, tensors: dict[str, NDArray[Any]] | None = None, **header: Any
    ) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        answer, body = self.ask(kind, tensors, **header)
        if answer["type"] == "error":
            raise Failed(f"it answered {kind} with the error: {answer.get('message')}")
        return answer, body

    def close(self) -> None:
        if hasattr(self, "socket"):
            self.socket.close()
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.folder.cleanup()


class Check:
    """The checks, one after the other, on one program."""

    def __init__(self, options: argparse.Namespace, log: Path):
        self.options = options
        self.log = log
        self.failures = 0
        self.own: tuple[int, int] | None = None
        self.names = {"0.weight": (options.outputs, options.inputs), "0.bias": (options.outputs,)}
        random = np.random.default_rng(1)
        self.model = {name: random.normal(0, 0.1, shape).astype(np.float32) for name, shape in self.names.items()}

    def check(self, what: str, action: Callable[[Run], Any], described: bool = True) -> None:
        run = None
        try:
            run = Run(self.options.command, self.options.seconds, self.log)
            if described:
                self.describe(run, self.hello(run))
            note = action(run)
        except (Failed, Broken, OSError, KeyError, TypeError, ValueError, struct.error) as e:
            self.failures += 1
            print(f"FAILED  {what}: {e if isinstance(e, (Failed, Broken, OSError)) else f'{type(e).__name__}: {e}'}")
        else:
            print(f"ok      {what}" + (f" ({note})" if isinstance(note, str) else ""))
        finally:
            if run is not None:
                run.close()

    def hello(self, run: Run) -> dict[str, Any]:
        header, _ = run.wire.receive()
        if header.get("type") != "hello" or header.get("protocol") != 1 or not isinstance(header.get("name"), str):
            raise Failed(f"its first message is no hello of version 1 with a name: {header}")
        versions = header.get("versions", {})
        if len(versions) > 64 or any(not isinstance(text, str) for text in versions.values()):
            raise Failed("'versions' are at most 64 texts by name")
        return header

    def describe(self, run: Run, _: Any) -> str:
        outputs, inputs = self.options.outputs, self.options.inputs
        answer, _body = run.result(
            "describe",
            model={
                "tensors": [{"name": name, "shape": list(shape)} for name, shape in self.names.items()],
                "input": [inputs],
                "outputs": outputs,
                "layers": [{"kind": "linear", "out": outputs, "bias": True}],
            },
            loss=self.options.loss,
            classes=self.classes(),
        )
        if answer.get("rows") == "own":
            digest = answer.get("data", "")
            if not (answer["train"] > 0 and answer["test"] >= 0 and len(digest) == 64 and int(digest, 16) >= 0):
                raise Failed("with its own rows it says train, test and 64 hexadecimal digits of data")
            self.own = (answer["train"], answer["test"])
            return f"its own rows: {answer['train']} and {answer['test']}"
        if answer.get("rows") != "given":
            raise Failed(f"'rows' is 'given' or 'own', not {answer.get('rows')!r}")
        random = np.random.default_rng(2)
        tensors = {}
        for split, count in ROWS.items():
            features = random.normal(0, 1, (count, inputs)).astype(np.float32)
            tensors[f"{split}.features"] = features
            tensors[f"{split}.targets"] = self.targets(features, random)
        run.result("rows", tensors)
        return "takes the node's rows"

    def classes(self) -> int:
        outputs: int = self.options.outputs
        return {"binary-cross-entropy": 2, "cross-entropy": outputs, "mean-squared-error": 0}[self.options.loss]

    def targets(self, features: NDArray[Any], random: np.random.Generator) -> NDArray[Any]:
        if self.options.loss == "mean-squared-error":
            return features[:, :1].repeat(self.options.outputs, axis=1)
        if self.options.loss == "binary-cross-entropy":
            return (features[:, :1] > 0).astype(np.float32)
        return random.integers(0, self.options.outputs, (len(features), 1)).astype(np.float32)

    def train(self, run: Run, **changed: Any) -> dict[str, NDArray[Any]]:
        task: dict[str, Any] = {
            "round": 1,
            "optimiser": {"kind": "sgd", "rate": 0.1, "momentum": 0.0, "weight_decay": 0.0},
            "amount": {"kind": "steps", "count": 6},
            "steps": 6,
            "first_step": 0,
            "batch": 4,
            "class_weights": [],
            "proximal_mu": 0.0,
            "seed": 42,
            "member_seed": -7,
        }
        answer, body = run.result("train", self.model, **{**task, **changed})
        shapes = {name: array.shape for name, array in body.items()}
        if shapes != self.names:
            raise Failed(f"it gave the tensors {shapes}, not {self.names}")
        if any(array.dtype.kind != "f" for array in body.values()):
            raise Failed("its tensors are no floating-point numbers")
        if not all(np.isfinite(array).all() for array in body.values()):
            raise Failed("it gave parameters that are not finite")
        if any(not isinstance(value, (int, float)) for value in answer.get("metrics", {}).values()):
            raise Failed("'metrics' are numbers by name")
        return body

    def trains(self, run: Run) -> str:
        body = self.train(run)
        if all(np.array_equal(body[name], self.model[name]) for name in self.names):
            raise Failed("training changed no parameter")
        return "takes and gives the charter's tensors"

    def trains_again(self, run: Run) -> str:
        first, second = self.train(run), self.train(run)
        same = all(np.array_equal(first[name], second[name]) for name in self.names)
        return "the same bytes for the same task" if same else "other bytes for the same task: allowed, but hard to trace"

    def proximal(self, run: Run) -> str:
        answer, body = run.ask(
            "train",
            self.model,
            round=1,
            optimiser={"kind": "sgd", "rate": 0.01, "momentum": 0.0, "weight_decay": 0.0},
            amount={"kind": "steps", "count": 40},
            steps=40,
            first_step=0,
            batch=4,
            class_weights=[],
            proximal_mu=20.0,
            seed=42,
            member_seed=-7,
        )
        if answer["type"] == "error":
            return "answered with an error, as it should if it cannot: " + str(answer.get("message"))
        free = self.train(
            run,
            steps=40,
            amount={"kind": "steps", "count": 40},
            optimiser={"kind": "sgd", "rate": 0.01, "momentum": 0.0, "weight_decay": 0.0},
        )

        def moved(trained: dict[str, NDArray[Any]]) -> float:
            return sum(float(((trained[name] - self.model[name]) ** 2).sum()) for name in self.names)

        if moved(body) >= moved(free):
            raise Failed("with proximal_mu it went as far from the global model as without; it must add the term, or refuse")
        return "stays nearer to the global model"

    def evaluates(self, run: Run) -> str:
        answer, body = run.result("evaluate", self.model, split="test")
        rows = self.own[1] if self.own else ROWS["test"]
        outputs = body.get("madrigal.outputs")
        if outputs is None:
            if answer.get("samples") != rows or not np.isfinite(answer["loss"]):
                raise Failed(f"without outputs it says samples ({rows}) and loss, a number")
            return "in figures of its own"
        if outputs.shape != (rows, self.options.outputs):
            raise Failed(f"its outputs have the shape {outputs.shape}, not {(rows, self.options.outputs)}")
        if self.own and "madrigal.targets" not in body:
            raise Failed("with its own rows it gives madrigal.targets beside madrigal.outputs")
        return "in outputs"

    def predicts(self, run: Run) -> str:
        features = np.ones((3, self.options.inputs), np.float32)
        answer, body = run.ask("predict", {**self.model, "madrigal.features": features})
        if answer["type"] == "error":
            return "answered with an error, as it may: " + str(answer.get("message"))
        if body["madrigal.outputs"].shape != (3, self.options.outputs):
            raise Failed(f"its outputs have the shape {body['madrigal.outputs'].shape}")
        return ""

    def survives(self, run: Run) -> None:
        answer, _ = run.ask("sing")
        if answer["type"] != "error" or not answer.get("message"):
            raise Failed("a request of a kind that it does not know is answered with an error and a message")
        self.train(run)

    def shuts_down(self, run: Run) -> None:
        run.result("shutdown")
        self.ends(run)

    def notices(self, run: Run) -> None:
        run.socket.close()
        self.ends(run)

    def notices_while_training(self, run: Run) -> None:
        run.wire.send(
            {
                "type": "train", "id": 1000, "seconds": 60, "round": 1, "steps": 10**7, "first_step": 0, "batch": 4,
                "optimiser": {"kind": "sgd", "rate": 1e-9, "momentum": 0.0, "weight_decay": 0.0},
                "amount": {"kind": "steps", "count": 10**7}, "class_weights": [], "proximal_mu": 0.0, "seed": 1,
                "member_seed": 1,
            },
            self.model,
        )  # fmt: skip
        run.socket.close()
        self.ends(run)

    def ends(self, run: Run) -> None:
        try:
            run.process.wait(10)
        except subprocess.TimeoutExpired:
            raise Failed("it still runs after 10 s") from None

    def all(self) -> int:
        self.check("says hello", self.hello, described=False)
        self.check("describes itself", lambda run: self.describe(run, self.hello(run)), described=False)
        self.check("trains", self.trains)
        self.check("trains twice", self.trains_again)
        self.check("keeps to a proximal term", self.proximal)
        self.check("evaluates", self.evaluates)
        self.check("predicts", self.predicts)
        self.check("refuses what it does not know, and goes on", self.survives)
        self.check("ends after shutdown", self.shuts_down)
        self.check("ends when the node is gone", self.notices)
        self.check("ends when the node is gone while it trains", self.notices_while_training)
        return self.failures


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="madrigal_trainer.check", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--inputs", type=int, default=10, help="inputs of the linear layer that is trained (10)")
    parser.add_argument("--outputs", type=int, default=1, help="outputs of the linear layer (1)")
    parser.add_argument("--loss", choices=LOSSES, default=LOSSES[0], help=f"what the charter says ({LOSSES[0]})")
    parser.add_argument("--seconds", type=float, default=60, help="how long an answer may take (60)")
    parser.add_argument("--log", type=Path, help="where the program's output goes (a temporary file)")
    parser.add_argument("command", nargs="+", help="the program and its arguments, after --; paths absolute")
    options = parser.parse_args(arguments)
    log = options.log or Path(tempfile.mkstemp(prefix="madrigal-check-", suffix=".log")[1])
    failures = Check(options, log).all()
    print(f"{failures} failed; the program's output is in {log}" if failures else "all checks passed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
