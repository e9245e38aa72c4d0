from __future__ import annotations

import pytest
from reading import MARKDOWN, PLAIN, blocks, check, marks, read

from commons_graph.errors import CommonsError

TEXT = """---
title: "Gazette n°9"
date: 2021-02-15
lang: fr
tags: [communs, logiciels]
---

# Gazette n°9

Un rapport de **Ada Roy**, voir [le _texte_](https://a.example/x_(y) "titre"), <https://b.example>
et [la suite][1] ; snake_case reste. ![image](x.png) {{< youtube abc >}}

- un point
  qui continue
    - dedans

> cité
> encore

| Nom | Lieu |
|-----|------|
| Ada | Lyon |

Sous-titre
----------

```
code = 1
```
<div>Fin <a href="https://c.example">lien</a></div>

[1]: https://d.example/suite
"""


def test_front_matter_and_blocks() -> None:
    document = read(MARKDOWN, TEXT)
    assert (document.title, document.date, document.language) == ("Gazette n°9", "2021-02-15", "fr")
    assert document.categories == ("communs", "logiciels")
    assert blocks(document) == [
        ("paragraph", "Un rapport de Ada Roy, voir le texte, https://b.example et la suite ; snake_case reste."),
        ("item", "un point qui continue"),
        ("item", "dedans"),
        ("quote", "cité encore"),
        ("cell", "Nom"),
        ("cell", "Lieu"),
        ("cell", "Ada"),
        ("cell", "Lyon"),
        ("heading", "Sous-titre"),
        ("paragraph", "Fin lien"),
    ]
    check(document)


def test_links_and_emphasis() -> None:
    document = read(MARKDOWN, TEXT)
    assert marks(document, "bold") == [("Ada Roy", "")]
    assert marks(document, "web") == [
        ("le texte", "https://a.example/x_(y)"),
        ("https://b.example", "https://b.example"),
        ("la suite", "https://d.example/suite"),
        ("lien", "https://c.example"),
    ]


def test_a_bomb_of_aliases_is_no_title() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    document = read(MARKDOWN, f"---\n{bomb}title: *i\n---\n# Real\n\nText.")
    assert document.title == "Real"


def test_broken_front_matter_is_left_out() -> None:
    assert blocks(read(MARKDOWN, "---\na: [\n---\nText.", title="T")) == [("paragraph", "Text.")]


def test_front_matter_without_marks_and_in_toml_gives_title_date_and_fields() -> None:
    bare = "title: La saison\nauthor: Ada Roy\ndescription: 'Une fête\n  au bord'\ndate: 2024-05-02\n\nTexte."
    document = read(MARKDOWN, bare)
    assert (document.title, document.date) == ("La saison", "2024-05-02")
    assert blocks(document) == [("field", "Ada Roy"), ("field", "Une fête au bord"), ("paragraph", "Texte.")]
    toml = '+++\ntitle = "La saison"\ndate = 2024-05-02T10:00:00Z\nauthors = ["Ada Roy", "Bo Lin"]\n+++\nTexte.'
    document = read(MARKDOWN, toml)
    assert (document.title, document.date) == ("La saison", "2024-05-02")
    assert blocks(document)[:2] == [("field", "Ada Roy"), ("field", "Bo Lin")]


def test_a_first_paragraph_with_a_colon_is_no_front_matter() -> None:
    document = read(MARKDOWN, "Note: bring bread\n\nText of the letter.")
    assert "bring bread" in document.text


def test_a_first_line_that_stands_alone_is_the_title() -> None:
    document = read(MARKDOWN, "Carte des sources\n\nPrésentation de la carte.\n\n## Plus loin\n\nSuite.")
    assert document.title == "Carte des sources"
    assert blocks(document)[0] == ("paragraph", "Présentation de la carte.")


def test_plain_text_has_headings_items_and_a_title() -> None:
    document = read(
        PLAIN,
        "\nQui sommes-nous\n\nNOS GROUPES\n\nNous avons des groupes qui se réunissent.\n"
        "  • un ;\n- deux\nAda Roy\nLyon",
    )
    assert document.title == "Qui sommes-nous"
    assert blocks(document) == [
        ("heading", "NOS GROUPES"),
        ("paragraph", "Nous avons des groupes qui se réunissent."),
        ("item", "un ;"),
        ("item", "deux"),
        ("paragraph", "Ada Roy"),
        ("paragraph", "Lyon"),
    ]


def test_a_long_first_line_is_no_title_and_not_lost() -> None:
    first = "Nous réunissons des personnes " * 20 + "et voilà."
    document = read(PLAIN, f"{first}\n\nSuite du texte.")
    assert len(document.title) <= 101
    assert blocks(document)[0] == ("paragraph", first)


LINE = "Le réseau des jardins est une association fondée en 2003 à Nantes."


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("around", ["{}", "{}\n", "\n {}\n\n", "{0}\n{0}\n", "{}\n-----\n"])
def test_a_text_of_one_line_is_a_title_that_is_read_once(around: str, charset: str) -> None:
    document = read(PLAIN, around.format(LINE).encode(charset))
    assert (document.title, document.text) == (LINE, LINE)
    check(document)


@pytest.mark.parametrize("text", ["", " \n\n", "-----\n", "*\n"])
def test_a_text_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(CommonsError, match="holds no text"):
        read(PLAIN, text)


@pytest.mark.parametrize("value", ["0x" + "f" * 5000, "[0x" + "f" * 5000 + "]", "1" + ":59" * 4000, '"\\ud800"'])
def test_numbers_without_end_and_halves_of_characters_in_front_matter_are_left_out(value: str) -> None:
    document = read(MARKDOWN, f"---\ntitle: Soin\nauthor: {value}\ndescription: Un atelier\n---\n\nBonjour à tous.\n")
    check(document)
    assert blocks(document) == [("field", "Un atelier"), ("paragraph", "Bonjour à tous.")]
