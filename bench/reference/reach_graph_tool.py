"""Which transactions a theft reaches, by graph-tool: no amounts. Prints how many; only the search is timed."""
import sys
import time

import graph_tool
import graph_tool.search
import numpy
from chain_file import read, theft, told

txs, _, value, spender, maker = read(sys.argv[1])
output, tx = theft()
spent = (spender < txs) & (value > 0)
graph = graph_tool.Graph(directed=True)
graph.add_vertex(txs)
graph.add_edge_list(numpy.column_stack((maker[spent], spender[spent])))
began = time.perf_counter()
edges = graph_tool.search.bfs_iterator(graph, graph.vertex(int(spender[output])), array=True)
told(began, len(edges) + 1)
