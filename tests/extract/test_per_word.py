"""What is told of words is asked once a word, and again when a new vocabulary gives words other rows."""

from __future__ import annotations

from commons_graph.extract import vocabulary as words
from commons_graph.extract.per_word import PerWord
from commons_graph.extract.tokens import tokenise
from commons_graph.extract.vocabulary import Vocabulary


def test_each_word_is_asked_for_once() -> None:
    asked: list[str] = []

    def length(known: Vocabulary, rows: slice) -> list[int]:
        asked.extend(known.folded[rows])
        return list(map(len, known.folded[rows]))

    told = PerWord(length)
    assert told.of(tokenise("zwei drei zwei qqqqqq", ())).tolist() == [4, 4, 4, 6]
    assert told.of(tokenise("drei qqqqqq elf", ())).tolist() == [4, 6, 3]
    assert [asked.count(each) for each in ("zwei", "drei", "qqqqqq", "elf")] == [1, 1, 1, 1]


def test_a_new_vocabulary_is_asked_afresh() -> None:
    told = PerWord(lambda known, rows: [word.startswith("b") for word in known.folded[rows]])
    before = words._current[0]
    try:
        assert told.places(tokenise("aal bär", ())) == [1]
        words._current[0] = Vocabulary()
        assert told.places(tokenise("bär aal bus", ())) == [0, 2]
    finally:
        words._current[0] = before
