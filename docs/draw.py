"""Draws the pictures of the README: `python docs/draw.py [ORGANISATION]`, or `make pictures`.

graph.svg shows an organisation of the newest release and what is around it: the one named, else the one with most
relations. The same release gives the same pictures. How they are drawn: `docs/drawing/`.
"""

from __future__ import annotations

import sys

from drawing import graph, pipeline

if __name__ == "__main__":
    print(pipeline.draw())
    print(graph.draw(*sys.argv[1:2]))
