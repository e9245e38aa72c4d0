"""Relations between the entities of one document, and to the addresses and dates it gives.

Every pair that a predicate's signature allows and that stands close enough (or holds the document's own subject) is
scored by one linear model a predicate. What does not belong here: finding the entities (`extract.find`).
"""

from commons_graph.extract.relation.find import find_relations
from commons_graph.extract.relation.signatures import Signatures

__all__ = ["Signatures", "find_relations"]
