"""Writes the vectors that SignedHandoverTest compares with, from libraries that are not ours.

    pip install cbor2 cryptography
    python handover_vectors.py > ../resources/org/madrigal/core/protocol/handovers.csv

One line for each vector: name, signed handover in hexadecimal.
"""

import hashlib

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEED = bytes(range(32))
FEDERATION = hashlib.sha256(b"vector federation").digest()
TIME = 1_700_000_000_000
HEAD = hashlib.sha256(b"head").digest()
CONTRACT = "evm:1337:0x" + "1f" * 20
ORDERER = "file:ed25519:" + "0a" * 32


def canonical(value):
    return cbor2.dumps(value, canonical=True)


def signed(author, payload):
    protected = canonical({1: -19, 4: author.encode()})
    message = canonical(["Signature1", protected, b"", payload])
    signature = Ed25519PrivateKey.from_private_bytes(SEED).sign(message)
    return canonical(cbor2.CBORTag(18, [protected, {}, payload, signature]))


def handover(author, source, position, following):
    payload = ["madrigal/handover/1", FEDERATION, source, position, HEAD, TIME, following]
    return signed(author, canonical(payload))


VECTORS = {
    "to-a-chain": handover("ada", ORDERER, 57, CONTRACT),
    "from-a-chain": handover("ada", CONTRACT, 70_000, ORDERER),
}

for name, data in VECTORS.items():
    print(f"{name},{data.hex()}")
