"""Which elements of a web page ask visitors for their consent to cookies.

What belongs here: the signs of such a banner. What does not: what else of a page is no content (`web_page`). The word
"consent" alone is no sign: texts on the commons write chapters on deciding by it.
"""

from __future__ import annotations

import re

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


def asks(node: LexborNode, said: str) -> bool:
    """Say whether an element with these classes and this id asks for consent."""
    if PROGRAMS.search(said) or SHOWN.search(said):
        return node.css_first(PAGE) is None
    return bool(WORD.search(said)) and node.css_first(ANSWER) is not None and node.css_first(CHAPTER) is None
