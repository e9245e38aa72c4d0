"""Stage seven, Release -> people: SPARQL protocol, pages, reconciliation, review. Nothing is here yet.

What belongs here: servers over a release. Until then `commons query`, `commons why` and the files of a release serve.
"""
