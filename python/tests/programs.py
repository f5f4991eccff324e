"""Trainers that tests start as programs: python programs.py NAME."""

import os
import sys
import time

import numpy as np

import madrigal_trainer as mt


class Logistic:
    """Two classes, in plain numpy, as the charter says."""

    def open(self, model):
        self.model = model

    def parameters(self):
        return [np.zeros(shape, np.float32) for shape in self.model.shapes.values()]

    def rows(self, rows):
        self.given = rows

    def train(self, parameters, task):
        x, y = self.given.features["train"], self.given.targets["train"]
        start = {name: value.copy() for name, value in parameters.items()}
        now = {name: value.copy() for name, value in parameters.items()}
        speed = {name: np.zeros(value.shape) for name, value in parameters.items()}
        weight, bias = now
        way = task.optimiser
        losses = 0.0
        for batch in task.batches(len(x)):
            z = x[batch] @ now[weight].T + now[bias]
            losses += float(np.mean(np.logaddexp(0, z) - y[batch] * z))
            slope = 1 / (1 + np.exp(-z)) - y[batch]
            gradient = {weight: slope.T @ x[batch] / len(batch), bias: slope.mean(axis=0)}
            pull = task.pull(now, start)
            for name in now:
                direction = gradient[name] + pull[name] + way.settings["weight_decay"] * now[name]
                speed[name] = way.settings["momentum"] * speed[name] + direction
                now[name] = (now[name] - way.rate * speed[name]).astype(np.float32)
        task.progress(done=1.0)
        return now, {"loss": losses / task.steps, "steps": task.steps}

    def evaluate(self, parameters, split):
        return self.predict(parameters, self.given.features[split])

    def predict(self, parameters, features):
        weight, bias = parameters.values()
        return mt.Outputs(features @ weight.T + bias)


class Own(Logistic):
    """Reads its rows itself, and judges by figures."""

    def own_rows(self):
        return mt.OwnRows(24, 10, "ab" * 32)

    def open(self, model):
        super().open(model)
        random = np.random.default_rng(5)
        x = {"train": random.normal(size=(24, model.input[0])).astype(np.float32), "test": np.zeros((10, 1), np.float32)}
        self.rows(mt.Rows(x, {split: (value[:, :1] > 0).astype(np.float32) for split, value in x.items()}))

    def evaluate(self, parameters, split):
        return mt.Figures(10, 0.5, {"accuracy": 0.7, "auc": float("nan")}, [[4, 1], [2, 3]])


class WrongShape(Logistic):
    def parameters(self):
        return [np.zeros((3, 3))]


class Deaf(Logistic):
    """Gives NaN, and knows no proximal term."""

    def train(self, parameters, task):
        return [np.full(shape, np.nan) for shape in self.model.shapes.values()]


class Sleeper(Logistic):
    def train(self, parameters, task):
        time.sleep(1000)


if __name__ == "__main__":
    print("a library greets on standard output", os.getpid())
    mt.serve(globals()[sys.argv[1]]())
