"""sh:class, sh:datatype, sh:nodeKind: what sort of node a value is."""

from __future__ import annotations

from commons_graph.validate.components.condition import Condition, Row
from commons_graph.validate.components.context import instances
from commons_graph.validate.components.datatypes import well_formed
from commons_graph.validate.parameters import NODE_KINDS
from commons_graph.validate.shapes import Constraint
from commons_graph.validate.terms import LANG_STRING, SH, STRING, quote


def class_(constraint: Constraint) -> Condition:
    """No instance of the class or of a subclass of it."""
    return Condition(f"t.value NOT IN ({instances(constraint.terms[0])})")


def datatype(constraint: Constraint) -> Condition:
    """No literal of the datatype, or one that the datatype does not allow."""
    wanted = constraint.terms[0].text
    right = f"t.datatype = {quote(wanted)} AND {well_formed(wanted)}"
    if wanted == STRING:
        right = "t.kind = 'literal' AND t.datatype = '' AND t.lang = ''"
    if wanted == LANG_STRING:
        right = "t.lang <> ''"
    return Condition(f"NOT ({right})", on_term=True)


def node_kind(constraint: Constraint) -> Condition:
    """Not of the kind: IRI, blank node, literal."""
    kinds = NODE_KINDS[constraint.terms[0].text.removeprefix(SH)]
    return Condition(f"t.kind NOT IN ({', '.join(quote(kind) for kind in kinds)})", on_term=True)


ROWS: dict[str, Row] = {"Class": class_, "Datatype": datatype, "NodeKind": node_kind}
