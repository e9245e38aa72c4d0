"""The parts of a letter that are not its text: what serves the mailing, and what somebody wrote who passed it on.

What belongs here: recognising them by their words. What does not: MIME (`mail`).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from commons_graph.normalise.build import Builder

FOOTER = re.compile(
    r"voir .{0,40}en ligne|d[ée]sinscri|d[ée]sabonn|unsubscribe|opt.?out|version en ligne|lire en ligne|"
    r"(?:view|read|open) (?:this |it |the )?(?:e-?mail |message |newsletter )?"
    r"(?:online|in (?:your |a )?(?:web )?browser)|"
    r"vous recevez (?:ce|cet|cette)|you(?: are|'re|’re)? receiv(?:e|ed|ing) this|tous droits r[ée]serv|"
    r"all rights reserved|(?:g[ée]rer|modifier|mettre à jour) (?:vos|mes) (?:pr[ée]f[ée]rences|abonnements?)|"
    r"(?:manage|update) (?:your )?(?:subscription )?preferences|mentions l[ée]gales|politique de confidentialit[ée]|"
    r"privacy policy|why did i get this|(?:envoyé|sent) (?:par|with|via|by) (?:brevo|mailchimp|sendinblue|mailjet)|"
    r"si (?:ce|cet) (?:message|e-?mail) ne s.affiche pas",
    re.IGNORECASE,
)
LONGEST_FOOTER = 400
ONLINE = re.compile(
    r"(?:voir|lire|consulter|afficher|ouvrir) .{0,40}(?:en ligne|navigateur)|version (?:en ligne|web)|web version|"
    r"(?:view|read|open) .{0,40}(?:online|in (?:your |a |the )?(?:web )?browser)|ne s.affiche pas",
    re.IGNORECASE,
)
PASSED_ON = re.compile(r"(?:\s*(?:fwd?|tr|wg|i)\s*:)+\s*", re.IGNORECASE)
FORWARDED = re.compile(
    r"\W{0,20}(?:forwarded message|message (?:transf[ée]r[ée]|d.origine|original)|begin forwarded message|"
    r"d[ée]but du message (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée])|original message)\W{0,20}$",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"(?:from|de|sent|envoy[ée]|date|to|[àa]|pour|cc|copie(?: [àa])?|subject|objet|sujet|reply-to|r[ée]pondre [àa])"
    r"\s?:.{0,2000}$",
    re.IGNORECASE,
)
QUOTED = re.compile(r"^(?:> ?)*>")
ONCE = re.compile(r"^> ?")
DATED = re.compile(r"(?:date|sent|envoy[ée])\s?:\s*", re.IGNORECASE)
WITHIN = 30
"""The words of somebody who passes a letter on have at most so many blocks."""
FIELDS = 8
WRAPPED = 2
"""So many more lines a subject takes."""
LINES = 100
"""A header has at most so many."""


def subject(text: str) -> str:
    """Give a subject without the marks of who passed the letter on.

    >>> subject("Fwd: TR : Infolettre 3")
    'Infolettre 3'
    """
    found = PASSED_ON.match(text)
    return text[found.end() :] if found else text


def parted(lines: list[str]) -> list[str]:
    """Give the lines of a plain letter so that where one begins that was passed on, each line of its header is a block.

    Plain text joins lines that look broken, and leaves out those between dashes.
    """
    start = next((at for at, line in enumerate(lines) if FORWARDED.fullmatch(line)), -1)
    if start < 0:
        return lines
    fields, end = _fields(lines, start + 1)
    apart = [each for field in (lines[start].strip(" ->"), *fields) for each in ("", field)]
    quoted = any(QUOTED.match(line) for line in lines[start:end])
    behind = [ONCE.sub("", line) for line in lines[end:]] if quoted else lines[end:]
    return [*lines[:start], *apart, "", *behind]


def _fields(lines: list[str], start: int, wrapped: int = WRAPPED) -> tuple[list[str], int]:
    """Give the fields of a header and where they end; one that is long goes on, indented or behind a comma.

    Some programs leave a line empty before it, and quote all that is passed on. Where a field would go on for more than
    `wrapped` lines, or to the end, no empty line stands between header and text: then the text begins there.
    """
    fields: list[str] = []
    longer = 0
    for at, line in enumerate(lines[start : start + LINES], start):
        said = QUOTED.sub("", line, count=1)
        words = said.strip()
        if FIELD.match(words):
            fields.append(words)
            longer = 0
        elif fields and words and fields[-1].endswith(","):
            fields[-1] += f" {words}"
        elif fields and words and wrapped and said[0] in " \t":
            fields[-1] += f" {words}"
            longer += 1
            if longer > wrapped or at + 1 == len(lines):
                return _fields(lines, start, wrapped=0)
        elif fields or words:
            return fields, at
    return fields, min(len(lines), start + LINES)


def leave_out_forwarder(builder: Builder) -> str:
    """Leave out what stands before a letter that was passed on, and its headers; give its date as they tell it."""
    texts = builder.parts
    start = next((at for at, text in enumerate(texts[:WITHIN]) if at and FORWARDED.fullmatch(text)), 0)
    if not start:
        return ""
    end = start + 1
    while end < min(len(texts), start + 1 + FIELDS) and FIELD.match(texts[end]):
        end += 1
    date = next((text for text in texts[start + 1 : end] if DATED.match(text)), "")
    numbers = iter(range(1, len(texts)))
    builder.keep(lambda _: next(numbers) >= end)
    return DATED.sub("", date, count=1)


def web_address(builder: Builder) -> str:
    """Give where the letter says that it can be read on the web, or "". The front page of a site is no letter."""
    for block, text in zip(builder.blocks[1:], builder.parts[1:], strict=True):
        if len(text) <= LONGEST_FOOTER and ONLINE.search(text):
            for mark in builder.marks:
                if mark.kind == "web" and block.start <= mark.start < block.end and _is_page(mark.target):
                    return mark.target
    return ""


def leave_out_footers(builder: Builder) -> None:
    """Leave out the blocks that only serve the mailing itself."""
    builder.keep(lambda text: len(text) > LONGEST_FOOTER or not FOOTER.search(text))


def _is_page(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.path.strip("/") or parts.query)
