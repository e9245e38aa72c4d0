"""One visit to a real site through the whole job, and one that finds nothing new.

What belongs here: that much. What does not: all that happens to a site (test_live.py).
"""

from __future__ import annotations

from site_server import Site

from commons_graph.commands import refresh
from commons_graph.project import Project
from commons_graph.publish.releases import current, releases


def test_a_site_is_read_and_read_again_for_nothing(both: Project, site: Site) -> None:
    assert refresh.run(both, ["site"], None) == 0
    assert "Fondation des Vagues" in (current(both).path / "graph.nt").read_text(encoding="utf-8")
    site.forget()
    assert refresh.run(both, ["site"], None) == 0
    assert (site.sent, len(releases(both))) == (0, 1), "nothing changed, so nothing is sent and nothing is published"
