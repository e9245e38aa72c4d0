"""Runs of words that the gazetteer knows, in a gazetteer of a few names that is made here."""

from __future__ import annotations

from pathlib import Path

from commons_graph.extract.gazetteer import Gazetteer
from commons_graph.extract.names.titles import Titles
from commons_graph.extract.tokens import tokenise
from commons_graph.extract.training import gazetteer

PAGES = {"Peer to Peer": "Concept", "Commons": "Concept", "The Well": "Organization", "R & D": "Project"}


def found(text: str, folder: Path) -> dict[str, str]:
    gazetteer.make([(title, "") for title in PAGES], PAGES, folder / "made.npz")
    tokens = tokenise(text, ())
    hints = Titles(Gazetteer.load(folder / "made.npz")).find(tokens)
    return {text[tokens.starts[first] : tokens.ends[last - 1]]: hint for first, last, hint in hints}


def test_a_known_name_is_found_in_any_case_and_with_hyphens_as_with_spaces(tmp_path: Path) -> None:
    told = found("Of peer to peer, Peer-to-Peer and PEER  TO - PEER, but no peer to any.", tmp_path)
    assert told == dict.fromkeys(("peer to peer", "Peer-to-Peer", "PEER  TO - PEER"), "known Concept 0")


def test_one_word_alone_is_known_by_its_capital(tmp_path: Path) -> None:
    assert found("The Commons and the commons; the commons.", tmp_path) == {"Commons": "known Concept 0"}


def test_a_name_ends_at_a_comma_and_at_the_end_of_the_text(tmp_path: Path) -> None:
    assert found("Peer, to peer. Peer to", tmp_path) == {}


def test_names_shorter_than_three_letters_and_an_empty_text_are_borne(tmp_path: Path) -> None:
    assert found("", tmp_path) == {}
    assert found("R & D", tmp_path) == {"R & D": "known Project 0"}
