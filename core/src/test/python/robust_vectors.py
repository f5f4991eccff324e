"""Writes the vectors of the robust rules, by NumPy from the papers' formulas.

    pip install numpy
    python robust_vectors.py > ../resources/org/madrigal/core/robust/vectors.csv

Each line: rule, its numbers, how many updates there are, then the aggregate, values by blanks. The
updates of n members with d coordinates are float32: coordinate i of member k is pattern(k, i), and
that of the last f members is turned round and made ten times as large.
"""

import numpy as np

D = 37
MALICIOUS = {5: 1, 9: 3, 12: 3}


def updates(n):
    k = np.arange(n)[:, None]
    i = np.arange(D)[None, :]
    x = (((k * 7919 + i * 104729 + k * i * 31) % 2003) / 1001.5 - 1).astype(np.float32)
    x = (x * np.float32(0.25) + np.float32(0.5)).astype(np.float32)
    f = MALICIOUS[n]
    x[-f:] *= np.float32(-10)
    return x.astype(np.float64)


def median(x):
    return np.median(x, axis=0)


def trimmed_mean(x, cut):
    return np.mean(np.sort(x, axis=0)[cut:-cut], axis=0)


def krum(x, tolerated, selected):
    n = len(x)
    squares = ((x[:, None, :] - x[None, :, :]) ** 2).sum(axis=2)
    scores = [np.sort(np.delete(squares[k], k))[: n - tolerated - 2].sum() for k in range(n)]
    return x[np.argsort(scores, kind="stable")[:selected]].mean(axis=0)


def geometric_median(x, steps, smoothing):
    z = np.median(x, axis=0)
    for _ in range(steps):
        beta = 1 / np.maximum(smoothing, np.linalg.norm(x - z, axis=1))
        z = (beta[:, None] * x).sum(axis=0) / beta.sum()
    return z


def centred_clipping(x, radius, steps):
    v = np.full(D, 0.125)
    for _ in range(steps):
        difference = x - v
        norms = np.linalg.norm(difference, axis=1)
        v = v + (difference * np.minimum(1, radius / norms)[:, None]).mean(axis=0)
    return v


def clipped_mean(x, norm):
    norms = np.linalg.norm(x, axis=1)
    return (x * np.minimum(1, norm / norms)[:, None]).mean(axis=0)


def bucketed_median(x, bucket):
    """In the order of the members, without a draw."""
    means = [x[k : k + bucket].mean(axis=0) for k in range(0, len(x), bucket)]
    return np.median(np.array(means), axis=0)


def line(name, numbers, n, value):
    print(name, *numbers, n, " ".join(f"{v:.9g}" for v in value), sep=",")


for n in (5, 9, 12):
    x = updates(n)
    f = MALICIOUS[n]
    line("median", [], n, median(x))
    line("trimmed-mean", [f], n, trimmed_mean(x, f))
    line("krum", [f, 1], n, krum(x, f, 1))
    line("krum", [f, n - f], n, krum(x, f, n - f))
    line("geometric-median", [4, 1e-6], n, geometric_median(x, 4, 1e-6))
    line("geometric-median", [60, 1e-6], n, geometric_median(x, 60, 1e-6))
    line("centred-clipping", [0.5, 1], n, centred_clipping(x, 0.5, 1))
    line("centred-clipping", [2.0, 5], n, centred_clipping(x, 2.0, 5))
    line("clipped-mean", [3.0], n, clipped_mean(x, 3.0))
    line("bucketed-median", [2], n, bucketed_median(x, 2))
