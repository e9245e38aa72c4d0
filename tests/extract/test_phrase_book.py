"""Phrases are found where each of their words fits, whatever the book looks up first."""

from __future__ import annotations

from collections.abc import Iterator

from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from commons_graph.extract.relation.phrase_book import ANY, PhraseBook, Words
from commons_graph.extract.tokens import Tokens, tokenise

WORDS = ("a.", "ab", "abc", "abc.", "b", "ba.", "bac", ANY)
TOKENS = ("a", "ab", "abc", "abcd", "b", "ba", "bac", "12", ",")


def fits(word: str, token: str) -> bool:
    if word == ANY:
        return token.isdigit()
    return token == word[:-1] if word.endswith(".") else token.startswith(word)


def found(text: str, *phrases: Words) -> list[tuple[int, list[int]]]:
    """Give where phrases stand, by their numbers."""
    book = PhraseBook(((phrase, number) for number, phrase in enumerate(phrases)), fits)
    return [(at, [number for _, number in standing]) for at, standing in book.found(tokenise(text, ()))]


def test_a_word_with_a_full_stop_is_whole_and_another_is_a_beginning() -> None:
    assert found("par partenaire", ("par.",), ("parten",)) == [(0, [0]), (1, [1])]


def test_all_words_of_a_phrase_stand_one_behind_the_other() -> None:
    assert found("with the support, with the help. with the", ("with", "the", "supp"), ("with",)) == [
        (0, [0, 1]),
        (4, [1]),
        (8, [1]),
    ]


def test_a_number_in_a_phrase_is_any_number() -> None:
    assert found("since 2016, since then", ("since", ANY)) == [(0, [0])]


@settings(max_examples=examples(60, 2_000), deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).filter(lambda each: each[0] not in ("b", ANY))),
    st.lists(st.sampled_from(TOKENS), max_size=12),
)
def test_the_book_finds_what_comparing_each_phrase_finds(phrases: list[list[str]], text: list[str]) -> None:
    written = [tuple(phrase) for phrase in phrases]
    tokens = tokenise(" ".join(text), ())
    assert found(" ".join(text), *written) == list(compared(tokens, written))


def compared(tokens: Tokens, phrases: list[Words]) -> Iterator[tuple[int, list[int]]]:
    for at in range(len(tokens)):
        behind = tokens.folded[at:]
        stand = [
            number
            for number, words in enumerate(phrases)
            if len(words) <= len(behind) and all(map(fits, words, behind))
        ]
        if stand:
            yield at, stand
