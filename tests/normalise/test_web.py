from __future__ import annotations

import pytest
from reading import HTML, blocks, check, marks, read

PAGE = """<!doctype html><html lang="fr-FR"><head><title>Page - Le Site</title>
<meta property="og:site_name" content="Le Site"><meta property="article:published_time" content="2024-11-05T10:00:00Z">
</head><body><header><nav><a href="/">Accueil</a></nav></header>
<div class="cookie-banner">Nous utilisons des cookies</div>
<main><h1>Qui sommes-nous&nbsp;?</h1><p>Une <b>association</b> créée le
<time datetime="2016-03-01">1er mars 2016</time>, voir <a href="../equipe?utm_source=x&amp;id=3">l’équipe</a>.</p>
<ul><li>un<ul><li>deux</li></ul>suite</li></ul>
<table><tr><th>Nom</th><td>Ada</td></tr></table><table role="presentation"><tr><td>Mise en page</td></tr></table>
<blockquote><p>Dit</p></blockquote><p style="display:none">caché</p><form><p>Nom</p></form>
<script>var x = "<p>script</p>"</script></main><footer>Mentions</footer></body></html>"""


def test_a_page_gives_what_its_reader_sees() -> None:
    document = read(HTML, PAGE)
    assert document.title == "Qui sommes-nous ?"
    assert (document.language, document.date, document.kind) == ("fr", "2024-11-05", "web page")
    assert blocks(document) == [
        ("paragraph", "Une association créée le 1er mars 2016, voir l’équipe."),
        ("item", "un"),
        ("item", "deux"),
        ("item", "suite"),
        ("cell", "Nom"),
        ("cell", "Ada"),
        ("paragraph", "Mise en page"),
        ("quote", "Dit"),
    ]
    assert marks(document, "time") == [("1er mars 2016", "2016-03-01")]
    assert marks(document, "web") == [("l’équipe", "https://site.example/equipe?id=3")]
    assert marks(document, "bold") == [("association", "")]
    check(document)


@pytest.mark.parametrize(
    "name",
    [
        "cmplz-cookiebanner cmplz-hidden",
        "moove_gdpr_cookie_info_bar",
        "BorlabsCookieBox",
        "onetrust-consent-sdk",
        "cky-consent-container",
        "eu-cookie-compliance-banner",
        "didomi-popup-container",
        "orejime-Notice",
        "cc-window cc-banner",
        "bandeau-cookies",
        "tarteaucitronRoot",
        "axeptio_overlay",
        "axeptio",
        "CybotCookiebotDialog",
        "klaro",
        "iubenda-cs-container",
        "qc-cmp2-container",
        "sp_message_container_1234",
        "usercentrics-root",
        "cmplz-manage-consent",
        "cookieconsent",
        "cookies",
        "rgpd",
    ],
)
def test_what_asks_for_consent_is_no_text(name: str) -> None:
    banner = "Nous utilisons des cookies pour vous. <a href='#'>Tout accepter</a>."
    for attribute in ("class", "id"):
        page = f'<body><h1>T</h1><p>Un jardin.</p><div {attribute}="{name}"><p>{banner}</p></div></body>'
        assert blocks(read(HTML, page)) == [("paragraph", "Un jardin.")]


@pytest.mark.parametrize(
    "opening",
    [
        '<section id="consent-decision-making"><h2>Décider ensemble</h2>',
        '<section id="consent-decision-making">',
        '<section id="gdpr-compliance"><h2>1. GDPR compliance<a href="#gdpr-compliance">¶</a></h2>',
        '<div class="section" id="consentement-modalites"><h3>Consentement : modalités</h3>',
        '<section id="consent-toolbox">',
        '<div class="consent-section"><h2>Le consentement</h2><button>Copier</button>',
        '<div class="cookieconsent-optin-marketing">',
        '<section id="share-alike">\n<h2>Share Alike</h2>',
        '<section id="menus"><h2>Menus</h2>',
    ],
)
def test_a_chapter_is_no_banner_whatever_it_is_about(opening: str) -> None:
    end = opening[1:].partition(" ")[0]
    page = f'<body><h1>T</h1><p>Un jardin.</p>{opening}<p>Nul n’objecte : <a href="/x">la règle</a>.</p></{end}>'
    assert blocks(read(HTML, page))[-1] == ("paragraph", "Nul n’objecte : la règle.")


def test_a_text_about_consent_is_no_banner() -> None:
    page = '<body><div class="post tag-cookies category-consentement-barbecue"><p>Un jardin.</p></div>'
    assert blocks(read(HTML, page)) == [("paragraph", "Un jardin.")]


@pytest.mark.parametrize("name", ["site has-cookie-bar", "eu-cookie-compliance-popup-open", "didomi-popup-open"])
def test_what_holds_the_whole_page_is_no_banner(name: str) -> None:
    for content in ("<h1>T</h1><p>Un jardin.</p>", "<main><h2>T</h2><p>Un jardin.</p></main>"):
        page = f'<body><div class="{name}">{content}</div></body>'
        assert ("paragraph", "Un jardin.") in blocks(read(HTML, page))


@pytest.mark.parametrize(
    "heading",
    [
        '<h2 id="consent">Un titre</h2>',
        '<h2 id="modalites-pratiques">Un titre</h2>',
        '<h3 id="our-gdpr-toolbox">Un titre</h3>',
        '<h2><span class="mw-headline" id="Menus_du_jour">Un titre</span></h2>',
        '<h2><a id="navigating-the-commons">Un titre</a></h2>',
    ],
)
def test_a_heading_is_no_banner_whatever_the_words_that_its_id_is_made_of(heading: str) -> None:
    page = f"<body><h1>T</h1><p>Un jardin.</p>{heading}<p>Une haie.</p></body>"
    assert [text for _, text in blocks(read(HTML, page))] == ["Un jardin.", "Un titre", "Une haie."]


def test_a_heading_that_only_screen_readers_get_is_no_text() -> None:
    page = '<body><h1>T</h1><p>Un jardin.</p><h2 class="sr-only" id="b">Chemin</h2></body>'
    assert blocks(read(HTML, page)) == [("paragraph", "Un jardin.")]


def test_a_class_about_social_economy_is_no_banner() -> None:
    document = read(
        HTML, '<body><p class="social-economy sharing-city">Kept.</p><div class="social-links">Not.</div></body>'
    )
    assert blocks(document) == [("paragraph", "Kept.")]


def test_a_title_without_a_heading_loses_the_name_of_its_site() -> None:
    head = '<meta property="og:site_name" content="Site"><title>A page | Site</title>'
    assert read(HTML, f"<html><head>{head}</head><body><p>Text.</p></body></html>").title == "A page"


def test_the_charset_is_found_and_utf8_beats_a_wrong_one() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><h1>Été</h1><p>L’œuvre</p></body></html>'
    for payload in (page.encode("cp1252"), page.encode("utf-8"), page.encode("utf-16")):
        document = read(HTML, payload)
        assert (document.title, blocks(document)) == ("Été", [("paragraph", "L’œuvre")])


def test_an_unclosed_title_does_not_swallow_the_page() -> None:
    document = read(HTML, "<title>Two &amp; three<title><body><p>Text.")
    assert (document.title, blocks(document)) == ("Two & three", [("paragraph", "Text.")])


def test_a_link_over_several_blocks_is_marked_in_each() -> None:
    document = read(HTML, '<body><h1>T</h1><a href="/x"><p>one</p><p>two</p></a></body>')
    assert marks(document, "web") == [("one", "https://site.example/x"), ("two", "https://site.example/x")]


def test_a_long_page_reads_the_same_as_a_short_one() -> None:
    padding = "<!-- " + "x" * 30_000 + " -->"
    long, short = read(HTML, PAGE.replace("<main>", f"<main>{padding}")), read(HTML, PAGE)
    assert (long.text, long.blocks, long.marks) == (short.text, short.blocks, short.marks)
