"""Kinds of French words beside those of the corpus: which words, and that no word of the corpus changes its kind."""

from __future__ import annotations

from types import ModuleType
from zlib import crc32

import numpy as np
import pytest

from commons_graph.errors import CommonsError
from commons_graph.extract.tokens import tokenise
from commons_graph.extract.word_kinds import WordKinds


@pytest.fixture(scope="module")
def french_kinds() -> ModuleType:
    """Import it only here: scikit-learn takes long to load, and only the process that runs these tests needs it."""
    from commons_graph.extract.training import french_kinds

    return french_kinds


def known(*words: str) -> WordKinds:
    codes = np.array(sorted(crc32(word.encode()) for word in words), dtype=np.uint32)
    return WordKinds(codes, np.ones(len(codes), dtype=np.uint16), np.array([0, 1], dtype=np.uint8))


def test_a_word_counts_as_french_where_it_comes_earlier_in_its_list(french_kinds: ModuleType) -> None:
    found = french_kinds.french_words(["de", "pour", "réseau", "six", "à"], ["six", "the", "of", "pour"])
    assert found == ["de", "pour", "réseau"]


def test_french_words_get_kinds_of_their_own_and_known_ones_keep_theirs(french_kinds: ModuleType) -> None:
    given = known("réseau", "network")
    told = french_kinds.beside(given, ["réseau", "collectif", "ville"], np.array([0, 0, 1]), np.array([0, 1]))
    of = told.of(tokenise("network réseau Réseau collectif Collectif Ville zxqv", ())).tolist()
    assert of == [1, 1, 2, 2, 2, 3, 0]
    assert told.wider.tolist() == [0, 1, 2, 3]


def test_words_whose_vectors_point_the_same_way_are_of_one_kind(french_kinds: ModuleType) -> None:
    near, far = np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])
    vectors = np.concatenate([near, far, near * 0.99, far * 0.98]).astype(np.float32)
    kinds, wider = french_kinds.grouped(vectors, 2, 1)
    assert kinds[0] == kinds[2] != kinds[1] == kinds[3]
    assert wider.tolist() == [0, 0]


def test_the_shipped_kinds_know_words_of_both_languages() -> None:
    kinds = WordKinds.load()
    found = kinds.of(tokenise("association rencontrons Rencontrons bénévoles neighbours", ()))
    assert (found > 0).all() and found[1] == found[2]
    assert len(kinds.wider) == int(kinds.kinds.max()) + 1


def test_a_missing_package_is_named_before_anything_is_made(
    french_kinds: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(french_kinds, "PACKAGE", "no_such_package_of_vectors")
    with pytest.raises(CommonsError, match="no_such_package_of_vectors"):
        french_kinds.check()
