"""Regular expressions of sh:pattern: XPath's dialect, run in linear time.

What belongs here: translation to RE2, which DuckDB runs, and the check that a pattern can be run at all.
What does not: SQL. RE2 has no back-references, no look-around and no Unicode `\\b`; a pattern with those runs in
Python instead (the function `sh_python_match`), and then may repeat one thing only, so that it cannot explode.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import duckdb

from commons_graph.errors import CommonsError

_OUTSIDE = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "s": r"[ \t\n\r]",
    "S": r"[^ \t\n\r]",
    "w": r"[\p{L}\p{M}\p{N}\p{S}]",
    "W": r"[^\p{L}\p{M}\p{N}\p{S}]",
    "i": r"[\p{L}_:]",
    "I": r"[^\p{L}_:]",
    "c": r"[\p{L}\p{M}\p{N}._:-]",
    "C": r"[^\p{L}\p{M}\p{N}._:-]",
}
_INSIDE = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "s": r" \t\n\r",
    "S": r"\x{0}-\x{8}\x{B}\x{C}\x{E}-\x{1F}\x{21}-\x{10FFFF}",
    "w": r"\p{L}\p{M}\p{N}\p{S}",
    "W": r"\p{P}\p{Z}\p{C}",
    "i": r"\p{L}_:",
    "c": r"\p{L}\p{M}\p{N}._:\-",
}
_TOKEN = re.compile(
    r"""(?P<property>\\[pP]\{[A-Za-z0-9-]*\})   # \p{Lu}
      | \\(?P<escape>.)                          # \d, \., \1
      | (?P<group>\(\?(?!:).?)                   # (?=, (?<, (?i
      | (?P<repeat>[*+]|\{)
      | (?P<other>.)""",
    re.DOTALL | re.VERBOSE,
)
_PYTHON_ONLY = "bB123456789"


@dataclass(frozen=True, slots=True)
class Regex:
    """A pattern ready to run, and where: in DuckDB's RE2 or in Python."""

    engine: Literal["re2", "python"]
    pattern: str


@lru_cache(maxsize=1024)
def translate(pattern: str, flags: str, where: str) -> Regex:
    """Give the pattern to run for an XPath pattern and flags; raise CommonsError when it is broken or could explode."""
    if set(flags) - set("smixq"):
        raise CommonsError(where.replace("pattern", "flags"), f"unknown flags '{flags}'", "use letters of smix and q")
    prefix = "".join(flag for flag in "smi" if flag in flags)
    prefix = f"(?{prefix})" if prefix else ""
    if "q" in flags:
        return Regex("re2", prefix + re.sub(r"([^\w\s]|_)", r"\\\1", pattern, flags=re.ASCII))
    tokens = list(_TOKEN.finditer(pattern))
    if any(token["group"] or (token["escape"] or "x") in _PYTHON_ONLY for token in tokens):
        return Regex("python", prefix + _checked_python(pattern, "x" in flags, tokens, where))
    return Regex("re2", _checked_re2(prefix + _re2(tokens, "x" in flags, where), where))


def _re2(tokens: list[re.Match[str]], spaced: bool, where: str) -> str:
    written: list[str] = []
    depth = 0
    for at, token in enumerate(tokens):
        text = token[0]
        if token["escape"]:
            text = _escape(token["escape"], depth > 0, where)
        elif text == "[" and depth:
            if tokens[at - 1][0] == "-":
                raise CommonsError(where, "subtraction of character classes, [a-z-[aeiou]]", "list the characters kept")
            text = r"\["
        elif text == "[":
            depth = 1
        elif text == "]":
            depth = 0
        elif spaced and not depth and text in " \t\n\r":
            text = ""
        written.append(text)
    return "".join(written)


def _escape(letter: str, inside: bool, where: str) -> str:
    known = _INSIDE if inside else _OUTSIDE
    if letter in known:
        return known[letter]
    if letter.isalnum() and letter not in "nrt":
        raise CommonsError(where, f"unknown escape \\{letter} in a pattern", "see XPath's regular expressions")
    return f"\\{letter}"


def _checked_re2(pattern: str, where: str) -> str:
    try:
        duckdb.execute("SELECT regexp_matches(text, ?) FROM (VALUES ('')) AS v(text)", [pattern]).fetchall()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].removeprefix("Invalid Input Error: ")
        raise CommonsError(where, f"bad regular expression: {reason}", "correct or simplify the pattern") from None
    return pattern


def _checked_python(pattern: str, spaced: bool, tokens: list[re.Match[str]], where: str) -> str:
    if sum(1 for token in tokens if token["repeat"]) > 1:
        problem = "a pattern with \\b, a back-reference or look-around that repeats more than once could explode"
        raise CommonsError(where, problem, "split it into several sh:pattern, or write it without those")
    try:
        re.compile(pattern, re.VERBOSE if spaced else 0)
    except (re.error, RecursionError, OverflowError) as error:
        raise CommonsError(where, f"bad regular expression: {error}", "correct the pattern") from None
    return f"(?x){pattern}" if spaced else pattern


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def python_match(text: str, pattern: str) -> bool:
    """Tell whether a pattern is found in a text: the body of the SQL function `sh_python_match`."""
    return _compiled(pattern).search(text) is not None
