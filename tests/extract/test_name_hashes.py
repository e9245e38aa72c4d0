"""A name that is a range of words is folded, and hashed, as its words are when they are a string."""

from __future__ import annotations

import numpy as np
from examples import examples
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from commons_graph.extract.gazetteer import name_hash
from commons_graph.extract.names.name_hashes import NameHashes
from commons_graph.extract.names.texts import Texts
from commons_graph.extract.names.words import folded_name, folded_words
from commons_graph.extract.tokens import tokenise

PARTS = (
    "the",
    "L’",
    "d'",
    "Les",
    "O-Bank",
    "Peer-to-Peer",
    "Économie",
    "l'",
    "U.S.",
    "A.",
    "«",
    ">>",
    "&",
    "2016",
    "roy",
)
NAMES = NameHashes()


@settings(max_examples=examples(100, 3_000), deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=7), st.data())
def test_a_range_of_words_is_the_name_that_its_words_are(parts: list[str], data: st.DataObject) -> None:
    tokens = tokenise(" ".join(parts), ())
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first + 1, len(tokens)))
    assume(tokens.words[first] != "’" and tokens.words[first] != "'")  # a string that begins so begins with a word
    name = folded_words(tokens, first, last)
    assert name == folded_name(" ".join(tokens.words[first:last]))
    texts = Texts([tokens])
    (hashed,) = NAMES.of_names(texts, texts.first + first, texts.first + last)
    assert int(hashed) == name_hash(name)


def test_names_of_several_texts_are_hashed_together() -> None:
    texts = Texts([tokenise("The Commons, today", ()), tokenise("Ada Roy", ())])
    hashes = NAMES.of_names(texts, texts.first, texts.first + np.array([2, 2]))
    assert hashes.tolist() == [name_hash("commons"), name_hash("ada roy")]
