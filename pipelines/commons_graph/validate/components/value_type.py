"""sh:class, sh:datatype, sh:nodeKind: what sort of node a value is."""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from commons_graph.validate.components.context import Component, Context, instances
from commons_graph.validate.components.datatypes import well_formed
from commons_graph.validate.parameters import NODE_KINDS
from commons_graph.validate.terms import SH, quote


def class_(context: Context) -> str:
    """Values that are no instance of the class or of a subclass of it."""
    known = instances(context.constraint.terms[0])
    return f"SELECT v.focus, v.value FROM {context.values} v ANTI JOIN ({known}) i ON i.focus = v.value"


def datatype(context: Context) -> str:
    """Values that are no literal of the datatype, or that the datatype does not allow."""
    wanted = context.constraint.terms[0].text
    right = f"t.datatype = {quote(wanted)} AND {well_formed(wanted)}"
    return f"SELECT v.focus, v.value FROM {context.value_terms} WHERE NOT ({right})"


def node_kind(context: Context) -> str:
    """Values that are not of the kind: IRI, blank node, literal."""
    kinds = NODE_KINDS[context.constraint.terms[0].text.removeprefix(SH)]
    allowed = ", ".join(quote(kind) for kind in kinds)
    return f"SELECT v.focus, v.value FROM {context.value_terms} WHERE t.kind NOT IN ({allowed})"


COMPONENTS: dict[str, Component] = {"Class": class_, "Datatype": datatype, "NodeKind": node_kind}
