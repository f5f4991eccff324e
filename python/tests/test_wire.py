"""Messages: what is written is read, and what makes no sense is refused."""

import json
import math
import random
import socket
import struct
import threading
from contextlib import closing

import numpy as np
import pytest
from safetensors.numpy import load, save

from madrigal_trainer._wire import Broken, Wire


def read(raw: bytes):
    one, other = socket.socketpair()
    with closing(one), closing(other):
        sender = threading.Thread(target=lambda: (one.sendall(raw), one.close()))
        sender.start()
        try:
            return Wire(other).receive()
        finally:
            other.close()
            sender.join()


def written(header, tensors=None) -> bytes:
    one, other = socket.socketpair()
    with closing(one), closing(other):
        parts = []

        def drain():
            while part := other.recv(1 << 16):
                parts.append(part)

        reader = threading.Thread(target=drain)
        reader.start()
        Wire(one).send(header, tensors)
        one.close()
        reader.join()
        return b"".join(parts)


TENSORS = {
    "0.weight": np.arange(6, dtype=np.float32).reshape(2, 3),
    "0.bias": np.array([1, -2], np.float64),
    "none": np.empty((0, 3), np.float32),
    "half": np.array([0.5], np.float16),
    "scalar": np.array(3.0, np.float32),
}


def test_tensors_are_read_as_they_were_written():
    header, tensors = read(written({"type": "train", "id": 1}, TENSORS))
    assert header == {"type": "train", "id": 1}
    assert list(tensors) == list(TENSORS)
    for name, expected in TENSORS.items():
        assert tensors[name].dtype == expected.dtype
        np.testing.assert_array_equal(tensors[name], expected)


def test_bodies_are_safetensors_for_the_library_and_from_it():
    raw = written({"a": 1}, TENSORS)
    body = raw[12 + struct.unpack("<I", raw[:4])[0] :]
    np.testing.assert_array_equal(load(body)["0.weight"], TENSORS["0.weight"])
    saved = save({**TENSORS, "count": np.array([7], np.int64)})
    _, tensors = read(struct.pack("<IQ", 2, len(saved)) + b"{}" + saved)
    assert tensors["count"].item() == 7
    np.testing.assert_array_equal(tensors["0.weight"], TENSORS["0.weight"])


def test_numbers_that_are_not_finite_are_left_out_of_headers():
    header, _ = read(written({"metrics": {"loss": math.nan, "auc": np.float32(0.5), "n": np.int64(3)}}))
    assert header == {"metrics": {"auc": 0.5, "n": 3}}


def test_whole_numbers_become_singles():
    _, tensors = read(written({}, {"count": np.array([7], np.int64)}))
    assert tensors["count"].dtype == np.float32


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Epoch 1/10: 100%" * 4,
        struct.pack("<IQ", 1, 0) + b"{",
        struct.pack("<IQ", 2, 1 << 60) + b"{}",
        struct.pack("<IQ", 2, 0) + b"[]",
        struct.pack("<IQ", 2, 4) + b"{}abcd",
        struct.pack("<IQ", 2, 8) + b"{}" + struct.pack("<Q", 99),
    ],
)
def test_what_makes_no_sense_is_refused(raw):
    with pytest.raises(Broken):
        read(raw)


@pytest.mark.parametrize(
    "entry",
    [
        {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]},
        {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]},
        {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]},
        {"dtype": "F32", "shape": [-2], "data_offsets": [0, 8]},
        {"dtype": "F99", "shape": [2], "data_offsets": [0, 8]},
        {"dtype": "F32", "shape": 2, "data_offsets": [0, 8]},
        {"dtype": "F32"},
        7,
    ],
)
def test_tensors_that_do_not_fit_their_body_are_refused(entry):
    names = json.dumps({"w": entry}).encode()
    body = struct.pack("<Q", len(names)) + names + b"\0" * 8
    with pytest.raises(Broken):
        read(struct.pack("<IQ", 2, len(body)) + b"{}" + body)


def test_changed_bytes_are_read_or_refused():
    raw = written({"type": "train", "id": 1}, {"w": np.arange(3, dtype=np.float32)})
    draw = random.Random(1)
    for _ in range(300):
        changed = bytearray(raw)
        for _ in range(draw.randint(1, 3)):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        try:
            read(bytes(changed))
        except Broken as e:
            assert str(e)
