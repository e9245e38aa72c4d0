"""How each YAML file of an ontology folder must look, as JSON schemas.

What belongs here: keys and kinds of values. What does not: what the files mean (the modules that read them) and the
predicates of a project, which `ontology_file` adds. The schemas stand here and not beside the files, because a project
folder has a copy of its own of ontology/, which may be older than the program. A `description` is read as a remedy.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from commons_graph.model import CLASSES

Schema = dict[str, Any]
AS_SHIPPED = "write it as in the file of the same name in a new folder made by `commons init DIR`"
GONE = "put it back, or copy it from a new folder made by `commons init DIR`"
OF_PREDICATES = "write the name of a predicate, or add it to ontology/predicates.yaml"
NAMES = ("label", "alias", "mention", "start", "end", "date")
"""What schema_org.yaml may say of a property besides a predicate."""


def whole(name: str, predicates: Iterable[str] = ()) -> Schema:
    """Give the schema of a file, such as "lexicon/heads.yaml", for a project with these predicates."""
    known = sorted(predicates)
    predicate = {"enum": known, "description": OF_PREDICATES}
    said = {"enum": [*NAMES, *(each for each in known if each not in NAMES)], "description": OF_PREDICATES}
    either = {"enum": [*known, "default"], "description": OF_PREDICATES}
    return SCHEMAS[name] | {"$defs": {"predicate": predicate, "said": said, "predicate or default": either}}


def names_predicates(name: str) -> bool:
    """Say whether a file names predicates of predicates.yaml."""
    return name in NAMING


def _keys(required: Iterable[str] = (), **properties: Schema) -> Schema:
    """Give the schema of a mapping whose keys are these and no others."""
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": list(required),
        "description": AS_SHIPPED,
    }


def _each(key: Schema, value: Schema, remedy: str = AS_SHIPPED) -> Schema:
    """Give the schema of a mapping of any length."""
    return {"type": "object", "propertyNames": key, "additionalProperties": value, "description": remedy}


def _list(item: Schema, remedy: str) -> Schema:
    return {"type": "array", "items": item, "description": remedy}


def _numbers(most: int) -> Schema:
    remedy = f"the keys are the whole numbers from 1 to {most}"
    return _each({"type": "integer", "minimum": 1, "maximum": most, "description": remedy}, WORDS)


def _text(pattern: str, remedy: str) -> Schema:
    return {"type": "string", "pattern": pattern, "description": remedy}


def _number(least: float, most: float, remedy: str) -> Schema:
    return {"type": "number", "minimum": least, "maximum": most, "description": remedy}


CLASS: Schema = {"enum": list(CLASSES), "description": "write one of the eight classes"}
CLASS_LIST = _list(CLASS, "write a list of classes, such as [Person, Group]")
END = {"enum": [*CLASSES, "iri", "date"], "description": "write one of the eight classes, `iri` or `date`"}
ENDS = _list(END, CLASS_LIST["description"])
ONE = "|".join(CLASSES)
PAIRS = _list(
    _text(f"^({ONE})>({ONE})$", "write two of the eight classes, such as Person>Group"),
    "write a list of pairs of classes, such as [Person>Group]",
)
BOTH = _text(f"^({ONE})(>({ONE}))?$", "write a class, or two such as Group>Organization")
WORD = _text(r"\S", "write text, in quotes where it holds a colon or is `true`, `false` or a number")
WORDS = _list(WORD, "write a list in brackets, such as [one, another one]")
NAME = _text(r"^\S(.*\S)?$", "write a name, in quotes where it is `true`, `false` or a number")
CURIE = _text(r"^[A-Za-z][\w-]*:[^\s/]\S*$", "write a name with a prefix of prefixes.yaml, such as cg:Assembly")
CURIES = _list(CURIE, "write a list of names with prefixes, such as [dct:isPartOf]")
KIND = _text(r"^$|" + CURIE["pattern"], 'write a kind, such as cg:Assembly or cgc:scic, or "" where there is none')
SHARE = _number(0, 1, "write a number from 0 to 1")
LIMIT_REMEDY = "give each a number of at least 0, as in the limits.yaml of a new folder made by `commons init DIR`"
LIMIT: Schema = {"type": "number", "minimum": 0, "description": LIMIT_REMEDY}
FLAG: Schema = {"type": "boolean", "description": "write true or false"}
PREDICATE = {"$ref": "#/$defs/predicate", "description": OF_PREDICATES}
SAID = {"$ref": "#/$defs/said"}
ADDRESS = _text(r"^https?://\S+$", "write a web address that begins with http:// or https://")

HEAD: Schema = {
    "type": ["string", "object"],
    "pattern": r"\S",
    "propertyNames": WORD,
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": KIND,
    "description": "write `- phrase`, or `- phrase: kind` with a kind such as cg:Assembly",
}
RULE = _keys(["predicate", "pairs"], predicate=PREDICATE, pairs=PAIRS, between=WORDS, role=FLAG) | {
    "if": {"required": ["role"]},
    "else": {"required": ["between"], "description": "write `between: [words]`, or `role: true`"},
}
WAYS = ("forward", "backward", "person forward", "person backward", "near person forward", "near person backward")
RULES = ("near", "heading", "document", "adjacent", "hosts")
SHARES = _each({"$ref": "#/$defs/predicate or default"}, SHARE) | {"required": ["default"]}
EITHER = "write `from: [classes]` and `to: [classes]`, or `pairs: [Person>Group]`"
PARAGRAPH = _keys(
    ["property"],
    **{"from": ENDS, "to": ENDS, "pairs": PAIRS, "property": CURIE, "when": _each(BOTH, CURIE)},
    symmetric=FLAG,
    learned=FLAG,
) | {"if": {"required": ["pairs"]}, "else": {"required": ["from", "to"], "description": EITHER}}
SAYS = {
    "if": {"type": "string"},
    "then": SAID,
    "else": _each(CLASS, SAID, "write a word such as `label`, or {Class: word}"),
    "description": AS_SHIPPED,
}
PROMPT = _text(r"\S", "write what the model is told, below `prompt: |`")
SECONDS: Schema = {"type": "number", "minimum": 0, "description": "write a number of seconds"}
LENGTH: Schema = {"type": "integer", "minimum": 1, "description": "write how many characters at the most"}
ASKING: dict[str, Schema] = {
    "enabled": FLAG,
    "address": ADDRESS,
    "model": NAME,
    "timeout": SECONDS,
    "most_characters": LENGTH,
    "confidence": SHARE,
    "prompt": PROMPT,
}
TIMES: Schema = {"type": "integer", "minimum": 1, "description": "write a whole number of at least 1"}
IRI = _text(r"^[A-Za-z][\w+.-]*:\S+$", "write the address that the prefix stands for, beginning with https://")
PREFIX = _text(r"^[A-Za-z][\w-]*$", "write a prefix in letters, digits and hyphens, then a colon and its address")
NAMED = _list(NAME, "write a list of names")
DATE_KEYS = ("months", "weekdays", "past", "future", "range", "list")
LIMIT_KEYS = ("largest_drop", "largest_quarantine", "largest_jump", "least_jump")

SCHEMAS: dict[str, Schema] = {
    "lexicon/adjacent.yaml": _keys(
        ["roles", "opens", "rules"], roles=WORDS, opens=WORDS, rules=_list(RULE, "write a list of rules")
    ),
    "lexicon/cues.yaml": _each(PREDICATE, _each(WORD, WORDS)),
    "lexicon/dates.yaml": _keys(
        DATE_KEYS, months=_numbers(12), weekdays=_numbers(7), past=WORDS, future=WORDS, range=WORDS, list=WORDS
    ),
    "lexicon/heads.yaml": _each(CLASS, _list(HEAD, HEAD["description"])),
    "lexicon/introductions.yaml": _each(
        CURIE, _keys(["class", "singular", "plural"], **{"class": CLASS, "singular": WORDS, "plural": WORDS})
    ),
    "lexicon/known.yaml": _each(CLASS, _list(_list(NAME, "write `- [name, name]`"), "write lines of `- [name, name]`")),
    "lexicon/patterns.yaml": _each(PREDICATE, _keys(**dict.fromkeys(WAYS, WORDS))),
    "lexicon/rules.yaml": _keys(RULES, **dict.fromkeys(RULES, SHARES)),
    "predicates.yaml": _each(WORD, PARAGRAPH),
    "schema_org.yaml": _keys(
        ["types", "properties"],
        types=_each(CLASS, _list(NAME, "write a list of types of schema.org")),
        kinds=_each(NAME, CURIE),
        containers=_list(NAME, "write a list of types of schema.org"),
        parts=_each(NAME, NAME),
        properties=_each(NAME, _keys(["is"], **{"is": SAYS, "named": CLASS, "inverse": FLAG})),
    ),
    "prefixes.yaml": _each(PREFIX, IRI),
    "resolution.yaml": _keys(
        ["classes", "own_page"],
        classes=_keys(CLASSES, **dict.fromkeys(CLASSES, CURIE)),
        families=_each(WORD, CLASS_LIST),
        own_page=TIMES,
        common_word=SHARE,
        acronyms=_keys(["share", "documents"], share=SHARE, documents=TIMES),
        surnames=_keys(["share", "documents"], share=SHARE, documents=TIMES, others=TIMES),
        organisers=CURIES,
        before_people=NAMED,
        synonyms=_each(CLASS, _list(NAMED, "write lines of `- [name, another name of it]`")),
        generic=NAMED,
    ),
    "thresholds.yaml": _keys(
        ["default"],
        default=SHARE,
        properties=_each(CURIE, SHARE),
        review=NAMED,
        single=CURIES,
        beside=_each(CURIE, CURIES),
    ),
    "language_model.yaml": _keys(ASKING, **ASKING),
    "limits.yaml": _keys(LIMIT_KEYS, **dict.fromkeys(LIMIT_KEYS, LIMIT)),
}
NAMING = frozenset(
    {"lexicon/adjacent.yaml", "lexicon/cues.yaml", "lexicon/patterns.yaml", "lexicon/rules.yaml", "schema_org.yaml"}
)
