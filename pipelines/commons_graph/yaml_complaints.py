"""Says in plain words what is wrong with a YAML file: which line, what was expected, how to mend it.

What belongs here: the check against a JSON schema and the wording. What does not: loading (`yaml_file`). A schema's
`description` of a key is written as the remedy.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from commons_graph.errors import CommonsError
from commons_graph.yaml_file import YamlFile

KINDS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "lines of `key: value`",
}
USER = re.compile(r"(?<=://).*@|^(?![\w+.-]+://).*:.*@")
"""The user, and often the password, in an address: not to be said again, since complaints end up in logs."""


def complaints(file: YamlFile, schema: dict[str, Any]) -> list[CommonsError]:
    """Give everything in a file that breaks a JSON schema, in the order of its lines."""
    errors = Draft202012Validator(schema).iter_errors(file.data)
    found = [complaint for error in errors for complaint in _reworded(file, error)]
    return [error for _, error in sorted(found, key=lambda pair: pair[0])]


def _reworded(file: YamlFile, error: Any) -> Iterator[tuple[int, CommonsError]]:
    path = list(error.absolute_path)
    line = file.line(*path)
    known = error.schema.get("properties", {})
    if error.validator == "required":
        missing = next(key for key in error.validator_value if error.message.startswith(f"'{key}' "))
        yield _complaint(file, line, f"`{missing}` is missing", known.get(missing, error.schema).get("description", ""))
    elif "propertyNames" in error.absolute_schema_path:
        key, expected = error.instance, _expected(error.validator, error.validator_value)
        at = _key_line(file.find(*path), str(key))
        remedy = error.schema.get("description", "")
        yield _complaint(file, at, f"`{key}` is no key that can stand here, expected {expected}", remedy)
    elif error.validator == "additionalProperties":
        for key in sorted(set(map(str, error.instance)) - set(known)):
            at = _key_line(file.find(*path), key)
            yield _complaint(file, at, f"`{key}` is not a known key", _meant(key, list(known)))
    else:
        name = ".".join(str(step) for step in path)
        yield _complaint(file, line, f"`{name}` {_problem(error)}", error.schema.get("description", ""))


def _problem(error: Any) -> str:
    expected = _expected(error.validator, error.validator_value)
    if error.instance is None:
        return f"is empty, expected {expected}"
    value = USER.sub("…@", str(error.instance))
    shown = value if len(value) <= 60 else value[:60] + "…"
    return f"is {shown!r}, expected {expected}"


def _expected(validator: str, rule: Any) -> str:
    if validator == "type":
        kinds = [rule] if isinstance(rule, str) else rule
        return " or ".join(KINDS.get(kind, kind) for kind in kinds)
    if validator == "enum":
        return "one of " + ", ".join(map(str, rule))
    forms = {
        "minimum": "{} or more",
        "maximum": "{} or less",
        "uniqueItems": "each value once",
        "maxLength": "at most {} characters",
        "minLength": "some text",
        "minProperties": "at least {} key",
        "maxProperties": "{} key only",
    }
    return forms.get(validator, "another form").format(rule)


def _meant(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    return f"did you mean `{near[0]}`?" if near else "known keys: " + ", ".join(known)


def _complaint(file: YamlFile, line: int, problem: str, remedy: str) -> tuple[int, CommonsError]:
    return line, CommonsError(f"{file.place}:{line}", problem, remedy)


def _key_line(node: yaml.Node, key: str) -> int:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    found = next((name for name, _ in pairs if name.value == key), node)
    return int(found.start_mark.line) + 1
