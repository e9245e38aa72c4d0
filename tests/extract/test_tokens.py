"""Tokens hold all of a text but its spaces, each where it stands, and words are cut as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commons_graph.extract.tokens import tokenise

PIECES = st.sampled_from(
    ["l'", "aujourd’hui", "C++", "F#", "U.S.", "node.js", "a_b", "é", "Ça", "::", "-", "&", ".", "A"]
)


@given(st.lists(PIECES | st.text(max_size=4)).map("".join))
def test_every_sign_but_spaces_is_in_one_token(text: str) -> None:
    tokens = tokenise(text, ())
    assert tokens.words == [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    between = [text[end:start] for end, start in zip((0, *tokens.ends), (*tokens.starts, len(text)), strict=True)]
    assert not any(each.strip() for each in between)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Les communs, l'eau.", ["Les", "communs", ",", "l'", "eau", "."]),
        ("qu’il aujourd'hui L'A", ["qu’", "il", "aujourd'", "hui", "L'", "A"]),
        ("C++ and F# run node.js", ["C++", "and", "F#", "run", "node.js"]),
        ("peer-to-peer R&D std::map a_b x+", ["peer-to-peer", "R&D", "std::map", "a_b", "x", "+"]),
        ("The U.S. and J. Roy end.New", ["The", "U.S.", "and", "J.", "Roy", "end", ".", "New"]),
        ("", []),
    ],
)
def test_words_keep_what_is_theirs(text: str, words: list[str]) -> None:
    assert tokenise(text, ()).words == words
