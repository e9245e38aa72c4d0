"""The project folder and its sources: found in the right order, checked with line numbers, switched in place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from commons_graph import project
from commons_graph.errors import CommonsError
from commons_graph.project import Project

ROOT = Path(__file__).parents[1]
GOOD = """\
# a comment that stays
title: A site
connector: folder
address: https://site.example/
language: fr
licence: https://creativecommons.org/licenses/by/4.0/
publisher: Someone
trust: 0.5   # so so
enabled: false  # off for now
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "commons"
    (root / "sources").mkdir(parents=True)
    (root / "ontology").mkdir()
    (root / "dagster.yaml").touch()
    return root


def put(folder: Path, text: str, name: str = "site.yaml") -> Project:
    (folder / "sources" / name).write_text(text, encoding="utf-8")
    return project.find(folder)


def complaint(folder: Path, text: str) -> str:
    found = put(folder, text).check()
    assert found, "nothing was wrong with it"
    return str(found[0][1])


def test_the_given_path_wins_then_the_variable_then_the_current_folder(folder, tmp_path, monkeypatch):
    inside = folder / "sources" / "deep"
    inside.mkdir()
    monkeypatch.delenv("COMMONS_PROJECT", raising=False)
    monkeypatch.chdir(inside)
    assert project.find().root == folder
    monkeypatch.setenv("COMMONS_PROJECT", str(ROOT))
    assert project.find().root == ROOT
    assert project.find(folder).root == folder
    assert project.find(folder).releases_dir == folder / "warehouse" / "releases"


def test_elsewhere_the_built_in_project_is_found(tmp_path, monkeypatch):
    monkeypatch.delenv("COMMONS_PROJECT", raising=False)
    monkeypatch.chdir(tmp_path)
    assert project.find().source("sample").enabled


def test_a_named_folder_that_is_no_project_is_refused(tmp_path):
    with pytest.raises(CommonsError, match=r"is no project folder: sources, ontology, dagster.yaml lacking"):
        project.find(tmp_path)
    with pytest.raises(CommonsError, match="is not there"):
        project.find(tmp_path / "nowhere")


def test_our_own_sources_are_right_and_only_the_sample_is_on():
    ours = project.find(ROOT)
    assert ours.check() == []
    assert [source.id for source in ours.sources() if source.enabled] == ["sample"]
    wiki = ours.source("p2pfoundation-wiki")
    assert (wiki.connector, wiki.expect.max_drop, wiki.kind) == ("mediawiki-dump", 0.05, "wiki entry")


def test_importing_the_project_is_light():
    code = (
        "import sys; import commons_graph.project; print(sorted({'yaml', 'jsonschema', 'duckdb'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT / "pipelines", check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("licence: https://creativecommons.org/licenses/by/4.0/\n", "", "yaml:2: `licence` is missing; write the lic"),
        ("trust: 0.5", "trust: high", "yaml:8: `trust` is 'high', expected a number; write a number from 0"),
        ("trust: 0.5", "trust: 1.5", "yaml:8: `trust` is '1.5', expected 1 or less"),
        ("licence:", "licenze:", "yaml:2: `licence` is missing"),
        ("connector: folder", "connector: ftp", "yaml:3: `connector` is 'ftp', expected one of folder, mediawiki-dump"),
        ("language: fr", "language: true", "yaml:5: `language` is 'True', expected text"),
        ("enabled: false", "enabled: yes", "yaml:9: `enabled` is 'yes', expected true or false; write true or false"),
        ("publisher: Someone", "publisher: [", "yaml:9: is not YAML"),
        ("publisher: Someone", "title: Again", "yaml:7: `title` stands here again, after line 2"),
        ("publisher: Someone", "publisher: &a Someone", "yaml:7: anchors (&) and aliases (*) are not allowed"),
        ("publisher: Someone", "publisher: " + "[" * 30 + "]" * 30, "yaml:7: is nested too deeply"),
        ("publisher: Someone", "publisher: 2025-13-45", "a value cannot be read"),
        ("trust: 0.5", "trust: .NaN", "yaml:8: `.nan` is no number"),
        ("trust: 0.5", "expect: {documents: -1}", "yaml:8: `expect.documents` is '-1', expected 0 or more"),
        ("trust: 0.5", "path: ../../etc", "yaml:8: `path` '../../etc' leaves the project folder"),
        ("trust: 0.5", "schedule: 99 * * * *", "yaml:8: `schedule` is '99 * * * *', expected another form; write when"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_remedy(folder, old, new, said):
    assert said in complaint(folder, GOOD.replace(old, new))


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("address: {}", "address"),
        ("api: {}api.php", "api"),
        ("pages: {}{{title}}", "pages"),
        ("options: {{sitemap: {}}}", "options.sitemap"),
        ("options: {{dump: {}}}", "options.dump"),
        ("options: {{pages: [{}]}}", "options.pages.0"),
    ],
)
def test_an_address_with_a_password_is_refused_and_the_password_not_said(folder, line, key):
    text = GOOD.replace("address: https://site.example/\n", "") if key == "address" else GOOD
    for user in ("u:pw", "u", "u:p@w"):
        (_, error), *others = put(folder, text + line.format(f"https://{user}@x.example/") + "\n").check()
        number = text.count("\n") + 1
        assert not others
        assert str(error).startswith(f"sources/site.yaml:{number}: `{key}` is 'https://…@x"), error
        assert str(error).endswith("no user and no password")
    assert not put(folder, text + line.format("https://x.example/@ada/a@b?") + "\n").check()


def test_a_misspelt_key_is_recognised(folder):
    messages = [str(error) for _, error in put(folder, GOOD.replace("trust:", "turst:")).check()]
    assert messages == ["sources/site.yaml:8: `turst` is not a known key; did you mean `trust`?"]


@pytest.mark.parametrize("raw", [b"", b"- a\n- b\n", b"title: \xff\xfe", b"a: " + b"x" * 1_100_000, b"\x00\x01"])
def test_what_is_no_settings_file_is_refused_without_a_traceback(folder, raw):
    (folder / "sources" / "odd.yaml").write_bytes(raw)
    found = project.find(folder).check()
    assert len(found) == 1
    assert str(found[0][1]).startswith("sources/odd.yaml")


def test_one_bad_file_does_not_hide_the_others(folder):
    put(folder, GOOD)
    ours = put(folder, "title: [", "broken.yaml")
    assert [source.id for source in ours.sources()] == ["site"]
    assert [path.name for path, _ in ours.check()] == ["broken.yaml"]
    with pytest.raises(CommonsError, match="is not YAML"):
        ours.source("broken")


@pytest.mark.parametrize("name", ["other.yml", "other.YAML"])
def test_a_file_named_otherwise_than_yaml_is_not_passed_over_in_silence(folder, name):
    put(folder, GOOD)
    put(folder, GOOD, ".hidden.yml")
    ours = put(folder, GOOD, name)
    said = f"sources/{name}: is not read, since its name does not end in .yaml; name it other.yaml"
    assert [str(error) for _, error in ours.check()] == [said]
    assert [source.id for source in ours.sources()] == ["site"]
    with pytest.raises(CommonsError, match=r"does not end in \.yaml; name it other\.yaml"):
        ours.source("other")


@pytest.mark.parametrize("name", ["nothing", "../site", ""])
def test_an_unknown_source_is_told_with_the_known_ones(folder, name):
    with pytest.raises(CommonsError, match="known sources: site"):
        put(folder, GOOD).source(name)


def test_switching_changes_one_word_only(folder):
    ours = put(folder, GOOD)
    ours.enable("site")
    assert (folder / "sources" / "site.yaml").read_text() == GOOD.replace("enabled: false", "enabled: true")
    assert ours.source("site").enabled
    ours.enable("site", on=False)
    assert (folder / "sources" / "site.yaml").read_text() == GOOD


def test_switching_adds_the_line_where_there_is_none(folder):
    ours = put(folder, GOOD.replace("enabled: false  # off for now\n", ""))
    ours.enable("site")
    assert ours.source("site").enabled
    assert sorted(path.name for path in (folder / "sources").iterdir()) == ["site.yaml"]


WATCHED = GOOD + "watch: true\n"


def test_only_a_wiki_and_files_can_be_watched(folder):
    wiki = WATCHED.replace("connector: folder", "connector: mediawiki-api")
    for text in (wiki, WATCHED + "path: sources/site\n", WATCHED.replace("true", "false")):
        assert put(folder, text).check() == []
    for text in (WATCHED, WATCHED.replace("connector: folder", "connector: feed") + "path: sources/site\n"):
        told = complaint(folder, text)
        assert told.startswith("sources/site.yaml:10: the connector `"), told
        assert "cannot be watched here; take `watch` out" in told
    assert "sources/site.yaml:10: `watch` is 'often', expected true or false" in complaint(
        folder, GOOD + "watch: often\n"
    )
