"""Tasks, and the helpers for libraries; those of a library that is absent are tested where it is there."""

import numpy as np
import pytest

import madrigal_trainer as mt
from madrigal_trainer import keras as keras_helper


def task(**changed):
    given = dict(round=1, steps=5, first_step=0, epochs=None, batch=4, optimiser=mt.Optimiser("sgd", 0.1), class_weights=())
    return mt.Task(**{**given, "proximal_mu": 0.5, "seed": -3, "member_seed": 9, **changed})


def test_batches_go_on_where_the_last_round_ended():
    whole = [batch.tolist() for batch in task(steps=10).batches(10)]
    halves = [b.tolist() for b in task().batches(10)] + [b.tolist() for b in task(first_step=5).batches(10)]
    assert whole == halves
    assert [len(batch) for batch in whole[:3]] == [4, 4, 2]
    assert sorted(sum(whole[:3], [])) == list(range(10))
    assert whole[:3] != whole[3:6]
    assert whole != [batch.tolist() for batch in task(steps=10, member_seed=8).batches(10)]


def test_the_proximal_pull_points_to_the_global_model():
    pull = task().pull({"w": np.array([3.0, 1.0])}, {"w": np.array([1.0, 2.0])})
    np.testing.assert_array_equal(pull["w"], [1.0, -0.5])


class FakeKeras:
    """The two methods that the helper uses."""

    def __init__(self):
        self.weights = [np.arange(6.0).reshape(2, 3), np.zeros(3), np.arange(24.0).reshape(2, 2, 1, 6)]

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.weights = weights


def test_keras_kernels_are_turned_and_turned_back():
    model = FakeKeras()
    before = [weight.copy() for weight in model.weights]
    got = keras_helper.get(model)
    assert [value.shape for value in got] == [(3, 2), (3,), (6, 1, 2, 2)]
    assert got[0][2, 1] == before[0][1, 2]
    assert got[2][5, 0, 1, 0] == before[2][1, 0, 0, 5]
    keras_helper.set_(model, got)
    for now, old in zip(model.weights, before):
        np.testing.assert_array_equal(now, old)
        assert now.dtype == old.dtype


def test_linear_estimators_learn_what_plain_descent_learns():
    pytest.importorskip("sklearn")
    from sklearn.linear_model import SGDClassifier

    from madrigal_trainer.sklearn import LinearTrainer

    trainer = LinearTrainer(SGDClassifier(loss="log_loss", alpha=0))
    shapes = {"0.weight": (1, 3), "0.bias": (1,)}
    trainer.open(mt.Model(shapes, (3,), 1, (), "binary-cross-entropy", 2))
    random = np.random.default_rng(1)
    x = random.normal(size=(40, 3)).astype(np.float32)
    y = (x[:, :1] > 0).astype(np.float32)
    trainer.rows(mt.Rows({"train": x, "test": x}, {"train": y, "test": y}))
    start = {"0.weight": np.full((1, 3), 0.2, np.float32), "0.bias": np.zeros(1, np.float32)}
    # One batch of one row: w -= rate * (sigmoid(z) - y) * x
    one = task(steps=1, batch=1, proximal_mu=0.0)
    (row,) = next(iter(one.batches(40)))
    z = float((x[row] @ start["0.weight"].T)[0])
    slope = 1 / (1 + np.exp(-z)) - y[row, 0]
    (weight, bias), metrics = trainer.train(start, one)
    np.testing.assert_allclose(weight[0], 0.2 - 0.1 * slope * x[row], rtol=1e-5)
    np.testing.assert_allclose(bias, [-0.1 * slope], rtol=1e-5)
    assert metrics == {"steps": 1}
    (again, _), _ = trainer.train(start, one)
    np.testing.assert_array_equal(again, weight)
    with pytest.raises(mt.TrainerError, match="no proximal term"):
        trainer.train(start, task())


def test_modules_share_what_is_not_local():
    torch = pytest.importorskip("torch")
    from madrigal_trainer import torch as helper

    module = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3), torch.nn.Linear(3, 1))
    shared = helper.get(module, lambda name: name.startswith("2."))
    assert "1.num_batches_tracked" not in shared and "2.weight" not in shared
    helper.set_(module, {name: value + 1 for name, value in shared.items()}, lambda name: name.startswith("2."))
    np.testing.assert_array_equal(helper.get(module)["0.weight"], shared["0.weight"] + 1)
