"""Writes the vectors that StatementCodecTest compares with, from libraries that are not ours.

    pip install cbor2 cryptography
    python statement_vectors.py > ../resources/org/madrigal/core/protocol/statements.csv

One line for each vector: name, signed statement, running hash after it as the first entry at
1,700,000,000,000 ms; bytes in hexadecimal.
"""

import hashlib
import struct

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEED = bytes(range(32))
FEDERATION = hashlib.sha256(b"vector federation").digest()
TIME = 1_700_000_000_000
MODEL = hashlib.sha256(b"model").digest()
DELTA = hashlib.sha256(b"delta").digest()


def canonical(value):
    return cbor2.dumps(value, canonical=True)


def signed(author, payload):
    protected = canonical({1: -19, 4: author.encode()})
    message = canonical(["Signature1", protected, b"", payload])
    signature = Ed25519PrivateKey.from_private_bytes(SEED).sign(message)
    return canonical(cbor2.CBORTag(18, [protected, {}, payload, signature]))


def genesis():
    return hashlib.sha256(b"madrigal/history/1" + FEDERATION).digest()


def statement(author, kind, body):
    payload = canonical([1, kind, FEDERATION, 0, genesis(), body])
    return signed(author, payload)


def after(head, data):
    return hashlib.sha256(head + hashlib.sha256(data).digest() + struct.pack(">Q", TIME)).digest()


VECTORS = {
    "enrolment": statement("ada", 2, ["memory"]),
    "initial-model": statement("ada", 3, [[MODEL, 12]]),
    "update": statement(
        "ada",
        4,
        [7, MODEL, [DELTA, 12], [["test.accuracy", 0.75], ["train.loss", 0.1], ["z", 3.0]]],
    ),
    "attestation": statement("ada", 5, [15, MODEL, []]),
    "vote": statement("ada", 6, ["bob-2", "sends Wärme"]),
    "nudge": statement("ada", 7, [TIME]),
}

for name, data in VECTORS.items():
    print(f"{name},{data.hex()},{after(genesis(), data).hex()}")
