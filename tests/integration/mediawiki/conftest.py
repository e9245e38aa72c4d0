"""A real MediaWiki on the loopback address, with SQLite and PHP's own web server, and a steward's hand in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from commons_graph.source import Source

sys.path.insert(0, str(Path(__file__).parent))  # lets the tests of this folder import `wiki_reader`
TOOLS = Path("/usr/share/mediawiki/maintenance")
SETTINGS = """
$wgEnableUploads = false;
$wgMainCacheType = CACHE_NONE;
$wgMessageCacheType = CACHE_ACCEL;
$wgCacheDirectory = '{folder}/cache';
$wgRCMaxAge = 20*365*86400;
$wgJobRunRate = 0;
$wgArticlePath = '/index.php/$1';
"""


@dataclass(frozen=True)
class MediaWiki:
    """A wiki that runs, and its maintenance scripts."""

    server: Any
    folder: Path

    @property
    def api(self) -> str:
        return str(self.server.at("/api.php"))

    def tool(self, script: str, *arguments: str, told: str = "") -> str:
        """Run one of MediaWiki's maintenance scripts; give what it says."""
        return _tool(self.folder, script, *arguments, told=told)

    def fill(self, pages: Iterable[tuple[str, str]]) -> None:
        """Import pages, as those of another wiki are, with their recent changes."""
        path = self.folder / "import.xml"
        path.write_text(_export(pages), encoding="utf-8")
        self.tool("importDump.php", "--no-updates", str(path))
        self.tool("rebuildrecentchanges.php")

    def edit(self, title: str, text: str) -> None:
        self.tool("edit.php", "-u", "Admin", title, told=text)

    def edit_many(self, texts: Mapping[str, str]) -> None:
        """Edit pages with one call of a script."""
        home = self.folder / "texts"
        home.mkdir()
        for title, text in texts.items():
            (home / title).write_text(text, encoding="utf-8")
        self.tool("importTextFiles.php", "-u", "Admin", "--rc", "--overwrite", *map(str, sorted(home.iterdir())))

    def move(self, title: str, target: str, *options: str) -> None:
        self.tool("moveBatch.php", "-u", "Admin", *options, self._list(f"{title}|{target}"))

    def delete(self, title: str) -> None:
        self.tool("deleteBatch.php", "-u", "Admin", self._list(title))

    def query(self, sql: str) -> None:
        self.tool("sql.php", "--query", sql)

    def dump(self) -> Path:
        """Write the wiki's current pages as MediaWiki's own dump."""
        path = self.folder / "dump.xml"
        self.tool("dumpBackup.php", "--current", "--quiet", f"--output=file:{path}")
        return path

    def _list(self, line: str) -> str:
        path = self.folder / "list.txt"
        path.write_text(f"{line}\n", encoding="utf-8")
        return str(path)


@pytest.fixture(scope="module")
def mediawiki(needs: Any, serve: Any, home: Path, free_port: Callable[[], int], request: Any) -> MediaWiki:
    """A new, nearly empty wiki for each module of tests."""
    needs("mediawiki", str(TOOLS / "install.php"))
    needs("php-cli", "php")
    needs("php-sqlite3", *map(str, sorted(Path("/usr/lib/php").glob("*/pdo_sqlite.so"))[:1] or ["pdo_sqlite.so"]))
    folder, port = home / request.module.__name__.replace(".", "-"), free_port()
    _install(folder, port)
    command = ["php", "-d", "memory_limit=256M", "-S", f"127.0.0.1:{port}", "-t", str(TOOLS.parent)]
    server = serve(command, port, folder, PHP_CLI_SERVER_WORKERS="4", **_environment(folder))
    return MediaWiki(server, folder)


@pytest.fixture
def source(mediawiki: MediaWiki) -> Source:
    """The wiki as a source, read through its API."""
    licence = "https://creativecommons.org/licenses/by-sa/4.0/"
    address = mediawiki.server.at("/index.php/")
    return Source("wiki", "Wiki", "mediawiki-api", address, "en", licence, "Somebody", api=mediawiki.api, private=True)


def _install(folder: Path, port: int) -> None:
    for name in ("data", "conf", "cache", "images"):
        (folder / name).mkdir(parents=True)
    _tool(
        folder,
        "install.php",
        *("--confpath", str(folder / "conf"), "--dbtype", "sqlite", "--dbpath", str(folder / "data")),
        *("--dbname", "wiki", "--server", f"http://127.0.0.1:{port}", "--scriptpath", "", "--lang", "en"),
        *("--pass", "a-Long-test-pw-1", "Test wiki", "Admin"),
    )
    with (folder / "conf" / "LocalSettings.php").open("a") as settings:
        settings.write(SETTINGS.replace("{folder}", str(folder)))


def _tool(folder: Path, script: str, *arguments: str, told: str = "") -> str:
    done = subprocess.run(
        ["php", str(TOOLS / script), *arguments],
        env={**os.environ, **_environment(folder)},
        input=told,
        text=True,
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0, f"{script}: {done.stdout}{done.stderr}"
    return done.stdout


def _environment(folder: Path) -> dict[str, str]:
    """Name the settings; not before they are there, since install.php would refuse to run."""
    settings = folder / "conf" / "LocalSettings.php"
    return {"MW_CONFIG_FILE": str(settings)} if settings.exists() else {}


def _export(pages: Iterable[tuple[str, str]]) -> str:
    return (
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">'
        + "".join(
            f"<page><title>{escape(title)}</title><revision><timestamp>2020-01-01T00:00:00Z</timestamp>"
            "<contributor><username>Admin</username></contributor><model>wikitext</model><format>text/x-wiki</format>"
            f'<text xml:space="preserve">{escape(text)}</text></revision></page>'
            for title, text in pages
        )
        + "</mediawiki>"
    )
