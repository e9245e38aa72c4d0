"""The command line, as a person meets it: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from forked import commons, threads_of_the_server

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sources" / "sample"


def test_help_does_not_wait_for_the_heavy_libraries() -> None:
    script = "import sys\nfrom commons_graph import cli\nprint(*sorted(sys.modules))"
    path = {"PYTHONPATH": str(ROOT / "pipelines")}
    done = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | path, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert not loaded & {"dagster", "rdflib", "duckdb", "pyarrow", "numpy", "pyoxigraph", "spacy"}
    assert commons("--help").returncode == 0


def test_commands_are_forked_from_a_process_of_one_thread() -> None:
    assert threads_of_the_server() == 1


@pytest.mark.parametrize(
    ("command", "heavy"), [("query", {"dagster", "rdflib", "duckdb", "numpy"}), ("refresh", {"dagster", "rdflib"})]
)
def test_a_command_does_not_wait_for_libraries_before_it_says_anything(command: str, heavy: set[str]) -> None:
    script = f"import sys\nfrom commons_graph.commands import {command}\nprint(*sorted(sys.modules))"
    path = {"PYTHONPATH": str(ROOT / "pipelines")}
    done = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | path, capture_output=True, text=True, check=True
    )
    assert not set(done.stdout.split()) & heavy


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "lexicon/heads.yaml",
            'Person: [dr]\nGroup:\n  - "réseau: cg:Network\n',
            ":4: is not YAML (found unexpected end",
        ),
        (
            "lexicon/heads.yaml",
            "Person: [dr]\nTeam: [équipe]\n",
            ":2: `Team` is no key that can stand here, expected one",
        ),
        ("predicates.yaml", "memberOf:\n  from: [Person]\n  to: [Group]\n", ":2: `property` is missing; write a name"),
    ],
)
def test_a_mistake_in_the_ontology_is_one_line_that_names_its_place(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    project = tmp_path / "ours"
    assert commons("init", str(project)).returncode == 0
    (project / "ontology" / name).write_text(text, encoding="utf-8")
    done = commons("--project", str(project), "extract", str(SAMPLE / "groupes-de-travail.html"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"commons: ontology/{name}{said}")
    assert len(done.stderr.splitlines()) == 1


def test_extract_prints_one_object_a_document_in_the_form_of_the_gold_set(tmp_path: Path) -> None:
    letter = tmp_path / "lettre.txt"
    letter.write_text("Infolettre\nLe 20/12, Jeanne Moreau-Dubois a rejoint l'Association du Val.\n", encoding="utf-8")
    meta = tmp_path / "about.tsv"
    meta.write_text("file\turl\tlanguage\tkind\tdate\nlettre.txt\t\tfr\tnewsletter\t2025-01\n", encoding="utf-8")
    done = commons("extract", str(letter), str(SAMPLE / "groupes-de-travail.html"), "--meta", str(meta))
    assert done.returncode == 0, done.stderr
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["doc"], first["lang"], first["kind"], first["date"]) == ("lettre.txt", "fr", "newsletter", "2025-01")
    assert second["doc"] == "groupes-de-travail.html"
    labels = {entity["label"] for entity in second["entities"]}
    assert {"Communs et alimentation", "Awa Diarra"} <= labels
    assert all(relation["subject"] in labels for relation in second["relations"])
    assert {"subject": "Communs et alimentation", "predicate": "hasContact", "object": "Awa Diarra"} in second[
        "relations"
    ]


def test_extract_finds_in_a_text_of_one_line_what_it_finds_below_a_title(tmp_path: Path) -> None:
    line = "Le réseau des jardins est une association fondée en 2003 à Nantes.\n"
    (tmp_path / "alone.txt").write_text(line, encoding="utf-8")
    (tmp_path / "titled.txt").write_text(f"Titre\n{line}", encoding="utf-8")
    done = commons("extract", str(tmp_path / "alone.txt"), str(tmp_path / "titled.txt"))
    assert done.returncode == 0, done.stderr
    alone, titled = (json.loads(printed)["relations"] for printed in done.stdout.splitlines())
    assert {relation["predicate"] for relation in alone} == {"foundedOn", "locatedIn"}
    assert sorted(map(str, alone)) == sorted(map(str, titled))


def test_extract_pages_prints_the_class_of_each_page(tmp_path: Path) -> None:
    page = tmp_path / "Open Seeds.mediawiki"
    page.write_text(
        '= "free software for seed exchange"\n\nURL = https://seeds.example\n\n[[Category:Software]]', "utf-8"
    )
    done = commons("extract", "--pages", str(page))
    assert json.loads(done.stdout) == {"page": "Open Seeds.mediawiki", "class": "Project"}


def test_extract_explains_what_made_each_relation() -> None:
    done = commons("extract", "--explain", str(SAMPLE / "groupes-de-travail.html"))
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if "hasContact Awa Diarra" in line)
    assert "patterns" in line and "Écrivez à Awa Diarra." in done.stdout


def test_evaluate_prints_the_figures_of_an_annotated_document(tmp_path: Path) -> None:
    page = SAMPLE / "groupes-de-travail.html"
    row = {"doc": page.name, "lang": "fr", "relations": [], "entities": [{"label": "Awa Diarra", "class": "Person"}]}
    (tmp_path / "val.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    done = commons("evaluate", str(tmp_path / "val.jsonl"), "--texts", str(SAMPLE), columns=60)
    assert done.returncode == 0, done.stderr
    assert "…" not in done.stdout
    figures = next(line for line in done.stdout.splitlines() if line.split()[:2] == ["class", "Person"])
    assert figures.split()[3] == "1.000"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder of one's own, in which nothing was read."""
    folder = tmp_path_factory.mktemp("own") / "project"
    assert commons("init", str(folder)).returncode == 0
    return folder


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["evaluate", "no-such-file.jsonl"], "no-such-file.jsonl"),
        (["evaluate", "README.md"], "README.md:1"),
        (["query", "SELECT * {?s ?p ?o}"], "nothing has been published yet"),
        (["query", "DELETE WHERE {?s ?p ?o}"], "query"),
        (["query", "--name", "nonsense"], "known queries"),
        (["query", "no-such-file.rq"], "no-such-file.rq"),
        (["extract", "no-such-file.txt"], "no-such-file.txt"),
        (["extract", "README.md", "--format", "xml"], "jsonl, table"),
        (["validate", "no-such-file.ttl"], "no-such-file.ttl"),
        (["export", "--format", "docx"], "docx"),
        (["sources", "enable", "nonsense"], "known sources"),
        (["--project", "/nowhere-at-all", "sources"], "/nowhere-at-all"),
        (["refresh", "--from", "/nowhere-at-all"], "/nowhere-at-all"),
        (["init", "tests"], "not an empty folder"),
        (["init", "README.md/ours"], "README.md/ours: cannot be made (Not a directory)"),
    ],
)
def test_bad_input_gets_one_clear_line_and_no_traceback(arguments: list[str], told: str, project: Path) -> None:
    given = arguments if "--project" in arguments else ["--project", str(project), *arguments]
    done = commons(*given)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("commons: ")]) == 1


def test_what_breaks_a_shape_comes_with_a_hint_in_both_languages(tmp_path: Path) -> None:
    data = tmp_path / "data.nt"
    person, label = "http://xmlns.com/foaf/0.1/Person", "http://www.w3.org/2004/02/skos/core#prefLabel"
    typed = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    data.write_text(f'<urn:a> {typed} <{person}> .\n<urn:a> <{label}> "VIE ASSOCIATIVE" .\n', encoding="utf-8")
    done = commons("validate", str(data), "--format", "json")
    (row,) = json.loads(done.stdout)
    assert set(row["hint"]) == {"en", "fr"}
    assert f"to do      PersonLabelNotShouted: {row['hint']['en']}" in commons("validate", str(data)).stdout


def test_validation_says_where_a_shape_is_broken_and_what_sql_does_not_run(tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    prefixes = "@prefix ex: <http://example.org/> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    data.write_text(prefixes + "ex:a a ex:A .\n")
    shapes.write_text(prefixes + 'ex:S sh:targetClass ex:A ;\n  sh:property [ sh:path ex:p ; sh:minCount "x" ] .\n')
    done = commons("validate", str(data), "--shapes", str(shapes))
    assert done.stderr.startswith(f"commons: {shapes}:3, http://example.org/S/p, sh:minCount: 'x' is no whole number")
    query = "SELECT $this { $this ?p ?v FILTER (isIRI(?v)) }"
    shapes.write_text(prefixes + f'ex:S sh:targetClass ex:A ; sh:sparql [ sh:select "{query}" ] .\n')
    done = commons("validate", str(data), "--shapes", str(shapes), "--format", "json")
    assert done.returncode == len(json.loads(done.stdout)) == 1
    assert done.stderr == "not SQL    http://example.org/S: sparql: a SPARQL constraint\n"


def test_validation_against_a_file_without_shapes_says_so(tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text("<urn:a> a <urn:A> .\n", encoding="utf-8")
    done = commons("validate", str(data), "--shapes", str(data))
    assert (done.returncode, done.stdout) == (0, "conforms\n")
    assert done.stderr == f"no shapes  {data}: it holds none that is applied to anything, so all data conforms\n"


def test_the_step_after_init_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    project = tmp_path / "L'été des communs"
    step = commons("init", str(project)).stdout.splitlines()[1].removeprefix("next: ").partition(" && ")[0]
    done = subprocess.run(["sh", "-c", f"{step} && pwd"], capture_output=True, text=True, check=False)
    assert done.stdout == f"{project}\n"


def test_a_project_of_ones_own_has_what_it_needs(tmp_path: Path) -> None:
    project = tmp_path / "mine"
    commons("init", str(project))
    assert commons("sources", "check", cwd=project).returncode == 0
    assert commons("sources", "disable", "sample", cwd=project).returncode == 0
    listed = commons("sources", cwd=project).stdout
    assert [line.split()[0] for line in listed.splitlines() if " yes " in line] == []


def test_a_project_without_a_source_that_is_on_says_what_to_do_and_changes_nothing(tmp_path: Path) -> None:
    project = tmp_path / "mine"
    commons("init", str(project))
    commons("sources", "enable", "gazette-bluehats", cwd=project)
    told = commons("sources", "disable", "gazette-bluehats", cwd=project).stdout
    assert told == "gazette-bluehats is off; it leaves the graph with the next refresh\n"
    first, second = commons("sources", "disable", "sample", cwd=project).stdout.splitlines()
    assert first.startswith("sample is off, and no source is on now, so that the last release stays as it is; it ")
    assert second == "next: commons sources enable NAME, then commons refresh"
    done = commons("refresh", cwd=project)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "commons: refresh: no source is on: nothing is read, and the last release stays; "
        "name one (commons refresh NAME), or switch one on: commons sources enable NAME\n"
    )
    assert not list((project / "warehouse").glob("*/*/*"))


WRONG_DECISIONS = f"""decisions:
- same: [wiki:One]
- hide: wiki:Two
  reason: asked
- accept: {"ab" * 16}
"""


def test_mistakes_in_decisions_are_told_all_at_once_and_before_anything_is_read(tmp_path: Path) -> None:
    project = tmp_path / "mine"
    commons("init", str(project))
    (project / "sources" / "decisions" / "a.yaml").write_text(WRONG_DECISIONS, encoding="utf-8")
    (project / "sources" / "decisions" / "b.yaml").write_text(f"decisions: [reject: {'ab' * 16}]\n", encoding="utf-8")
    (project / "sources" / "decisions" / "c.yml").write_text("decisions: []\n", encoding="utf-8")
    (project / "sources" / "letters.yml").write_text("title: Letters\n", encoding="utf-8")
    checked = commons("sources", "check", cwd=project)
    assert (checked.returncode, checked.stdout) == (1, "")
    told = checked.stderr.splitlines()
    first = "sources/decisions/a.yaml:2: `same` needs a list of at least two keys; "
    assert told == [
        "sources/letters.yml: is not read, since its name does not end in .yaml; name it letters.yaml",
        f"{first}write for example `- same: [source:One title, source:Another]`",
        "sources/decisions/a.yaml:3: `reason` is not a known key here; known besides: why, by, on",
        "sources/decisions/c.yml: is not read, since its name does not end in .yaml; name it c.yaml",
        "sources/decisions/b.yaml:1: `reject` contradicts `accept` of sources/decisions/a.yaml:5; "
        "remove one of the two",
    ]
    refreshed = commons("refresh", cwd=project)
    assert (refreshed.returncode, refreshed.stderr) == (1, f"commons: {told[1]}\n")
    assert not (project / "warehouse" / "captures").exists()


def test_a_title_in_brackets_is_listed_as_it_is(tmp_path: Path) -> None:
    project = tmp_path / "mine"
    commons("init", str(project))
    sample = project / "sources" / "sample.yaml"
    text = sample.read_text("utf-8")
    sample.write_text(text.replace("title: La Fabrique", "title: '[archives] :key: La Fabrique' #", 1), "utf-8")
    assert "[archives] :key: La Fabrique" in commons("sources", cwd=project).stdout
