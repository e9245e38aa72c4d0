"""Regular expressions of sh:pattern: XPath's dialect, run in linear time.

What belongs here: translation to RE2, which DuckDB runs, and the check that a pattern can be run at all.
What does not: SQL. RE2 has no back-references, no look-around and no Unicode `\\b`; a pattern with those runs in
Python instead (the function `sh_python_match`), and then may repeat one character or class only and choose ten times,
so that it cannot explode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

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
      | (?P<choice>(?<!\()\?|\|)
      | (?P<other>.)""",
    re.DOTALL | re.VERBOSE,
)
_PYTHON_ONLY = "bB123456789"
_MOST_CHOICES = 10  # each may double the time


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
        return Regex("re2", prefix + re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", pattern))
    tokens = list(_tokens(pattern, "x" in flags))
    if any(token["group"] or (token["escape"] or "x") in _PYTHON_ONLY for token, _ in tokens):
        return Regex("python", prefix + _python(tokens, "m" in flags, where))
    return Regex("re2", _checked_re2(prefix + _re2(tokens, where), where))


Token: TypeAlias = tuple[re.Match[str], bool]  # and whether it stands inside a character class


def _tokens(pattern: str, spaced: bool) -> Iterator[Token]:
    """Give the tokens of a pattern, without the white space that the flag x lets it have."""
    inside = False
    for token in _TOKEN.finditer(pattern):
        inside = inside and token[0] != "]"
        if inside or not (spaced and token[0] in " \t\n\r"):
            yield token, inside
        inside = inside or token[0] == "["


def _re2(tokens: list[Token], where: str) -> str:
    written: list[str] = []
    for token, inside in tokens:
        text = token[0]
        if token["escape"]:
            text = _escape(token["escape"], inside, where)
        elif text == "[" and inside:
            if written[-1] == "-":
                raise CommonsError(where, "subtraction of character classes, [a-z-[aeiou]]", "list the characters kept")
            text = r"\["
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


def _python(tokens: list[Token], lines: bool, where: str) -> str:
    """Give the pattern for Python, where `$` would match before a last line feed too."""
    _refuse_explosive(tokens, where)
    pattern = "".join(r"\Z" if token[0] == "$" and not (inside or lines) else token[0] for token, inside in tokens)
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise CommonsError(where, f"bad regular expression: {error}", "correct the pattern") from None
    return pattern


def _refuse_explosive(tokens: list[Token], where: str) -> None:
    outside = [token for token, inside in tokens if not inside]
    repeats = [at for at, token in enumerate(outside) if token["repeat"]]
    choices = sum(1 for token in outside if token["choice"])
    if len(repeats) > 1 or any(outside[at - 1][0] == ")" for at in repeats) or choices > _MOST_CHOICES:
        problem = "a pattern with \\b, a back-reference or look-around that could explode"
        remedy = f"repeat one character or class only, choose (? and |) at most {_MOST_CHOICES} times, or split it"
        raise CommonsError(where, problem, remedy)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def python_match(text: str, pattern: str) -> bool:
    """Tell whether a pattern is found in a text: the body of the SQL function `sh_python_match`."""
    return _compiled(pattern).search(text) is not None
