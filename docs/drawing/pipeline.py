"""The picture of the pipeline: Dagster's assets in their order.

The order comes from the job itself, so that the picture cannot forget an asset: one without a caption here stops it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from drawing.svg import PALE, Box, curve, rectangle, save, words

Told = tuple[str, str, str]
CAPTIONS: dict[str, tuple[str, str]] = {
    "captures": ("the exact bytes of each page, letter or dump", "capture/ · WARC"),
    "documents": ("texts in blocks, with language and date", "normalise/ · Parquet"),
    "statements": ("who does what, and the words that say it", "extract/ · Parquet"),
    "entities": ("which names are one thing", "resolve/ · DuckDB"),
    "graph": ("what may be published of it", "resolve/ · DuckDB"),
    "validation": ("what breaks a shape waits in quarantine", "validate/ · SHACL"),
    "release": ("numbered, immutable: files and a SPARQL store", "publish/ · RDF, Parquet"),
}
SOURCES: Told = ("sources", "pages, letters, wikis: one YAML file each", "sources/*.yaml")
SOURCE = "source/"
WIDE, HIGH, STEP, DOWN = 182, 92, 222, 150
BELOW = ("sources/decisions/: what stewards say", "ontology/: thresholds", "ontology/: shapes", "query · why · export")


def draw() -> str:
    """Draw pipeline.svg; give where it is."""
    return str(save("pipeline.svg", "The stages of commons-graph", 20 + 4 * STEP - 20, 392, _parts(told())))


def told() -> list[str]:
    """Give the names of the assets in the order in which they are made; those of single sources are one box."""
    from commons_graph.orchestration.definitions import defs

    every = [key.to_user_string() for key in defs.resolve_asset_graph().toposorted_asset_keys]
    found = [name for name in every if not name.startswith(SOURCE)]
    if set(found) != set(CAPTIONS):
        raise SystemExit(f"docs/drawing/pipeline.py: captions and assets differ: {set(found) ^ set(CAPTIONS)}")
    return found


def _parts(names: Sequence[str]) -> Iterator[str]:
    each = names.index("statements") + 1
    yield from _row("for each source", [SOURCES, *((name, *CAPTIONS[name]) for name in names[:each])], 0)
    yield from _row("for all sources together", [(name, *CAPTIONS[name]) for name in names[each:]], 1)
    start, end = _box(3, 0), _box(0, 1)
    turn = start.y + HIGH + 18
    yield curve(f"M{start.x + WIDE / 2},{start.y + HIGH} V{turn} H{end.x + WIDE / 2} V{end.y - 4}")
    for column, line in enumerate(BELOW):
        box = _box(column, 1)
        x, low, high = box.x + WIDE / 2, box.y + HIGH + 30, box.y + HIGH + 4
        yield curve(f"M{x},{high} V{low}" if column == 3 else f"M{x},{low} V{high}")
        yield from (words(x, low + 15 + 13 * at, part, 11) for at, part in enumerate(wrap(line, 26)))


def _box(column: int, row: int) -> Box:
    return Box(12 + column * STEP, 40 + row * (DOWN + 20), WIDE, HIGH)


def _row(title: str, boxes: Sequence[Told], row: int) -> Iterator[str]:
    aside = _box(0, row).x + (WIDE / 2 + 12 if row else 0)
    yield words(aside, _box(0, row).y - 12, title, 12, f'text-anchor="start" fill="{PALE}"')
    for column, (name, does, kept) in enumerate(boxes):
        box = _box(column, row)
        yield rectangle(box, "#ffffff" if name == SOURCES[0] else "#edf3fa")
        yield words(box.x + WIDE / 2, box.y + 21, name, 14, 'font-weight="bold"')
        lines = enumerate(wrap(does, 27))
        yield from (words(box.x + WIDE / 2, box.y + 40 + 14 * at, line, 11) for at, line in lines)
        yield words(box.x + WIDE / 2, box.y + 81, kept, 11, f'fill="{PALE}"')
        if column:
            yield curve(f"M{box.x - STEP + WIDE},{box.middle} H{box.x - 3}")
