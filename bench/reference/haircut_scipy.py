"""Haircut in floating point, by scipy: what each transaction takes in is the solution of a sparse triangular system, since
each takes in value/total of what the makers of its inputs did. Prints the sum held at the end; only the solving is timed."""
import sys
import time

import numpy
import scipy.sparse
import scipy.sparse.linalg
from chain_file import read, theft, told

txs, fee, value, spender, maker = read(sys.argv[1])
output, tx = theft()
total = numpy.bincount(maker, value, txs) + fee
share = value / numpy.maximum(total, 1)[maker]
spent = spender < txs
# Coinbases make new coins: they pass nothing on.
flow = scipy.sparse.csc_matrix((-share[spent], (spender[spent], maker[spent])), shape=(txs, txs))
system = flow + scipy.sparse.identity(txs, format="csc")
start = numpy.zeros(txs)
start[spender[output]] = value[output]
began = time.perf_counter()
# In its own order it is triangular already: nothing fills in, nothing is to be pivoted.
solved = scipy.sparse.linalg.splu(system, permc_spec="NATURAL", diag_pivot_thresh=0, options={"Equil": False}).solve(start)
held = float((solved[maker[~spent]] * share[~spent]).sum())
told(began, held)
