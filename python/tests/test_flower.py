"""Clients written for Flower run as they stand, with Flower's classes or without."""

import numpy as np
import pytest

import madrigal_trainer as mt
from madrigal_trainer.flower import FlowerTrainer


class NumPyClient:
    """What a Flower program inherits from: it wraps itself for the server."""

    def to_client(self):
        wrapper = type("Wrapper", (), {})()
        wrapper.numpy_client = self
        return wrapper


class Client(NumPyClient):
    """The shape of Flower's quickstart client."""

    def __init__(self, partition):
        self.partition = partition
        self.weights = [np.zeros((1, 2)), np.zeros(1)]

    def get_parameters(self, config):
        return self.weights

    def set_parameters(self, parameters):
        self.weights = [value.astype(np.float64) for value in parameters]

    def fit(self, parameters, config):
        self.set_parameters(parameters)
        for value in self.weights:
            value += config.get("lr", 0.1)
        return self.get_parameters(config), 30, {"loss": 0.25, "note": "text"}

    def evaluate(self, parameters, config):
        self.set_parameters(parameters)
        return 0.5, 12, {"accuracy": 0.75}


class ClientApp:
    """Keeps its client_fn in the closure of its handler, as newer versions of Flower do."""

    def __init__(self, client_fn):
        def ffn(message, context):
            return client_fn(context)

        self._call = ffn


def client_fn(context):
    return Client(context.node_config["partition-id"]).to_client()


def task(**changed):
    given = dict(round=2, steps=3, first_step=3, epochs=1, batch=8, optimiser=mt.Optimiser("sgd", 0.5), class_weights=())
    return mt.Task(**{**given, "proximal_mu": 0.0, "seed": 1, "member_seed": 2, **changed})


@pytest.mark.parametrize("given", [Client(4), client_fn, ClientApp(client_fn)], ids=["client", "client_fn", "app"])
def test_clients_train_and_judge_on_their_own_rows(given):
    trainer = FlowerTrainer(given, digest="ab" * 32, partition=4)
    start = {"0.weight": np.ones((1, 2), np.float32), "0.bias": np.zeros(1, np.float32)}

    assert trainer.own_rows() == mt.OwnRows(30, 12, "ab" * 32)
    trained = trainer.train(start, task())
    judged = trainer.evaluate(start, "test")

    np.testing.assert_array_equal(trained.parameters[0], [[1.5, 1.5]])
    assert trained.metrics == {"loss": 0.25}
    np.testing.assert_array_equal(start["0.weight"], [[1, 1]])
    assert judged == mt.Figures(12, 0.5, {"accuracy": 0.75})
    assert trainer._client.partition == 4


def test_a_proximal_term_is_refused_unless_the_client_knows_it():
    trainer = FlowerTrainer(Client(0), digest="ab" * 32, train_rows=30, test_rows=12)
    start = {"0.weight": np.ones((1, 2), np.float32), "0.bias": np.zeros(1, np.float32)}
    with pytest.raises(mt.TrainerError, match="knows_proximal_mu"):
        trainer.train(start, task(proximal_mu=0.1))
    trainer._client.knows_proximal_mu = True
    assert trainer.train(start, task(proximal_mu=0.1)).metrics == {"loss": 0.25}


def test_rows_are_named_by_their_files(tmp_path):
    (tmp_path / "a.csv").write_text("1\n")
    one = FlowerTrainer(Client(0), data_files=(str(tmp_path / "a.csv"),))._digest
    (tmp_path / "a.csv").write_text("2\n")
    assert FlowerTrainer(Client(0), data_files=(str(tmp_path / "a.csv"),))._digest != one
    with pytest.raises(mt.TrainerError, match="Say which rows these are"):
        FlowerTrainer(Client(0))


def test_what_is_no_client_is_told():
    with pytest.raises(mt.TrainerError, match="lacks one"):
        FlowerTrainer(lambda context: object(), digest="ab" * 32)
