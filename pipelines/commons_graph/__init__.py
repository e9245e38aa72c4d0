"""commons-graph: a sourced graph of the commons and of the social and solidarity economy.

One folder is one stage, and data goes through them in one direction:
capture, normalise, extract, resolve, validate, publish, serve.
Only `orchestration` and `cli` know all of them.
"""

__version__ = "0.1.0"
