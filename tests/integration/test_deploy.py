"""What `deploy/` starts on a server: units that systemd takes, and a container that becomes healthy and ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
LONGEST = 120.0
"""Seconds in which a start must become well, or its UI end; it is asked again and again."""


def await_that(holds: Callable[[], bool], otherwise: str) -> None:
    """Ask until something holds."""
    until = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < until, otherwise


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_takes_the_unit_and_finds_little_exposed(unit: Path, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not here")
    here = tmp_path / unit.name
    here.write_text(unit.read_text().replace("/opt/commons-graph/bin/", f"{Path(sys.executable).parent}/"))
    told = subprocess.run(["systemd-analyze", "verify", str(here)], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    command = ["systemd-analyze", "security", "--offline=yes", "--threshold=20", str(here)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0, "more than 2.0 of 10 exposed"


def test_a_container_s_start_makes_the_project_becomes_healthy_and_ends_when_told(
    tmp_path: Path, free_port: Callable[[], int]
) -> None:
    place = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    home = {"DAGSTER_HOME": str(tmp_path), "COMMONS_PROJECT": str(tmp_path), "PATH": place}
    environment = os.environ | home | {"COMMONS_UI_HOST": "127.0.0.1", "COMMONS_UI_PORT": str(free_port())}
    healthy = [sys.executable, str(DEPLOY / "healthy")]

    def well() -> bool:
        told = subprocess.run(healthy, env=environment, cwd=tmp_path, capture_output=True, check=False)
        return told.returncode == 0

    with subprocess.Popen([str(DEPLOY / "start")], env=environment, cwd=tmp_path, start_new_session=True) as started:
        try:
            await_that(well, "the start did not become well")
            assert (tmp_path / "sources" / "sample.yaml").exists()
            os.killpg(started.pid, signal.SIGTERM)
            assert started.wait(60) is not None
        finally:
            if started.poll() is None:
                os.killpg(started.pid, signal.SIGKILL)
    await_that(lambda: not well(), "the UI did not end with the start")
