"""Messages of the trainer protocol on a socket: docs/trainer-protocol.md."""

from __future__ import annotations

import json
import math
import socket
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as load_safetensors

PREFIX = struct.Struct("<IQ")
MAX_HEADER = 1 << 20
MAX_BODY = 1 << 40
_LENGTH = struct.Struct("<Q")
_TYPES = {"float64": "F64", "float32": "F32", "float16": "F16"}


class Broken(Exception):
    """The other side did not keep to the protocol, or is gone."""


def finite(value: Any) -> Any:
    """The same value for JSON, without numbers that are not finite."""
    if isinstance(value, Mapping):
        kept = {str(key): finite(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each is not None}
    if isinstance(value, (list, tuple)):
        return [finite(each) for each in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


class Wire:
    """One connection, for one thread."""

    def __init__(self, connection: socket.socket):
        self._socket = connection

    def send(self, header: Mapping[str, Any], tensors: Mapping[str, NDArray[Any]] | None = None) -> None:
        text = json.dumps(finite(header), allow_nan=False).encode()
        if not tensors:
            self._write(PREFIX.pack(len(text), 0) + text)
            return
        arrays = {name: _plain(array) for name, array in tensors.items()}
        entries, place = {}, 0
        for name, array in arrays.items():
            end = place + array.nbytes
            entries[name] = {"dtype": _TYPES[array.dtype.name], "shape": list(array.shape), "data_offsets": [place, end]}
            place = end
        names = json.dumps(entries).encode()
        names += b" " * (-len(names) % 8)
        self._write(PREFIX.pack(len(text), 8 + len(names) + place) + text + _LENGTH.pack(len(names)) + names)
        for array in arrays.values():
            if array.size:
                self._write(array.reshape(-1).data.cast("B"))

    def receive(self) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        length, body = PREFIX.unpack(self._read(PREFIX.size))
        if not 2 <= length <= MAX_HEADER or body > MAX_BODY:
            raise Broken(f"a message cannot have a header of {length} and a body of {body} bytes")
        try:
            header = json.loads(self._read(length))
        except ValueError as e:
            raise Broken(f"the header of a message is not JSON: {e}") from e
        if not isinstance(header, dict):
            raise Broken("the header of a message is no JSON object")
        return header, self._tensors(body) if body else {}

    def _tensors(self, body: int) -> dict[str, NDArray[Any]]:
        """Reads each tensor straight into its array."""
        if body < 8:
            raise Broken(f"a body is a safetensors file, not {body} bytes")
        (length,) = _LENGTH.unpack(self._read(8))
        if not 2 <= length <= body - 8:
            raise Broken(f"the header of a safetensors file cannot have {length} bytes in {body}")
        try:
            entries = json.loads(self._read(length))
            entries.pop("__metadata__", None)
            described = sorted((tuple(e["data_offsets"]), name, e["dtype"], tuple(e["shape"])) for name, e in entries.items())
            if any(dtype not in _TYPES.values() for _, _, dtype, _ in described):
                return self._other_types(entries, length, body)
            tensors, place = {}, 0
            for (begin, end), name, dtype, shape in described:
                kind = {"F64": "<f8", "F32": "<f4", "F16": "<f2"}[dtype]
                if begin != place or end - begin != math.prod(shape) * np.dtype(kind).itemsize or min((0, *shape)) < 0:
                    raise Broken(f"the tensor {name} {list(shape)} cannot lie at bytes {begin} to {end}")
                if end > body - 8 - length:
                    raise Broken(f"the tensor {name} ends behind the body")
                array = np.empty(shape, kind)
                if array.size:
                    self._read_into(array.reshape(-1).data.cast("B"))
                tensors[name] = array
                place = end
        except (KeyError, TypeError, ValueError, AttributeError) as e:
            raise Broken(f"the header of a safetensors file is wrong: {e}") from e
        if place != body - 8 - length:
            raise Broken(f"the tensors have {place} bytes, but the body has {body - 8 - length} for them")
        return {name: tensors[name] for name in entries}

    def _other_types(self, entries: Mapping[str, Any], length: int, body: int) -> dict[str, NDArray[Any]]:
        """The types that only the library knows: the numbers as a whole go through it."""
        names = json.dumps(entries).encode()
        numbers = self._read(body - 8 - length)
        try:
            return load_safetensors(_LENGTH.pack(len(names)) + names + numbers)
        except SafetensorError as e:
            raise Broken(f"a body is no safetensors file: {e}") from e

    def _write(self, data: bytes | memoryview) -> None:
        try:
            self._socket.sendall(data)
        except OSError as e:
            raise Broken("the other side is gone") from e

    def _read(self, count: int) -> bytes:
        data = bytearray(count)
        self._read_into(memoryview(data))
        return bytes(data)

    def _read_into(self, view: memoryview) -> None:
        while view:
            try:
                count = self._socket.recv_into(view[: 1 << 20])
            except OSError as e:
                raise Broken(f"the other side is gone: {e}") from e
            if count == 0:
                raise Broken("the other side closed the connection")
            view = view[count:]


def _plain(array: Any) -> NDArray[Any]:
    """Numbers that a message can have, little-endian and in row-major order."""
    plain = np.asarray(array)
    if plain.dtype.name not in _TYPES:
        plain = plain.astype(np.float32)
    return np.asarray(plain, dtype=plain.dtype.newbyteorder("<"), order="C")
