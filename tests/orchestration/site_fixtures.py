"""A site of four pages and a project that reads it beside its folder, for the tests that run the whole job on one.

What belongs here: what tests/orchestration and tests/integration/job share of it. What does not: the server itself
(tests/capture/live/site_server.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from site_server import Site

from commons_graph.project import Project

YAML = """
title: The site of the valley
connector: web
address: {address}
language: fr
licence: https://creativecommons.org/licenses/by-sa/4.0/
publisher: Association du Val
enabled: true
private: true
expect: {{documents: 1, max_drop: 0.4}}
options: {{pause: 0}}
"""
TEXT = "<p>L'Association du Val est partenaire de la {}. L'Association du Val travaille sur les communs.</p>"
PARTNERS = {"/vagues": "Fondation des Vagues", "/monts": "Coopérative des Monts", "/pins": "Fondation des Pins"}


@pytest.fixture
def site() -> Iterator[Site]:
    """The site, while a test runs."""
    running = Site()
    running.put("/", "Accueil", *PARTNERS)
    for path, name in PARTNERS.items():
        running.put(path, name, body=TEXT.format(name))
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def both(project: Path, site: Site) -> Project:
    """The project with its folder, and the site."""
    (project / "sources" / "site.yaml").write_text(YAML.lstrip().format(address=site.at()), encoding="utf-8")
    return Project(project, project / "warehouse")
