"""A real WordPress on the loopback address, over a database of its own, and an editor's hand in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "capture" / "live"))  # `site_server`

PROGRAM = Path("/usr/share/wordpress")
CONTENT = Path("/var/lib/wordpress/wp-content")
DATABASE = """
CREATE DATABASE wp CHARACTER SET utf8mb4;
CREATE USER wp@'%' IDENTIFIED BY 'wp'; GRANT ALL ON wp.* TO wp@'%';
CREATE USER wp@localhost IDENTIFIED BY 'wp'; GRANT ALL ON wp.* TO wp@localhost;
"""
SHUT = """<?php
add_filter('rest_authentication_errors', fn () => new WP_Error('rest_shut', 'shut', ['status' => 401]));
"""


@dataclass(frozen=True)
class WordPress:
    """A site that runs. `root` is its folder; posts whose numbers are in `more` a test made itself."""

    server: Any
    root: Path
    more: list[int] = field(default_factory=list)

    def at(self, path: str = "/") -> str:
        return str(self.server.at(path))

    def put(self, title: str, text: str, kind: str = "post", category: str = "", day: str = "2026-10-05") -> int:
        """Publish a post or a page; give its number."""
        post = {"post_title": title, "post_content": text, "post_type": kind, "post_date": f"{day} 09:00:00"}
        return int(self._hand(post=post, **({"category": category} if category else {})))

    def edit(self, number: int, text: str) -> None:
        self._hand(post={"ID": number, "post_content": text})

    def delete(self, number: int) -> None:
        self._hand(delete=number)

    def shut(self, yes: bool) -> None:
        """Shut the REST API as a security plugin does, or open it."""
        plugin = self.root / "wp-content" / "mu-plugins" / "shut.php"
        plugin.parent.mkdir(exist_ok=True)
        plugin.write_text(SHUT) if yes else plugin.unlink(missing_ok=True)

    def _hand(self, **told: Any) -> str:
        return _php("hand.php", self.root, json.dumps(told))


@pytest.fixture(scope="module")
def wordpress(needs: Any, serve: Any, home: Path, free_port: Callable[[], int]) -> WordPress:
    """A new, empty site for the module's tests."""
    needs("wordpress", str(PROGRAM / "wp-load.php"))
    needs("mariadb-server", "mariadbd", "mariadb-install-db")
    needs("php-cli", "php")
    needs("php-mysql", *map(str, sorted(Path("/usr/lib/php").glob("*/mysqli.so"))[:1] or ["mysqli.so"]))
    folder, port, database = home / "wordpress", free_port(), free_port()
    folder.mkdir(mode=0o755)
    _database(serve, folder, database)
    root = _copy(folder / "root", port, database)
    _php("install.php", root)
    command = ["php", "-S", f"127.0.0.1:{port}", "-t", str(root), str(HERE / "router.php")]
    return WordPress(serve(command, port, folder, PHP_CLI_SERVER_WORKERS="4"), root)


def _database(serve: Any, folder: Path, port: int) -> None:
    """Start a MariaDB; as root it must run as a user of its own."""
    data = folder / "database"
    data.mkdir(mode=0o755)
    user = ["--user=mysql"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(data, "mysql")
    made = ["mariadb-install-db", "--no-defaults", *user, f"--datadir={data}", "--skip-test-db"]
    _run([*made, "--auth-root-authentication-method=normal"])
    place = [f"--datadir={data}", f"--socket={data}/socket", f"--pid-file={data}/pid"]
    serve(["mariadbd", "--no-defaults", *user, *place, "--bind-address=127.0.0.1", f"--port={port}"], port, folder)
    _run(["mariadb", "--no-defaults", "-S", f"{data}/socket", "-u", "root"], DATABASE)


def _copy(root: Path, port: int, database: int) -> Path:
    """Copy WordPress, since a tree of links does not do, with its themes and its French."""
    skipped = shutil.ignore_patterns("wp-config.php", "wp-content", ".htaccess")
    shutil.copytree(PROGRAM, root, ignore=skipped, ignore_dangling_symlinks=True)
    for part in ("themes", "languages"):
        for source in (PROGRAM / "wp-content", CONTENT):
            if (source / part).is_dir():
                shutil.copytree(source / part, root / "wp-content" / part, dirs_exist_ok=True)
    settings = (HERE / "wp-config.php").read_text() % {"port": port, "database": database}
    (root / "wp-config.php").write_text(settings)
    return root


def _php(script: str, root: Path, told: str = "") -> str:
    return _run(["php", str(HERE / script), str(root)], told)


def _run(command: list[str], told: str = "") -> str:
    done = subprocess.run(command, input=told, text=True, capture_output=True, timeout=120)
    assert done.returncode == 0, f"{command[:2]}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout
