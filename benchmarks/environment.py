"""Environments of their own for the libraries that are only measured against, so that ours need not hold them.

What belongs here: making them, once, below .bench/ of the checkout. What does not: measuring.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

FOLDER = Path(__file__).parents[1] / ".bench"


def python_with(packages: Sequence[str]) -> Path:
    """Give the Python of an environment that holds these pinned packages; it is made when it is not there."""
    home = FOLDER / blake2b(" ".join(sorted(packages)).encode(), digest_size=6).hexdigest()
    python = home / "bin" / "python"
    if not (home / "whole").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
        subprocess.run(install, check=True)
        (home / "whole").touch()
    return python
