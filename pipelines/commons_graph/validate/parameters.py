"""The parameters of SHACL Core: which predicate asks for which component, and what its values must be.

What belongs here: the table. What does not: reading values (parse.py) or what a component means (components/).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Holds = Literal["iri", "integer", "literal", "term", "terms", "strings", "shape", "shapes", "flag"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What its values are; `many`: each is a constraint of its own; `on_node`: node shapes may have it."""

    component: str
    holds: Holds
    many: bool = False
    on_node: bool = True


PARAMETERS: dict[str, Parameter] = {
    "class": Parameter("Class", "iri", many=True),
    "datatype": Parameter("Datatype", "iri"),
    "nodeKind": Parameter("NodeKind", "iri"),
    "minCount": Parameter("MinCount", "integer", on_node=False),
    "maxCount": Parameter("MaxCount", "integer", on_node=False),
    "minExclusive": Parameter("MinExclusive", "literal"),
    "minInclusive": Parameter("MinInclusive", "literal"),
    "maxExclusive": Parameter("MaxExclusive", "literal"),
    "maxInclusive": Parameter("MaxInclusive", "literal"),
    "minLength": Parameter("MinLength", "integer"),
    "maxLength": Parameter("MaxLength", "integer"),
    "languageIn": Parameter("LanguageIn", "strings"),
    "uniqueLang": Parameter("UniqueLang", "flag", on_node=False),
    "equals": Parameter("Equals", "iri", many=True),
    "disjoint": Parameter("Disjoint", "iri", many=True),
    "lessThan": Parameter("LessThan", "iri", many=True, on_node=False),
    "lessThanOrEquals": Parameter("LessThanOrEquals", "iri", many=True, on_node=False),
    "not": Parameter("Not", "shape", many=True),
    "and": Parameter("And", "shapes", many=True),
    "or": Parameter("Or", "shapes", many=True),
    "xone": Parameter("Xone", "shapes", many=True),
    "node": Parameter("Node", "shape", many=True),
    "property": Parameter("Property", "shape", many=True),
    "hasValue": Parameter("HasValue", "term", many=True),
    "in": Parameter("In", "terms"),
}

# Parameters that parse_combined.py reads, because they depend on each other.
COMBINED = {
    "pattern",
    "flags",
    "closed",
    "ignoredProperties",
    "qualifiedValueShape",
    "qualifiedMinCount",
    "qualifiedMaxCount",
    "qualifiedValueShapesDisjoint",
    "sparql",
}
# Parameters that constrain nothing where none of the others stands beside them.
COMPANIONS = {
    "flags": ("pattern",),
    "ignoredProperties": ("closed",),
    "qualifiedValueShape": ("qualifiedMinCount", "qualifiedMaxCount"),
    "qualifiedMinCount": ("qualifiedValueShape",),
    "qualifiedMaxCount": ("qualifiedValueShape",),
}
TARGETS = {
    "targetClass": "class",
    "targetNode": "node",
    "targetSubjectsOf": "subjectsOf",
    "targetObjectsOf": "objectsOf",
    "target": "other",
}
# What SHACL lets a shape say without constraining anything.
DESCRIPTIVE = {
    "path",
    "severity",
    "message",
    "deactivated",
    "name",
    "description",
    "order",
    "group",
    "defaultValue",
    "declare",
    "prefixes",
    "entailment",
    "shapesGraph",
    "suggestedShapesGraph",
    "labelTemplate",
    "rule",
}
# What the extensions of SHACL would let a shape ask, and nothing here can do.
UNRUN = {
    "js": "sh:js asks for JavaScript, which nothing here runs",
    "expression": "sh:expression is of SHACL-AF, which nothing here runs",
    "targetShape": "sh:targetShape is of SHACL-AF, which nothing here runs",
}
NODE_KINDS = {
    "BlankNode": ("blank",),
    "IRI": ("iri",),
    "Literal": ("literal",),
    "BlankNodeOrIRI": ("blank", "iri"),
    "BlankNodeOrLiteral": ("blank", "literal"),
    "IRIOrLiteral": ("iri", "literal"),
}
