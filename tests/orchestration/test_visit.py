"""One visit to a real site through the whole job, and one that finds nothing new.

What belongs here: that much, for every day. What does not: all that happens to a site (tests/integration/job).
"""

from __future__ import annotations

import sys
from pathlib import Path

from commons_graph.commands import refresh
from commons_graph.project import Project
from commons_graph.publish.releases import current, releases

sys.path.insert(0, str(Path(__file__).parents[1] / "capture" / "live"))

from site_server import Site

YAML = """
title: The site of the valley
connector: web
address: {address}
language: fr
licence: https://creativecommons.org/licenses/by-sa/4.0/
publisher: Association du Val
enabled: true
private: true
options: {{pause: 0}}
"""
TEXT = "<p>L'Association du Val est partenaire de la Fondation des Vagues. L'Association travaille sur les communs.</p>"


def test_a_site_is_read_and_read_again_for_nothing(project: Path) -> None:
    site = Site()
    site.put("/", "Accueil", "/vagues")
    site.put("/vagues", "Vagues", body=TEXT)
    (project / "sources" / "site.yaml").write_text(YAML.lstrip().format(address=site.at()), encoding="utf-8")
    whole = Project(project, project / "warehouse")
    assert refresh.run(whole, ["site"], None) == 0
    assert "Fondation des Vagues" in (current(whole).path / "graph.nt").read_text(encoding="utf-8")
    site.forget()
    assert refresh.run(whole, ["site"], None) == 0
    assert (site.sent, len(releases(whole))) == (0, 1), "nothing changed, so nothing is sent and nothing is published"
    site.shutdown()
    site.server_close()
