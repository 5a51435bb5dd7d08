"""The file that sweep.mjs writes of a chain, as numpy arrays."""
import resource
import sys
import time

import numpy


def read(path):
    with open(path, "rb") as file:
        txs, outputs = (int(n) for n in numpy.fromfile(file, numpy.uint64, 2))
        first = numpy.fromfile(file, numpy.uint32, txs + 1)
        fee = numpy.fromfile(file, numpy.float64, txs)
        value = numpy.fromfile(file, numpy.float64, outputs)
        spender = numpy.fromfile(file, numpy.uint32, outputs)
    maker = numpy.repeat(numpy.arange(txs, dtype=numpy.uint32), numpy.diff(first.astype(numpy.int64)))
    return txs, fee, value, spender, maker


def told(began, *figures):
    """Milliseconds, the most memory in KiB, then what came out."""
    took = (time.perf_counter() - began) * 1e3
    print(f"{took:.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}")
    print(*figures)


def theft():
    """The output and the transaction of the one theft."""
    return (int(n) for n in sys.argv[2].split(":"))
