"""Reading documents leaves no garbage in cycles, and the search for it goes on as before."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from commons_graph.extract import find_all
from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.uncollected import uncollected
from commons_graph.model import Block, Document, Mark

ROOT = Path(__file__).parents[2]
TEXT = "La Fabrique\nLa Fabrique des Rivages (FR) travaille avec Awa Diarra, du Labo à Lyon, le 29 janvier 2025.\n"


def page(kind: str) -> Document:
    blocks = (Block("title", 0, 11), Block("paragraph", 12, len(TEXT) - 1))
    marks = (Mark("wiki", 12, 35, "Fabrique des Rivages"),)
    return Document("d", "test", "https://example.org/", "La Fabrique", TEXT, blocks, marks, "fr", kind)


def test_documents_leave_no_garbage_in_cycles() -> None:
    knowledge = Knowledge.load(ROOT)
    pages = [page("wiki entry"), page("web page")]
    find_all(pages, knowledge)  # what is loaded or compiled at first may leave some
    gc.collect()
    with uncollected():
        assert find_all(pages, knowledge)[1].relations
        assert gc.collect() == 0


@pytest.mark.parametrize("searching", [True, False])
def test_the_search_goes_on_where_it_was_on(searching: bool) -> None:
    (gc.enable if searching else gc.disable)()
    try:
        with pytest.raises(ValueError), uncollected():
            assert not gc.isenabled()
            raise ValueError
        assert gc.isenabled() == searching
    finally:
        gc.enable()
