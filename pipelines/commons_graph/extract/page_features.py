"""The features of one wiki page by which its class is told, as hashes of their strings.

What belongs here: what a reader of the title, the first lines, headings, links and categories sees. What does not:
the form of the title (`page_title`), what features say together (`page_pairs`), cutting of markup (`page_source`),
hashing (`page_hashes`), weights and decisions (`page_type`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from commons_graph.extract.page_hashes import encoded, running, whole
from commons_graph.extract.page_pairs import page_pairs
from commons_graph.extract.page_source import PageSource
from commons_graph.extract.page_title import PREPOSITIONS, WORD, WordTable, title_features

LEAD_WORDS = 40
BODY_WORDS = 260
_IS = re.compile(
    r"\b(?=[iawrmdesé])(?:is|are|was|were|refers to|means|describes|est|sont|es|é|ist)\s+"  # a first letter tells most
    r"(?:(?:basically|also|essentially)\s+)?"
    r"(an?|the|one of the|some|une?|la|le|les|l['’]|des|el|um|uma|ein|eine)?\s*([^.;:\n]{3,120})",
    re.IGNORECASE,
)
_TAG = re.compile(r"^\s*\*?\s*=\s*")
_LABEL = re.compile(r"^[\s*]*([A-Za-zÀ-ÿ ]{3,30}?)\s*:\s")
_TOKEN = re.compile(r"_url_|[^\W_]++(?:['’\-][^\W_]++)*|[\"“”«»*=#]|\.\.\.|[?!]")


GROUPS = ("title", "lead", "body", "definition", "said", "layout", "address", "category", "link", "pair")
"""The groups of features; a group has the same weight in every page's sum, however many features it has there.

A group's number seeds its hashes.
"""
LEAD, BODY = GROUPS.index("lead"), GROUPS.index("body")


def page_features(page: PageSource, words: WordTable) -> list[list[int]]:
    """Give the hashes of a page's features, each once and in order, one list a group of `GROUPS`."""
    single = [
        list(title_features(page.title, words)),
        list(_lead(page)),
        [],
        list(_definition(page)),
        list(_title_in_text(page)),
        list(_layout(page)),
        list(_addresses(page)),
        list(_categories(page)),
        [f"l={target.lower()}" for target, _ in page.links[:12]],
    ]
    found = [set(whole(group, seed)) for seed, group in enumerate(single)]
    found[LEAD].update(running(_words(_first_line(page), LEAD_WORDS), "f=", "fb=", LEAD))
    found[BODY].update(running(_words(page.lead[:1_800], BODY_WORDS), "w=", "b=", BODY))
    return [*map(sorted, found), sorted(set(page_pairs(single, len(single))))]


def _words(text: str, most: int) -> list[bytes]:
    return encoded([token.lower() for token in _TOKEN.findall(text)[:most]])


def _first_line(page: PageSource) -> str:
    return page.lead.partition("\n")[0][:800]


def _lead(page: PageSource) -> Iterator[str]:
    """Give what the first lines say but for the words of the first one, wherever they stand in it, and their pairs."""
    first = page.lead.partition("\n")[0]
    yield f"first={_opening(first)}"
    tokens = [token.lower() for token in _TOKEN.findall(_first_line(page))][:14]
    yield from (f"f{i}={token}" for i, token in enumerate(tokens[:5]))
    yield f"f12={' '.join(tokens[:3])}"
    if _TAG.match(first):
        yield from (f"tag={token}" for token in tokens[1:14])
    for line in page.lead.split("\n")[:6]:
        if label := _LABEL.match(line[:60]):
            yield f"label={label[1].lower()}"


def _opening(line: str) -> str:
    stripped = line.lstrip()
    for name, start in (("tag", "="), ("item", "*"), ("quote", '"'), ("quote", "“"), ("url", "_url_"), ("hash", "#")):
        if stripped.startswith(start):
            return name
    if line.lower().startswith(("see:", "see ", "cfr", "see also", "voir")):
        return "see"
    return "word" if stripped else "none"


def _head(name: str, phrase: str) -> Iterator[str]:
    tokens = [token.lower() for token in WORD.findall(phrase[:160])][:10]
    if tokens and tokens[0] in ("a", "an", "the", "un", "une", "le", "la"):
        yield f"{name} article={tokens[0]}"
        tokens = tokens[1:]
    end = next(
        (
            i
            for i, t in enumerate(tokens)
            if i and (t in PREPOSITIONS or t in ("that", "which", "who", "where", "qui", "is"))
        ),
        len(tokens),
    )
    if tokens:
        yield from (f"{name} head={tokens[end - 1]}", f"head={tokens[end - 1]}", f"{name} first={tokens[0]}")
        yield from (f"{name} np={token}" for token in tokens[:end])


def _definition(page: PageSource) -> Iterator[str]:
    first = page.lead.partition("\n")[0]
    if tag := _TAG.match(first):
        yield from _head("tag", first[tag.end() :])
    for i, found in enumerate(_IS.finditer(page.lead[:1_500])):
        if i == 3:
            break
        yield f"is{min(i, 1)} article={(found[1] or '').lower()}"
        yield from _head("is", found[2])


def _title_in_text(page: PageSource) -> Iterator[str]:
    name = re.sub(r"\s*\([^()]*\)$", "", page.title)
    name = name.partition("- ")[0] if "- " in name and len(name.partition("- ")[0]) > 4 else name
    if not name or len(name) > 80:
        yield "title said=no"
        return
    text = page.text[:8_000]
    spots = list(islice(_spots(name, text), 30))
    seen = Counter(_case(text[spot : spot + len(name)], name) for spot in spots)
    for case in ("same", "lower", "other"):
        yield f"said {case}={min(seen[case], 3)}"
    for spot in spots[:8]:
        after = [t.lower() for t in _TOKEN.findall(text[spot + len(name) : spot + len(name) + 60])][:3]
        before = [t.lower() for t in _TOKEN.findall(text[max(0, spot - 40) : spot])][-2:]
        yield from (f"after={token}" for token in after[:2])
        yield f"after2={' '.join(after[:2])}"
        yield from (f"before={token}" for token in before[-1:])
        yield f"before2={' '.join(before)}"
        if after[:1] and after[0] in ("is", "est", "es", "are", "was", "é"):
            yield from _head("name is", text[spot + len(name) :][:200].partition(" ")[2].partition(" ")[2])


def _spots(name: str, text: str) -> Iterator[int]:
    """Give where a name stands in a text, in whatever case. No expression is made of it: each page has another name."""
    wanted, low = name.lower(), text.lower()
    if len(low) != len(text):  # a letter whose small form is two, as İ
        wanted, low = name, text
    at = low.find(wanted)
    while at >= 0:
        yield at
        at = low.find(wanted, at + len(wanted))


def _case(found: str, name: str) -> str:
    if found == name:
        return "same"
    return "lower" if found.islower() else "other"


def _layout(page: PageSource) -> Iterator[str]:
    headings = [heading.strip("' ").lower() for heading in page.headings]
    yield from (f"h={heading}" for heading in headings[:25])
    yield from (f"h1={heading}" for heading in headings[:1])
    yield from (f"hw={word}" for heading in headings[:25] for word in WORD.findall(heading)[:8])
    yield from (f"m={template.lower()}" for template in page.templates)
    yield f"nh={min(len(headings), 8)}"
    yield f"size={min(page.length, 65_536).bit_length()}"
    yield f"links={min(len(page.links), 64).bit_length()}"
    yield f"webs={min(len(page.webs), 8)}"
    yield f"quotes={min(sum(page.lead.count(sign) for sign in '“”«»' + chr(34)), 16).bit_length()}"
    items = len(re.findall(r"(?m)^[*#]", page.text))
    yield f"items={min(items, 256).bit_length()} of {min(page.text.count(chr(10)), 1_024).bit_length() // 2}"


def _categories(page: PageSource) -> Iterator[str]:
    yield from (f"c={category.lower()}" for category in page.categories)
    yield f"nc={min(len(page.categories), 6)}"


def _addresses(page: PageSource) -> Iterator[str]:
    name = "".join(WORD.findall(page.title)).lower()
    for i, (host, path) in enumerate([page.url] if page.url else page.webs[:3]):
        kind = "url" if page.url else f"web{min(i, 1)}"
        bare = host.lower().removeprefix("www.")
        label = bare.rpartition(".")[0]
        deep = min(len(path.strip("/").split("/")) if path.strip("/") else 0, 4)
        yield from (f"{kind} host={bare}", f"{kind} end={bare.rpartition('.')[2]}", f"{kind} deep={deep}")
        same = len(label) > 3 and (label.replace("-", "").replace(".", "") in name or name in label.replace("-", ""))
        initials = "".join(word[0] for word in WORD.findall(page.title)).lower()
        yield f"{kind} same={same:d} deep={deep > 1:d} initials={len(initials) > 2 and initials in label:d}"
        yield from (f"path={part}" for part in re.findall(r"[a-z]{3,}", path.lower())[:6])
        yield f"suffix={path.rpartition('.')[2].lower()[:4] if '.' in path[-6:] else ''}"
    at = page.text[:3_000].find("URL")
    yield f"url at={-1 if at < 0 else at.bit_length()}"
