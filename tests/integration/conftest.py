"""What the tests against real servers share: a folder, a port, starting a server, and skipping where it is not there.

What belongs here: what every server needs. What does not: any one server (`tests/integration/<server>/conftest.py`).
Servers come from Debian's packages: `tests/integration/install`. With COMMONS_ALL_SERVERS=1, as in CI, an absent one
fails instead of being skipped.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # lets the tests import `commons_job`
LONGEST_START, LONGEST_STOP = 60.0, 10.0
RAM_DISK = Path("/dev/shm")
Needs = Callable[..., None]
Serve = Callable[..., "Server"]


@dataclass(frozen=True)
class Server:
    """A server that runs: its process (the leader of its group), its port on 127.0.0.1 and its folder."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> None:
        """End it and its workers: PHP's web server would leave them behind, and now and then it waits for them."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(LONGEST_STOP)
                return


@pytest.fixture(scope="session")
def needs() -> Needs:
    """Skip a test whose server is not installed: `needs("php-cli", "php")` names the package and what it brings."""

    def check(package: str, *files: str) -> None:
        absent = [file for file in files if not (Path(file).exists() or shutil.which(file))]
        if absent:
            reason = f"{absent[0]} is not there: install Debian's package {package} (tests/integration/install)"
            pytest.fail(reason) if os.environ.get("COMMONS_ALL_SERVERS") else pytest.skip(reason)

    return check


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """A folder for the servers' files, in memory where the machine has such a disk: databases are much faster there."""
    with tempfile.TemporaryDirectory(prefix="commons-", dir=RAM_DISK if RAM_DISK.is_dir() else None) as name:
        folder = Path(name)
        folder.chmod(0o755)  # servers that run as a user of their own must get in
        yield folder


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Give a port of the loopback address that nobody has."""

    def find() -> int:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            return int(found.getsockname()[1])

    return find


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Start a server and wait until it answers on its port; all are stopped when the module's tests are done."""
    with ExitStack() as running:

        def start(command: Sequence[str], port: int, folder: Path, **environment: str) -> Server:
            return running.enter_context(_running(command, port, folder, environment))

        yield start


@contextmanager
def _running(command: Sequence[str], port: int, folder: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=log, stderr=log, start_new_session=True
        )
    server = Server(process, port, folder)
    try:
        _wait(server)
        yield server
    finally:
        server.stop()


def _wait(server: Server) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and server.process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1):
            return
        time.sleep(0.05)
    said = (server.folder / "server.log").read_text(errors="replace")[-2000:]
    raise AssertionError(f"the server did not start: {said}")
