"""Writes the vectors of secure aggregation, from libraries and a field that are not ours.

    pip install 'cryptography>=47'
    python secagg_vectors.py > vectors.new

One line for each value, bytes in hexadecimal. The library cannot encapsulate a given message, so the
ML-KEM ciphertext in the file stays as it is; that it is the one of MESSAGE is checked here.
"""

import hashlib
import hmac
import re
import struct
from fractions import Fraction
from math import floor
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

VECTORS = Path(__file__).parent / "../resources/org/madrigal/core/secagg/vectors.properties"
OUT = {}


def pattern(start, length):
    """Bytes start, start + 5, start + 10, ... modulo 256."""
    return bytes((start + 5 * i) % 256 for i in range(length))


# ---- purposes, HKDF, AEAD, commitments -------------------------------------------------------------


def string(data):
    return struct.pack(">I", len(data)) + data


def purpose(label, *fields):
    """Fields: bytes, str, int for 4 bytes, (int,) for 8 bytes."""
    out = string(label.encode())
    for field in fields:
        if isinstance(field, bytes):
            out += b"\x01" + string(field)
        elif isinstance(field, str):
            out += b"\x04" + string(field.encode())
        elif isinstance(field, tuple):
            out += b"\x03" + struct.pack(">q", field[0])
        else:
            out += b"\x02" + struct.pack(">i", field)
    return out


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def extract(salt, key):
    return hmac.new(salt or bytes(32), key, hashlib.sha256).digest()


def expand(key, info, length):
    out, block, i = b"", b"", 0
    while len(out) < length:
        i += 1
        block = hmac.new(key, block + info + bytes([i]), hashlib.sha256).digest()
        out += block
    return out[:length]


def seal(key, aad, plaintext):
    return AESGCM(key).encrypt(bytes(12), plaintext, aad)


def key_commitment(key, aad):
    return sha256(b"madrigal/key-commitment/1", aad, key)


OUT["purpose"] = purpose("madrigal/test/1", b"\x00\xff", "sum \u03a3", 7, (-2,))
OUT["hkdf"] = expand(extract(b"salt", pattern(1, 32)), OUT["purpose"], 80)
OUT["aead"] = seal(pattern(2, 32), OUT["purpose"], b"a single voice")
OUT["commitment"] = key_commitment(pattern(2, 32), OUT["purpose"])

# ---- pair keys -------------------------------------------------------------------------------------

MESSAGE = pattern(9, 32)


def key_pair(seed):
    dh = X25519PrivateKey.from_private_bytes(seed[:32])
    kem = MLKEM768PrivateKey.from_seed_bytes(seed[32:])
    return dh, kem, dh.public_key().public_bytes_raw() + kem.public_key().public_bytes_raw()


old = dict(re.findall(r"^(\S+)=(\S*)$", VECTORS.read_text(), re.M))
ciphertext = bytes.fromhex(old["pair.ciphertext"])
dh_a, kem_a, public_a = key_pair(pattern(3, 96))
dh_b, kem_b, public_b = key_pair(pattern(4, 96))
shared = kem_b.decapsulate(ciphertext)
hash_of_key = hashlib.sha3_256(public_b[32:]).digest()
assert shared == hashlib.sha3_512(MESSAGE + hash_of_key).digest()[:32]
prk = extract(sha256(b"context"), shared + dh_b.exchange(dh_a.public_key()))
transcript = sha256(purpose("madrigal/pair-transcript/1", public_a, public_b, ciphertext))
OUT["pair.publicA"] = public_a
OUT["pair.publicB"] = public_b
OUT["pair.ciphertext"] = ciphertext
OUT["pair.secret"] = expand(prk, purpose("madrigal/pair-secret/1", transcript), 32)

# ---- secret sharing --------------------------------------------------------------------------------

EXP, LOG = [0] * 65535, {}
value = 1
for power in range(65535):
    EXP[power], LOG[value] = value, power
    value <<= 1
    if value >> 16:
        value ^= 0x1100B
assert value == 1 and len(LOG) == 65535  # x generates every element: the polynomial is primitive


def times(a, b):
    return EXP[(LOG[a] + LOG[b]) % 65535] if a and b else 0


def share(secret, coefficients, index):
    """Coefficients: those of the highest degree first, 32 bytes for each degree."""
    degrees = [coefficients[i : i + 32] for i in range(0, len(coefficients), 32)][::-1]
    out = []
    for k in range(16):
        total = struct.unpack_from(">H", secret, 2 * k)[0]
        power = 1
        for coefficient in degrees:
            power = times(power, index)
            total ^= times(struct.unpack_from(">H", coefficient, 2 * k)[0], power)
        out.append(total)
    return struct.pack(">16H", *out)


OUT["field"] = struct.pack(">3H", times(0x8000, 2), times(0xBEEF, 0x1234), times(0xFFFF, 0xFFFF))
for i in (1, 2, 3, 299, 300):
    OUT["share.%d" % i] = share(pattern(5, 32), pattern(6, 4 * 32), i)

# ---- a slot of three members -----------------------------------------------------------------------

SLOT = sha256(b"slot")


def of_slot(kind, *members):
    return purpose("madrigal/secagg/1", SLOT, kind, *members)


def slot_keys(pair_secret, number, lower, upper):
    chain = pair_secret
    for k in range(number + 1):
        both = expand(chain, purpose("madrigal/ratchet/1", (k,)), 64)
        chain, key = both[:32], both[32:]
    names = (("mask-seed", lower, upper), ("channel-key", lower, upper), ("channel-key", upper, lower))
    keys = [expand(key, of_slot(*name), 32) for name in names]
    return keys, [key_commitment(k, of_slot(*name)) for k, name in zip(keys, names)], chain


keys, commitments, chain = slot_keys(pattern(7, 32), 3, 2, 5)
OUT["ratchet.keys"] = b"".join(keys)
OUT["ratchet.commitments"] = b"".join(commitments)
OUT["ratchet.chain"] = chain

SELF, RECOVERY = pattern(10, 32), pattern(11, 32)
SEED_1, SEED_3 = pattern(12, 32), pattern(13, 32)  # of member 2 with 1 and 3
CHANNEL = {1: pattern(14, 32), 3: pattern(15, 32)}
COEFFICIENTS = pattern(16, 64)  # threshold 2: one degree for each of the two secrets


def digest_of(kind, secret, *members):
    return sha256(of_slot(kind, *members), secret)


OUT["dealing.selfSeed"] = digest_of("self-seed", SELF, 2)
OUT["dealing.recoveryKey"] = digest_of("recovery-key", RECOVERY, 2)
for v in (1, 2, 3):
    of_self = share(SELF, COEFFICIENTS[:32], v)
    of_recovery = share(RECOVERY, COEFFICIENTS[32:], v)
    box = b"" if v == 2 else seal(CHANNEL[v], of_slot("share-box", 2, v), of_self + of_recovery)
    OUT["dealing.box.%d" % v] = box
    OUT["dealing.selfSeed.%d" % v] = digest_of("self-seed-share", of_self, 2, v)
    OUT["dealing.recoveryKey.%d" % v] = digest_of("recovery-key-share", of_recovery, 2, v)
capsule_key = expand(RECOVERY, of_slot("capsule-key", 2), 32)
peers = struct.pack(">2I", 1, 3)
OUT["dealing.capsule"] = seal(
    capsule_key, of_slot("capsule", 2) + b"\x01" + string(peers), SEED_1 + SEED_3
)

# ---- masks -----------------------------------------------------------------------------------------

LENGTH, BITS, BOUND, MEMBERS = 11, 8, 4.0, 3
WIDTH = BITS + 2 + 6
EPOCH_KEY = pattern(17, 32)
binding = sha256(
    purpose(
        "madrigal/mask-binding/1",
        sha256(b"task"),
        sha256(b"model"),
        sha256(b"layout"),
        WIDTH,
        BITS,
        (struct.unpack(">q", struct.pack(">d", BOUND))[0],),
        (MEMBERS,),
    )
)


def stream(seed, info, length=LENGTH):
    key = expand(extract(b"", seed), info, 32)
    data = Cipher(AES(key), CTR(bytes(16))).encryptor().update(bytes(4 * length))
    return struct.unpack("<%dI" % length, data)


def bound_to(*names, last=()):
    out = of_slot(*names) + b"\x01" + string(binding)
    for field in last:
        out += b"\x02" + struct.pack(">i", field)
    return out


NUMBERS = [0.0, 1.0, -1.0, 0.015625, 0.046875, 4.0, -4.0, 5.0, -5.0, 0.1, -3.999]
clipped = [max(-BOUND, min(BOUND, struct.unpack("<f", struct.pack("<f", x))[0])) for x in NUMBERS]
encoded = [round(x / (BOUND / 2 ** (BITS - 1))) for x in clipped]
self_mask = stream(SELF + EPOCH_KEY, bound_to("self-mask", 2, last=(1,)))
with_1 = stream(SEED_1, bound_to("pair-mask", 1, 2))
with_3 = stream(SEED_3, bound_to("pair-mask", 2, 3))


def pack(words, width):
    bits = sum((word % 2**width) << (i * width) for i, word in enumerate(words))
    return bits.to_bytes((len(words) * width + 7) // 8, "little")


masked = [x + s - a + c for x, s, a, c in zip(encoded, self_mask, with_1, with_3)]
OUT["mask.long"] = sha256(struct.pack("<20011I", *stream(SELF, OUT["purpose"], 20011)))
OUT["mask.encoded"] = pack(encoded, WIDTH)
random_words = stream(pattern(18, 32), of_slot("rounding"))
cut = [floor(Fraction(x) / Fraction(BOUND) * 2 ** (BITS + 31)) for x in clipped]
OUT["mask.stochastic"] = pack([(x + r) // 2**32 for x, r in zip(cut, random_words)], WIDTH)
OUT["mask.masked"] = pack(masked, WIDTH)
for width in (8, 13, 16, 21, 24, 31, 32):
    OUT["pack.%d" % width] = pack(masked, width)

# ---- counts, statistics, evaluations, weights: what rides beside or in place of parameters ---------

ROW_BITS = 24


def digits(count, value_bits, bits):
    """A count in digits of bits - 1 bits, the lowest first."""
    size = bits - 1
    places = -(-value_bits // size)
    return [count >> (size * i) & (2**size - 1) for i in range(places)]


def positive(number, whole_bits, fraction_bits, bits):
    """A number that is not negative: its whole part and its fraction, each a count."""
    scaled = min(round(Fraction(number) * 2**fraction_bits), 2 ** (whole_bits + fraction_bits) - 1)
    whole, fraction = divmod(scaled, 2**fraction_bits)
    return digits(whole, whole_bits, bits) + digits(fraction, fraction_bits, bits)


def of_rows(counts):
    return [word for count in counts for word in digits(count, ROW_BITS, COUNT_BITS)]


COUNT_BITS = 20  # of a value; with weights of sum 4 the ring has 28
COLUMNS = [32, 2, 32, 32, 2, 32, 2, 32, (4,), (3,)]
words = of_rows([100])
for place, column in enumerate(COLUMNS):
    if isinstance(column, tuple):
        words += of_rows((level + place) % 7 for level in range(column[0]))
    else:
        words += positive(place + 0.1, ROW_BITS, 30, COUNT_BITS)
        words += positive(place / 64 + 0.05, ROW_BITS, 30, COUNT_BITS)
        words += of_rows((7 * part + place) % 5 for part in range(column))
words += of_rows([40, 60])
OUT["coding.statistics"] = pack(words, 28)

words = of_rows([50]) + positive(12.34, 34, 20, COUNT_BITS) + of_rows([20, 5, 10, 15])
words += of_rows(part % 3 for part in range(256)) + of_rows((part + 1) % 2 for part in range(256))
OUT["coding.evaluation"] = pack(words, 28)


def figure(rows, mean):
    total = round(Fraction(mean * rows + 2**30) / 2**31 * (2**44 - 1))
    return digits(rows, 20, COUNT_BITS) + digits(total, 44, COUNT_BITS)


# 250 rows in steps of 100 weigh 3 of at most 16; with three members the sum is 48 at most: 32 bits.
weight = 3
words = [round(x / (4 / 2**19)) * weight for x in (1.0, -1.0, 0.0)]
words += digits(weight, 5, COUNT_BITS) + figure(weight, 0.3) + 2 * figure(0, 0.0)
OUT["coding.weighted"] = pack(words, 32)

for name, data in OUT.items():
    print("%s=%s" % (name, data.hex()))
