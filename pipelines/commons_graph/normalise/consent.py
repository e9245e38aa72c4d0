"""Which elements of a web page ask visitors for their consent to cookies.

What belongs here: the signs of such a banner. What does not: what else of a page is no content (`web_page`). The word
"consent" alone is no sign: texts on the commons write chapters on deciding by it, and articles on cookies.
"""

from __future__ import annotations

import re
from itertools import islice

from selectolax.lexbor import LexborNode

PROGRAMS = re.compile(
    r"(?<![\w-])(?:(?:didomi|orejime|onetrust|ot-sdk|tarteaucitron|axeptio|cybot|cookiebot|cookieyes|cookiefirst"
    r"|cookiescript|cookiehub|usercentrics|osano-cm|termly|truste|trustarc|borlabs|appconsent|klaro|eu-cookie|qc-cmp"
    r"|cky|cli-(?:modal|bar)|iubenda-cs|sp_message|fc-consent|hs-eu-cookie|sd-cmp|cc-(?:window|banner|main)|coi-banner"
    r"|optanon-(?:alert|popup)|cmplz-(?:manage|soft)|moove_gdpr|cookie-law-info|wt-cli)(?![a-z])"
    r"|(?:didomi|tarteaucitron|axeptio|cybot|cookiescript|cookiefirst)[\w-])",
    re.IGNORECASE,
)
"""The names of programs that ask; those that mark what waits for an answer too ("cmplz-blocked") only in part."""
SHOWN = re.compile(
    r"(?:cookie|consent|gdpr|rgpd)(?:[\w-]{0,30}(?:bann|bandeau|popup|overlay)"
    r"|(?:[\w-]{0,30}[-_])?(?:bar|box|notice|modal|sdk|container)(?![a-z]))|bandeau[_-](?:cookie|rgpd)",
    re.IGNORECASE,
)
"""A word for what is asked, and one for how it is shown."""
WORD = re.compile(r"(?<![\w-])(?:cookie|consent|gdpr|rgpd)", re.IGNORECASE)
PAGE = "h1, main, article"
"""Some programs mark what holds the whole page too, to say that their banner is there."""
CHAPTER = f"{PAGE}, h2, h3"
ANSWER = (
    "button, input, [role=button], [onclick], a[href='#'], a[href=''], a:not([href]):not([name]):not([id])"
    ", a[href^='javascript:'], a[class*=btn], a[class*=button], a[class*=accept]"
)
"""What can be pressed: a banner wants an answer."""


NAMED = re.compile(r"(?<![a-z])(?:cookie|consent|gdpr|rgpd)", re.IGNORECASE)
ABOUT = re.compile(r"\b(?:cookies?|traceurs?|trackers?|rgpd|gdpr)\b", re.IGNORECASE)
TELLS = re.compile(
    r"\b(?:(?:ce|notre|le présent) site|en (?:poursuivant|continuant|naviguant|utilisant)|vous acceptez"
    r"|vo(?:tre|s) (?:navigation|visites?|expérience|consentement|données)|(?:this|our) (?:web ?)?site"
    r"|you (?:agree|accept)|by (?:continuing|using|browsing)|your (?:experience|visit|consent|data))\b",
    re.IGNORECASE,
)
"""What a site says to its visitors, and a text on cookies does not."""
POLICY = re.compile(
    r"cookie|confidential|privacy|rgpd|gdpr|donn[ée]es|mentions|l[ée]gal|politique|policy|savoir|learn|more",
    re.IGNORECASE,
)
LONGEST_NOTICE = 600
MOST_LINKS = 3
MOST_PARTS = 40
"""Elements of a notice; elements that nest without end are not walked through from each of them."""


def asks(node: LexborNode, said: str) -> bool:
    """Say whether an element with these classes and this id asks for consent."""
    if PROGRAMS.search(said) or SHOWN.search(said):
        return node.css_first(PAGE) is None
    if WORD.search(said) and node.css_first(ANSWER) is not None and node.css_first(CHAPTER) is None:
        return True
    told = node.attributes
    named = f"{said} {told.get('role') or ''} {told.get('aria-label') or ''}"
    return bool(NAMED.search(named)) and _is_notice(node) and node.css_first(CHAPTER) is None and not _is_inside(node)


def _is_notice(node: LexborNode) -> bool:
    """Say whether an element that wants no answer is a few words on cookies to visitors, with a link to more of it."""
    parts = list(islice(node.traverse(), MOST_PARTS + 1))
    links = [each for each in parts if each.tag == "a" and each.attributes.get("href")]
    if len(parts) > MOST_PARTS or not 0 < len(links) <= MOST_LINKS:
        return False
    words = " ".join((node.text(deep=True) or "").split())
    if len(words) > LONGEST_NOTICE or not (ABOUT.search(words) and TELLS.search(words)):
        return False
    return any(POLICY.search(f"{each.attributes.get('href') or ''} {each.text(deep=True)}") for each in links)


def _is_inside(node: LexborNode) -> bool:
    """Say whether an element lies in what a page marks as its text: there it may be the text's own."""
    around = node.parent
    while around is not None and around.tag not in ("main", "article"):
        around = around.parent
    return around is not None
