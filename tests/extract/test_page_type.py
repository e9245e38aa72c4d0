"""The class of a wiki page: invented pages in the wiki's manner, hostile ones, and that nothing depends on chance."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import numpy as np
import pytest

from commons_graph.errors import CommonsError
from commons_graph.extract.page_features import GROUPS, page_features
from commons_graph.extract.page_source import canonical_title, read_page
from commons_graph.extract.page_type import PAGE_CLASSES, PageTypes, subject_class
from commons_graph.model import Block, Document


@pytest.fixture(scope="module")
def types() -> PageTypes:
    return PageTypes.load()


PAGES = [
    (
        "Person",
        "Maria Lindqvarn",
        "'''= Swedish researcher on common pool resources'''\n\n=Bio=\n\n\"Maria Lindqvarn is a professor of sociology "
        'at the University of Umeå. She has written on forest commons."\n\n[[Category:Bios]]',
    ),
    (
        "Document",
        "Harvest of the Many",
        "'''* Book: Harvest of the Many. By John Okello. Tide Press, 2011'''\n\nURL = https://example.org/books/harvest.html"
        '\n\n=Review=\n\nJane Moss:\n\n"The book tells how ..."\n\n[[Category:Books]]',
    ),
    (
        "Document",
        "Peter Hallgrove on Sharing Seeds",
        'Video via http://www.youtube.com/watch?v=abc\n\n=Description=\n\n"In this talk he explains why seeds ..."\n\n'
        "[[Category:Webcasts]]",
    ),
    (
        "Project",
        "Seedbox",
        "'''= open source software platform to share seeds with neighbours'''\n\nURL = http://seedbox.example.org/\n\n"
        '=Description=\n\n"Seedbox is a free web application that lets users ..."\n\n[[Category:Agrifood]]',
    ),
    (
        "Organization",
        "Tidewater Housing Cooperative",
        "'''= Tidewater is a non-profit housing cooperative founded in 1994'''\n\nURL = http://www.tidewater.example.org/"
        '\n\n=Description=\n\n"The cooperative has 300 members."\n\n[[Category:Cooperatives]]\n[[Category:Housing]]',
    ),
    (
        "Concept",
        "Distributed Gardening",
        '=Definition=\n\n"Distributed gardening refers to the practice of growing food on many small plots."\n\n'
        "=Discussion=\n\nSee also: [[Urban Agriculture]]\n\n[[Category:Encyclopedia]]",
    ),
]


@pytest.mark.parametrize(("cls", "title", "wikitext"), PAGES, ids=[f"{cls}: {title}" for cls, title, _ in PAGES])
def test_a_page_has_the_class_that_its_words_say(types: PageTypes, cls: str, title: str, wikitext: str) -> None:
    assert types.classify_wikitext(title, wikitext)[0] == cls


def test_a_country_category_is_a_place_and_an_image_is_housekeeping(types: PageTypes) -> None:
    country = "=Introduction=\n\nThis section covers Uruguay.\n\n[[Category:Country]]\n[[Category:South America]]"
    assert types.classify_wikitext("Category:Uruguay", country)[0] == "Place"
    assert types.classify_wikitext("File:Garden plan.jpg", "")[0] == "Other"


def test_a_file_name_counts_as_the_title_it_stands_for(types: PageTypes) -> None:
    text = PAGES[3][2]
    assert types.classify_wikitext("Care: Seeds/Soil", text) == types.classify_wikitext(
        "Care- Seeds-Soil.mediawiki", text
    )


def test_categories_given_apart_count_like_those_in_the_text(types: PageTypes) -> None:
    _, title, text = PAGES[0]
    cut = re.sub(r"\n\n\[\[Category:[^\]]*\]\]", "", text)
    apart = types.scores(title, cut, ["Bios"])
    assert int(apart.argmax()) == PAGE_CLASSES.index("Person")
    assert apart[0] > types.scores(title, cut)[0]


def test_the_same_page_gives_the_same_answer_from_a_model_loaded_again(types: PageTypes) -> None:
    again = PageTypes.load()
    for _, title, text in PAGES:
        assert np.array_equal(types.scores(title, text), again.scores(title, text))


def test_confidence_is_a_share(types: PageTypes) -> None:
    for _, title, text in PAGES:
        assert 1 / len(PAGE_CLASSES) <= types.classify_wikitext(title, text)[1] <= 1


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", ""),
        ("Empty", ""),
        ("x" * 10_000_000, "y"),
        ("Long line", "= " + "word " * 2_000_000),
        ("Brackets", "[[" * 500_000),
        ("Equals", "=" * 1_000_000),
        ("Equals and spaces", "= " * 500_000),
        ("Addresses", "http://" * 300_000),
        ("Quotes", "'" * 1_000_000),
        ("Surrogate \ud800", "\ud800 \u200e \x00 is a \x00"),
        ("Categories", "[[Category:" * 300_000),
        ("Spaces", " " * 1_000_000 + "is a"),
        ("A (((((((((((((((((", "{{" * 500_000),
    ],
    ids=lambda value: value[:12] if len(value) < 100 else "",
)
def test_hostile_pages_get_some_class(types: PageTypes, title: str, text: str) -> None:
    cls, confidence = types.classify_wikitext(title, text)
    assert cls in PAGE_CLASSES
    assert 0 < confidence <= 1


def test_a_broken_model_is_told_in_one_line(tmp_path: Path) -> None:
    place = tmp_path / "page_type.npz"
    with pytest.raises(CommonsError, match="make model"):
        PageTypes.load(place)
    place.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(CommonsError, match="make model"):
        PageTypes.load(place)


def test_the_model_is_small_and_holds_no_text() -> None:
    from commons_graph.extract.page_type import MODEL

    assert MODEL.stat().st_size < 1_600_000
    with np.load(MODEL, allow_pickle=False) as file:
        assert all(file[name].dtype.kind in "uif" for name in file.files)


def test_a_page_is_cut_into_its_parts() -> None:
    page = read_page(
        "category:Open_Design",
        "'''= a tag'''\n\nURL = [http://www.example.org/a/b x]\n\n== Bio ==\n\n[[Some Page|name]] {{Box}}"
        "\n[[Category:Bios]]",
    )
    assert page.title == canonical_title("Category-Open Design.mediawiki") == "Category-Open Design"
    assert page.lead.split("\n")[0] == "= a tag"
    assert page.url == ("example.org", "/a/b")
    assert (page.headings, page.categories, page.templates) == (("Bio",), ("Bios",), ("Box",))
    assert page.links == (("Some Page", "name"),)


def test_features_of_different_groups_are_also_seen_together() -> None:
    groups = page_features(read_page("Ode", "= a network of readers\n\n[[Category:Books]]"), lambda _: 0)
    assert len(groups) == len(GROUPS)
    assert _hashes("pair", "c=books&tag head=network", "c=books&first=tag", "tl=ode&first=tag") <= set(groups[-1])


def test_words_of_the_first_lines_are_seen_alone_and_with_the_next_one() -> None:
    groups = dict(zip(GROUPS, page_features(read_page("Ode", "Été des Communs\n\nA day."), lambda _: 0), strict=True))
    lead = ("f=été", "fb=été des", "fb=des communs", "f0=été", "f12=été des communs")
    assert _hashes("lead", *lead) <= set(groups["lead"])
    words = ("w=été", "w=des", "w=communs", "w=a", "w=day", "b=été des", "b=des communs", "b=communs a", "b=a day")
    assert _hashes("body", *words) == set(groups["body"])


def test_a_page_without_text_has_no_words() -> None:
    groups = dict(zip(GROUPS, page_features(read_page("Ode", ""), lambda _: 0), strict=True))
    assert groups["body"] == []
    assert groups["title"] == sorted(set(groups["title"]))


def _hashes(group: str, *features: str) -> set[int]:
    return {zlib.crc32(feature.encode(), GROUPS.index(group)) for feature in features}


@pytest.mark.parametrize(
    ("kind", "cls"), [("newsletter", "Document"), ("web page", "Document"), ("event page", "Event")]
)
def test_what_is_no_wiki_page_is_told_by_its_kind(kind: str, cls: str) -> None:
    document = Document(
        "1", "sample", "https://example.org/1", "Title", "Title", (Block("title", 0, 5),), (), "en", kind
    )
    assert subject_class(document) == cls


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("File:Harvest map.JPG", "Other"),
        ("File-Talk on seeds.ogg.mediawiki", "Other"),
        ("File:Charter_of_the_mill.pdf", "Document"),
    ],
)
def test_uploaded_file_is_what_its_ending_says(types: PageTypes, title: str, expected: str) -> None:
    wikitext = "Poster of the conference on commons in Umeå, 2011"
    assert types.classify_wikitext(title, wikitext) == (expected, 1.0)


def test_file_sharing_is_no_uploaded_file(types: PageTypes) -> None:
    assert types.classify_wikitext("File sharing.png", "= sharing of files among peers")[1] < 1.0
