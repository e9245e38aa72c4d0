"""Bringing documents up to date: only what changed is read, the result is that of doing everything."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from commons_graph import lake, step_note
from commons_graph.errors import CommonsError
from commons_graph.extract import buckets as extraction
from commons_graph.model import BUCKETS, Archived, Capture, Refusal, bucket_of
from commons_graph.normalise import buckets
from commons_graph.project import Project
from commons_graph.source import Expect
from commons_graph.step_note import Note, Tally

ROOT = Path(__file__).parents[2]
PAGES = {f"Page {number}": f"La Fondation des Rives {number} est une association de Lyon." for number in range(40)}
CHANGED = {title: text.replace("de Lyon", "de Nantes") if "3" in title else text for title, text in PAGES.items()}
Read = list[str]


def made(root: Path) -> Project:
    (root / "ontology").symlink_to(ROOT / "ontology")
    return Project(root, root / "warehouse")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return made(tmp_path)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse folder after PAGES were read and extracted. No test changes it."""
    project = made(tmp_path_factory.mktemp("extracted"))
    refresh(project, PAGES, "1")
    extraction.refresh(project, "wiki")
    return project.root / "warehouse"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    """What the lake holds where CHANGED were read from nothing."""
    project = made(tmp_path_factory.mktemp("rebuilt"))
    refresh(project, CHANGED, "2")
    extraction.refresh(project, "wiki")
    return everything(project)


def archived(title: str, text: str, read: Read) -> Archived:
    """A page in the archive that notes when its bytes are read."""
    payload = text.encode()
    at = datetime(2026, 1, 1, tzinfo=UTC)
    digest = hashlib.sha256(payload).hexdigest()
    hints = {"kind": "wiki entry", "title": title}
    capture = Capture("wiki", f"https://wiki.example/{title}", "text/x-wiki", b"", digest, at, hints)
    return Archived(capture, partial(load, title, payload, read))


def load(title: str, payload: bytes, read: Read) -> bytes:
    read.append(title)
    if payload == b"lost":
        raise CommonsError(title, "its record is damaged", "restore it")
    return payload


def refresh(project: Project, pages: dict[str, str], mark: str, expect: Expect | None = None) -> tuple[Note, Read]:
    """Refresh the documents; give the note and the titles whose bytes were read."""
    read: Read = []
    captures = [archived(title, text, read) for title, text in pages.items()]
    return buckets.refresh(project, "wiki", "fr", captures, mark, expect or Expect(max_drop=1.0)), sorted(read)


def everything(project: Project) -> dict[str, list[object]]:
    """What the lake holds, by file; empty buckets aside."""
    found: dict[str, list[object]] = {}
    for number in range(BUCKETS):
        documents = lake.documents_path(project.lake_dir, "wiki", number)
        statements = lake.statements_path(project.lake_dir, "wiki", number)
        if lake.rows(documents):
            found[f"d{number}"] = list(lake.read_documents(documents))
        if lake.rows(statements):
            found[f"s{number}"] = list(lake.read_statements(statements))
    return found


def test_only_what_changed_is_read_and_the_result_is_that_of_a_rebuild(project: Project, tmp_path: Path) -> None:
    note, read = refresh(project, PAGES, "1")
    assert (note.tally, note.rows, len(read)) == (Tally(added=40), 40, 40)
    extraction.refresh(project, "wiki")

    changed = {title: text for title, text in PAGES.items() if title != "Page 3"}
    changed |= {"Page 5": "Le Réseau des Monts est un collectif.", "New": "La Coopérative des Pins travaille à Nantes."}
    note, read = refresh(project, changed, "2")
    assert (note.tally, read) == (Tally(added=1, changed=1, gone=1), ["New", "Page 5"])
    extraction.refresh(project, "wiki")

    rebuilt = Project(project.root, tmp_path / "rebuilt")
    refresh(rebuilt, changed, "2")
    extraction.refresh(rebuilt, "wiki")
    assert everything(project) == everything(rebuilt)


def test_few_documents_give_the_same_files_in_one_thread_and_in_many(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = {
        "text/x-wiki": "'''La Fondation''' de [[Lyon]]",
        "text/html": "<p>Le <b>Réseau",
        "text/markdown": "# Le *Collectif*",
    }
    files = []
    for cores in ("1", "8"):
        monkeypatch.setenv("COMMONS_WORKERS", cores)
        made = Project(project.root, tmp_path / cores)
        pages = [archived(f"Page {number}", f"{text} {number}", []) for number in range(20) for text in kinds.values()]
        captures = [
            replace(page, capture=replace(page.capture, media_type=kind, address=f"{page.capture.address}/{kind}"))
            for page, kind in zip(pages, [*kinds] * 20, strict=True)
        ]
        assert buckets.refresh(made, "wiki", "fr", captures, "1", Expect()).rows == len(captures)
        extraction.refresh(made, "wiki")
        files.append({path.relative_to(made.lake_dir): path.read_bytes() for path in made.lake_dir.rglob("*.parquet")})
    assert len(files[0]) > 40
    assert files[0] == files[1]


@pytest.mark.parametrize("left", ["half of the buckets", "a file cut off", "no note"])
def test_extraction_that_broke_off_goes_on_to_the_result_of_a_rebuild(
    project: Project, extracted: Path, rebuilt: dict[str, list[object]], left: str
) -> None:
    shutil.copytree(extracted, project.root / "warehouse")
    refresh(project, CHANGED, "2")
    stale = [job for job in extraction._jobs(project, "wiki", None) if job.changed]
    assert len(stale) > extraction.LIGHT
    extraction.extract(stale[:2] if left == "half of the buckets" else stale)
    if left == "a file cut off":
        stale[0].statements.write_bytes(stale[0].statements.read_bytes()[:-100])
    if left == "no note":
        (stale[0].statements.parent / step_note.NAME).unlink()
    note = extraction.refresh(project, "wiki")
    assert note.rows == sum(len(rows) for name, rows in rebuilt.items() if name.startswith("s"))
    assert everything(project) == rebuilt


def test_a_refresh_after_one_that_broke_off_counts_what_both_found(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: str, done: int, __: int) -> None:
        if done == 9:
            raise KeyboardInterrupt

    monkeypatch.setenv("COMMONS_WORKERS", "1")
    changed = {title: f"{text} Elle est ouverte." for title, text in PAGES.items() if title < "Page 3"} | {
        "New": "Oui."
    }
    for mark, pages, tally in (("1", PAGES, Tally(40)), ("2", changed, Tally(added=1, changed=23, gone=17))):
        captures = [archived(title, text, []) for title, text in pages.items()]
        with pytest.raises(KeyboardInterrupt):
            buckets.refresh(project, "wiki", "fr", captures, mark, Expect(max_drop=1.0), stop)
        assert refresh(project, pages, mark)[0].tally == tally
    assert refresh(project, changed | {"Newer": "Non."}, "3")[0].tally == Tally(added=1)


def test_an_unchanged_read_reads_nothing_and_says_that_it_was_checked(project: Project) -> None:
    refresh(project, PAGES, "1")
    folder = lake.documents_path(project.lake_dir, "wiki", 0).parent
    step_note.write(folder, replace(step_note.read(folder), checked="2026-01-01T00:00:00+00:00"))
    note, read = refresh(project, PAGES, "1")
    assert (note.tally, read) == (Tally(), [])
    assert step_note.read(folder) == note
    assert note.checked > "2026-01-01"


def test_a_page_whose_text_is_the_same_is_not_extracted_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = {title: text for title, text in PAGES.items() if bucket_of(f"https://wiki.example/{title}") == 7}
    refresh(project, {"A": "La Fondation des Rives.", "B": "Le Réseau des Monts.", **same}, "1")
    extraction.refresh(project, "wiki")
    # a space at the end of a line changes the bytes, and not what is read of them
    refresh(project, {"A": "La Fondation des Rives. ", "B": "Le Réseau des Lacs.", **same}, "2")
    (job,) = [job for job in extraction._jobs(project, "wiki", None) if job.changed]
    assert [each.title for each in lake.read_documents(job.documents, job.changed)] == ["B"]


def test_what_cannot_be_normalised_is_remembered_and_what_cannot_be_read_is_tried_again(project: Project) -> None:
    note, _ = refresh(project, {"A": "La Fondation.", "B": "lost"}, "1")
    assert [(each.address, each.reason) for each in note.refused] == [
        ("https://wiki.example/B", "its record is damaged")
    ]
    note, read = refresh(project, {"A": "La Fondation.", "B": "lost"}, "1")
    assert (read, note.tally.failed) == (["B"], 1)
    note, read = refresh(project, {"A": "La Fondation.", "B": "Le Réseau."}, "2")
    assert (read, note.refused, note.rows) == (["B"], (), 2)


def test_a_refused_page_stays_refused_without_being_read(project: Project) -> None:
    pages = [archived("A", "La Fondation.", []), archived("B", "x", [])]
    odd = replace(pages[1], capture=replace(pages[1].capture, media_type="image/png"))
    for mark, tally in (("1", Tally(added=1, failed=2)), ("2", Tally(failed=2))):
        note = buckets.refresh(project, "wiki", "fr", [pages[0], odd, Refusal("C", "no")], mark, Expect(max_drop=1.0))
        assert sorted(each.address for each in note.refused) == ["C", "https://wiki.example/B"]
        assert note.tally == tally


def test_a_read_that_lost_too_much_changes_nothing(project: Project) -> None:
    refresh(project, PAGES, "1")
    before = everything(project)
    with pytest.raises(CommonsError, match="--accept-drop"):
        refresh(project, {"Page 1": PAGES["Page 1"]}, "2", Expect(max_drop=0.5))
    assert everything(project) == before
    refresh(project, {"Page 1": PAGES["Page 1"]}, "2")
    assert [row.title for rows in everything(project).values() for row in rows] == ["Page 1"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_wrong_file_of_the_ontology_stops_the_step_and_refuses_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    monkeypatch.setenv("COMMONS_WORKERS", workers)
    ontology = Path(shutil.copytree(ROOT / "ontology", tmp_path / "ontology"))
    project = Project(tmp_path, tmp_path / "warehouse")
    pages = {f"Page {number}": "Une association." for number in range(extraction.FEW)}
    spoilt, whole = ontology / "schema_org.yaml", (ontology / "schema_org.yaml").read_bytes()
    spoilt.write_text("types: [")
    with pytest.raises(CommonsError, match=r"^ontology/schema_org\.yaml:2: is not YAML"):
        refresh(project, pages, "1")
    spoilt.write_bytes(whole)
    assert refresh(project, pages, "1")[0].refused == ()
    (ontology / "lexicon" / "heads.yaml").write_text("Person: dr")
    with pytest.raises(CommonsError, match=r"^ontology/lexicon/heads\.yaml:1: `Person` is 'dr', expected a list; wri"):
        extraction.refresh(project, "wiki")
    assert not list(project.lake_dir.glob("statements/**/*.parquet"))


def test_a_document_that_is_choked_on_is_refused_and_the_others_are_there(project: Project) -> None:
    pages = [archived(title, text, []) for title, text in PAGES.items()]
    hints: dict[str, str] = {"kind": "wiki entry", "title": 7}  # type: ignore[dict-item]  # as no connector gives it
    odd = replace(pages[0], capture=replace(pages[0].capture, hints=hints))
    note = buckets.refresh(project, "wiki", "fr", [odd, *pages[1:]], "a", Expect(max_drop=1.0))
    assert note.rows == len(PAGES) - 1
    told = Refusal(odd.capture.address, "normalisation failed (TypeError)", "report this page")
    assert note.refused == (told,)


@pytest.mark.parametrize("fault", [OSError, MemoryError])
def test_a_document_that_the_machine_fails_at_is_tried_again(project: Project, fault: type[Exception]) -> None:
    def fail() -> bytes:
        raise fault

    page = archived("A", "Une association.", [])
    note = buckets.refresh(project, "wiki", "fr", [replace(page, load=fail)], "a", Expect(max_drop=1.0))
    assert (note.rows, [each.address for each in note.refused]) == (0, [page.capture.address])
    note = buckets.refresh(project, "wiki", "fr", [page], "a", Expect(max_drop=1.0))
    assert (note.rows, note.refused) == (1, ())


def test_what_of_a_document_could_not_be_read_is_told_until_it_is_mended(project: Project) -> None:
    front = "---\ntitle: La saison\ndate: 2026-02-{}\n---\nUne association."
    others = [archived(title, text, []) for title, text in PAGES.items()]

    def read(day: int, mark: str) -> Note:
        page = archived("A", front.format(day), [])
        text = replace(page, capture=replace(page.capture, media_type="text/markdown"))
        return buckets.refresh(project, "wiki", "fr", [text, *others], mark, Expect(max_drop=1.0))

    told = Refusal(
        "https://wiki.example/A", "its date '2026-02-30' is in no calendar, and left out", "mend it in the page"
    )
    assert [(note.rows, note.refused) for note in (read(30, "1"), read(30, "1"))] == [(len(PAGES) + 1, (told,))] * 2
    others[0] = archived("Page 0", "Une autre.", [])
    assert read(30, "2").refused == (told,)
    note = read(28, "3")
    assert (note.refused, note.tally) == ((), Tally(changed=1))
