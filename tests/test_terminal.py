"""Terminals that are not UTF-8: each command prints what can be read there, and programs get UTF-8."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from commons_graph import terminal

ROOT = Path(__file__).parents[1]
RUN = "import sys; sys.argv[0] = 'commons'; from commons_graph.cli import main; main()"
LATIN = {"PYTHONIOENCODING": "latin-1"}
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
PAGE = "# La fête — œuvres\n\nL’Association du Val accueille la Coopérative des Monts Ωμέγα.\n"


def printed(*arguments: str, **environment: str) -> bytes:
    """Run the command in a Python of its own, since that settles its encodings when it starts; give what it prints."""
    path = {"PYTHONPATH": str(ROOT / "pipelines"), "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], env=os.environ | path | environment, capture_output=True, check=False
    )
    return done.stdout + done.stderr


def in_ascii(text: str, *prepare: Callable[[], None]) -> bytes:
    """Give the bytes of a text on a standard output that knows ASCII only, once it is prepared."""
    made = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with redirect_stdout(made):
        for each in prepare:
            each()
        print(text, end="", flush=True)
    made.buffer.seek(0)
    return made.buffer.read()


def test_what_the_terminal_lacks_is_printed_in_plain_letters() -> None:
    text = "« L’été » — œuvres… e\u0301 Łódź 12\u202f€ ━━ Ω \udce9"
    assert in_ascii(text, terminal.prepare) == b'" L\'ete " - oeuvres... e Lodz 12 EUR -- ? ?'


def test_programs_get_utf_8() -> None:
    assert in_ascii("« été »", terminal.prepare, terminal.for_programs) == "« été »".encode()


@pytest.mark.parametrize("environment", [LATIN, ASCII])
def test_a_command_prints_what_can_be_read(tmp_path: Path, environment: dict[str, str]) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    told = printed("extract", "--explain", str(page), **environment).decode("latin-1")
    assert "unexpected" not in told
    assert "L'Association du Val" in told
    assert ("La fête - oeuvres" if environment == LATIN else "La fete - oeuvres") in told
    assert "Coopérative des Monts".encode() in printed("extract", str(page), **environment)


def test_what_was_typed_is_understood_in_any_locale() -> None:
    query = "SELECT ?été { BIND('Forêts ❦' AS ?été) FROM"
    assert "unexpected" not in printed("query", query, **ASCII).decode()
    assert terminal.typed("for\udcc3\udcaats") == "forêts"
    assert terminal.typed("forêts") == "forêts"
