"""A source: what one YAML file below sources/ says.

What belongs here: the record, how the YAML becomes it, and the one line of it that the program may change (`enabled`).
What does not: reading the source itself (`commons_graph.capture`). yaml and jsonschema are imported only when a
file is read, so that importing this module stays cheap.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commons_graph.errors import CommonsError

if TYPE_CHECKING:
    from commons_graph.yaml_file import YamlFile

NAME = "abcdefghijklmnopqrstuvwxyz0123456789-"
WIKI = "mediawiki-api"
FILES = frozenset({"folder", "mail", "mediawiki-dump"})
"""Connectors that may read from `path`."""


@dataclass(frozen=True, slots=True)
class Expect:
    """What a healthy read looks like: the least number of documents, the largest share that may have gone."""

    documents: int = 0
    max_drop: float = 0.2


@dataclass(frozen=True, slots=True)
class Source:
    """A place that we read. `sources/schema.json` says what each field holds.

    `id` is the YAML file's name. `path` is relative to the project folder, or "". `pages` is the address of a wiki
    page with `{title}` in it, or "". `options` are the connector's own.
    `licence` is an address. `kind` is what its documents are by default.
    """

    id: str
    title: str
    connector: str
    address: str
    language: str
    licence: str
    publisher: str
    path: str = ""
    pages: str = ""
    api: str = ""
    schedule: str = ""
    trust: float = 0.5
    expect: Expect = field(default_factory=Expect)
    personal_data: tuple[str, ...] = ("name", "public role")
    enabled: bool = False
    kind: str = "web page"
    private: bool = False
    watch: bool = False
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    notes: str = ""

    @property
    def place(self) -> str:
        """The name of its YAML file, for messages."""
        return f"sources/{self.id}.yaml"


def load(path: Path, root: Path) -> Source | list[CommonsError]:
    """Read one source's YAML; give the source, or everything that is wrong with the file."""
    from commons_graph import yaml_complaints, yaml_file

    place = path.relative_to(root).as_posix()
    if not path.stem.strip("-") or set(path.stem) - set(NAME):
        return [CommonsError(place, "a source's file name has small letters, digits and hyphens", "rename the file")]
    try:
        file = yaml_file.load(path, place)
    except CommonsError as error:
        return [error]
    wrong = yaml_complaints.complaints(file, _schema()) or [*_outside(file, root), *_unwatchable(file)]
    return wrong or _source(path.stem, file.data)


def switch(path: Path, root: Path, on: bool) -> None:
    """Write `enabled: true` or `enabled: false` into a source's YAML, leaving every other character as it is.

    Raises `CommonsError` when the file cannot be read or written.
    """
    from commons_graph import yaml_file

    place = path.relative_to(root).as_posix()
    file = yaml_file.load(path, place)
    text = path.read_bytes().decode("utf-8-sig")
    word = "true" if on else "false"
    if "enabled" in file.data:
        value = file.find("enabled")
        text = text[: value.start_mark.index] + word + text[value.end_mark.index :]
    else:
        text = text.rstrip("\n") + f"\nenabled: {word}\n"
    _replace(path, text, place)


def _source(source_id: str, data: dict[str, Any]) -> Source:
    known = {item.name for item in fields(Source)}
    values = {key: value for key, value in data.items() if key in known}
    values["expect"] = Expect(**data.get("expect", {}))
    values["personal_data"] = tuple(data.get("personal_data", Source.__dataclass_fields__["personal_data"].default))
    return Source(id=source_id, **values)


def _outside(file: YamlFile, root: Path) -> list[CommonsError]:
    path = file.data.get("path", "")
    inside = (root / path).resolve().is_relative_to(root.resolve())
    where = f"{file.place}:{file.line('path')}"
    return [] if inside else [CommonsError(where, f"`path` {path!r} leaves the project folder", "use --from instead")]


def _unwatchable(file: YamlFile) -> list[CommonsError]:
    """Refuse `watch` where nothing cheap would show a change: asking a whole site again is what a schedule is for."""
    connector = file.data["connector"]
    can = connector == WIKI or (connector in FILES and "path" in file.data)
    where, problem = f"{file.place}:{file.line('watch')}", f"the connector `{connector}` cannot be watched here"
    remedy = "take `watch` out and give a `schedule`; a wiki's API can be watched, and a folder or file in `path`"
    return [] if can or not file.data.get("watch") else [CommonsError(where, problem, remedy)]


def _replace(path: Path, text: str, place: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CommonsError(place, f"cannot be written ({error.strerror})", "check the folder's permissions") from error


@cache
def _schema() -> dict[str, Any]:
    from commons_graph.project import built_in_root

    schema: dict[str, Any] = json.loads((built_in_root() / "sources" / "schema.json").read_text(encoding="utf-8"))
    return schema
