"""Clusters against the plain definition: connected components, found by walking."""

from hypothesis import given
from hypothesis import strategies as st

from commons_graph.resolve.clusters import Clusters

SIZE = 12
pairs = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=20)


def reached(start: int, joined: list[tuple[int, int]]) -> set[int]:
    found, todo = {start}, [start]
    while todo:
        here = todo.pop()
        near = {b for a, b in joined if a == here} | {a for a, b in joined if b == here}
        todo += near - found
        found |= near
    return found


@given(pairs)
def test_clusters_are_what_the_pairs_reach_and_the_lowest_speaks(joined):
    clusters = Clusters(SIZE)
    clusters.join_all(joined)
    assert clusters.firsts().tolist() == [min(reached(number, joined)) for number in range(SIZE)]


@given(pairs, pairs)
def test_pairs_that_are_apart_stay_apart_and_no_join_is_refused_without_need(joined, apart):
    apart = [(a, b) for a, b in apart if a != b]
    clusters = Clusters(SIZE, apart)
    done = [pair for pair in joined if clusters.join(*pair)]
    assert all(clusters.first(a) != clusters.first(b) for a, b in apart)
    assert clusters.firsts().tolist() == [min(reached(number, done)) for number in range(SIZE)]
    for a, b in set(joined) - set(done):
        together = reached(a, done) | reached(b, done)
        assert any({x, y} <= together for x, y in apart)
