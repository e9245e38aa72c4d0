"""Plain text to blocks: titles, headings and items are guessed from how a line looks.

What belongs here: lines. What does not: letters around the text (`mail`), markup (`markdown`).
"""

from __future__ import annotations

import re

from commons_graph.model import Capture
from commons_graph.normalise import habits
from commons_graph.normalise.build import Builder, Line
from commons_graph.normalise.characters import clean, decode
from commons_graph.normalise.told import Told
from commons_graph.normalise.wikitext_inline import add_bare

ITEM = re.compile(r"(?:[-*•●▪◦‣–·]|\d{1,2}[.)]|[a-z]\)|o(?= [A-ZÀ-Ý]))\s+(?=\S)")
RULE = re.compile(r"[-=_*~#. ]{3,}$")
CHROME = re.compile(
    r"(?:Jump to (?:navigation|search)|Aller à (?:la )?(?:navigation|recherche)|Retrieved from \""
    r"|-{3,} ?[\w ]{4,30} ?-{3,}$)",
    re.I,
)
OPEN_END = re.compile(r"[\w)\]»\"”’!?…–-]$")
SHORT = 90
LONGEST_TITLE = 200
CUT_TITLE = 100
FEW_WORDS = 12
SHOUTED = 0.9
NARROW = 100
WRAPPED = 50
FULL = 0.7
"""A line this full of a narrow text was broken by hand, and goes on with the next."""


def read(capture: Capture) -> Told:
    """Read a text. Without a title in the hints, its first line is the title, or the beginning of a long one."""
    return read_text(clean(decode(capture.payload)), capture.hints.get("title", ""))


def read_text(text: str, title: str) -> Told:
    """Read clean text; see `read` for what happens without a title. A text of one line is a title and no more."""
    told = Told(title_is_text=any(map(str.isalnum, text)))
    lines = text.split("\n")
    while not title and lines:
        title = lines[0].strip()
        if len(title) <= LONGEST_TITLE:
            lines.pop(0)
    told.builder.add_text("title", title if len(title) <= LONGEST_TITLE else f"{title[:CUT_TITLE].rpartition(' ')[0]}…")
    read_lines(lines, told.builder)
    return told


def read_lines(lines: list[str], builder: Builder) -> None:
    """Put clean lines into the builder as blocks; what only repeats the title is left out."""
    full = [*_unwrapped(lines), ("", False)]
    title = builder.parts[0] if builder.parts else ""
    for number, (line, is_apart) in enumerate(full[:-1]):
        if RULE.match(line) or CHROME.match(line) or (number < 3 and line == title):
            continue
        following, next_is_apart = full[number + 1]
        _block(line, following, number, is_apart and next_is_apart, builder)


def _block(line: str, following: str, number: int, stands_alone: bool, builder: Builder) -> None:
    if found := ITEM.match(line):
        builder.add("item", linked(line[found.end() :]), level=1)
    elif start := habits.address(line):
        builder.add("field", habits.mark_address(linked(line[start:])), name="URL")
    elif number < habits.TAGLINE_WITHIN and line[0] == "=" and (tagline := habits.TAGLINE.match(line)):
        builder.add("field", linked(tagline[1]), name="tagline")
    elif is_heading(line, following, stands_alone):
        builder.add("heading", linked(line), level=1 if is_shouted(line) else 2)
    else:
        builder.add("paragraph", linked(line))


def is_heading(line: str, following: str, stands_alone: bool = False) -> bool:
    """Say whether a line looks like a heading of the line that follows: short, and no sentence.

    A line stands alone when empty lines are around it.
    """
    if len(line) > SHORT or not following or "://" in line or line[0].islower():
        return False
    if is_shouted(line):
        return True
    words = line.split()
    if line.endswith(":"):
        return len(words) <= FEW_WORDS // 2
    if len(words) > FEW_WORDS or not OPEN_END.search(line):
        return False
    is_signature = 2 <= len(words) <= 3 and all(word[0].isupper() for word in words) and len(following) <= SHORT
    leads = stands_alone or len(following) > len(line) or ITEM.match(following) is not None
    return leads and not is_signature


def is_shouted(line: str) -> bool:
    """Say whether a line is in capitals, a name in it such as "HuMUS" aside."""
    capitals = sum(map(str.isupper, line))
    return capitals > 3 and capitals >= SHOUTED * sum(map(str.isalpha, line))


def linked(text: str) -> Line:
    """Give a line whose bare web addresses are links."""
    line = Line()
    add_bare(text, line)
    return line


def _unwrapped(lines: list[str]) -> list[tuple[str, bool]]:
    """Give the lines that are not empty, each with whether an empty one precedes it; broken ones are joined."""
    stripped = [line.strip() for line in lines]
    longest = max(map(len, stripped), default=0)
    narrow = longest <= NARROW and len(stripped) >= 5
    joined: list[tuple[list[str], bool]] = []
    before = ""
    for line in stripped:
        broken = narrow and len(before) >= FULL * longest
        if line and before and (broken or (len(before) >= WRAPPED and line[0].islower())) and not ITEM.match(line):
            joined[-1][0].append(line)
        elif line:
            joined.append(([line], not before))
        before = line
    return [(" ".join(parts), is_apart) for parts, is_apart in joined]
