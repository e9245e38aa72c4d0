"""A small project folder with the real ontology and three short documents."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = """
title: Les communs du val
connector: folder
address: https://val.example/
path: sources/val
language: fr
licence: https://creativecommons.org/licenses/by-sa/4.0/
publisher: Association du Val
trust: 0.9
enabled: true
expect: {documents: 1, max_drop: 0.5}
personal_data: [name, public role]
kind: web page
"""
PAGES = {
    "groupes.md": """---
title: Nos groupes de travail
date: 2025-01-10
---
L'Association du Val accueille deux groupes de travail. L'Association du Val travaille sur les communs.

## Groupe de travail Communs et forêts

Le groupe s'intéresse aux communs et à l'économie sociale et solidaire. Contactez Jeanne Moreau-Dubois.

## Groupe de travail Communs et rivières

Prenez contact avec Karim Benhaddou.
""",
    "lettre.txt": """Infolettre du Val
Le séminaire « Forêts en commun » a lieu le 24 janvier 2025 à Lyon.
L'Association du Val est partenaire de la Fondation des Rives.
""",
    "en.md": """# About us

The Association du Val was founded by Jeanne Moreau-Dubois and Karim Benhaddou. It works on the commons.
""",
}


def make_project(folder: Path, pages: dict[str, str] = PAGES) -> Path:
    """Write a project folder."""
    for part in ("ontology", "warehouse/migrations"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "dagster.yaml", folder / "dagster.yaml")
    (folder / "sources" / "val").mkdir(parents=True)
    shutil.copy(ROOT / "sources" / "schema.json", folder / "sources" / "schema.json")
    (folder / "sources" / "val.yaml").write_text(SOURCE.lstrip(), encoding="utf-8")
    for name, text in pages.items():
        (folder / "sources" / "val" / name).write_text(text, encoding="utf-8")
    return folder


def opened(folder: Path) -> set[str]:
    """Give which files below a folder this process holds open."""
    targets = [link.readlink() for link in list(Path("/proc/self/fd").iterdir()) if link.is_symlink()]
    return {target.name for target in targets if target.is_relative_to(folder)}
