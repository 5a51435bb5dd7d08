"""Which transactions a theft reaches, by igraph: no amounts. Prints how many; only the search is timed."""
import sys
import time

import igraph
import numpy
from chain_file import read, theft, told

txs, _, value, spender, maker = read(sys.argv[1])
output, tx = theft()
spent = (spender < txs) & (value > 0)
graph = igraph.Graph(n=txs, edges=numpy.column_stack((maker[spent], spender[spent])).astype(numpy.int64), directed=True)
began = time.perf_counter()
reached = graph.subcomponent(int(spender[output]), mode="out")
told(began, len(reached))
