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


def pattern(start, length):
    return bytes((start + i) % 256 for i in range(length))


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
    "key-offer": statement("ada", 8, [2, pattern(1, 40)]),
    "key-seal": statement("ada", 9, [2, MODEL, pattern(2, 1088)]),
    "key-deal": statement("ada", 18, [2, 1, MODEL, pattern(3, 2 * 48), pattern(4, 48)]),
    "complaint": statement("ada", 11, [2, MODEL]),
    "commitment": statement(
        "ada",
        10,
        [
            2,
            300,
            MODEL,
            DELTA,
            pattern(5, 80),
            pattern(6, 3 * 64),
            pattern(7, 2 * 80),
            pattern(8, 2 * 96),
        ],
    ),
    "masked-update": statement("ada", 12, [300, 7, DELTA, MODEL, [DELTA, 12]]),
    "unmasking": statement("ada", 13, [300, MODEL, [[0], [1, pattern(9, 32)], [2, pattern(10, 32)]]]),
    "receipt": statement("ada", 15, [[[7, DELTA], [300, MODEL]]]),
    "sealed-update": statement("ada", 19, [7, DELTA, MODEL, [DELTA, 12]]),
}

for name, data in VECTORS.items():
    print(f"{name},{data.hex()},{after(genesis(), data).hex()}")
