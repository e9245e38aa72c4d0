"""Notices on cookies that want no answer are no text of a page; what a text says of cookies is."""

from __future__ import annotations

import pytest
from reading import HTML, blocks, read

NOTICE = 'Ce site utilise des cookies pour mesurer son audience. <a href="/vie-privee">En savoir plus</a>'
KEPT = [("paragraph", "Un jardin.")]


def page(opening: str, words: str = NOTICE, around: str = "%s") -> str:
    end = opening[1:].partition(" ")[0]
    return f"<body><h1>T</h1>{around % f'<p>Un jardin.</p>{opening}{words}</{end}>'}</body>"


@pytest.mark.parametrize(
    "opening",
    [
        '<div class="cookies">',
        '<div id="cookie-text">',
        '<p class="message-cookies">',
        '<div class="site_info_rgpd">',
        '<aside aria-label="Cookies">',
        '<div role="cookie-info">',
        '<div id="consent-info"><p>',
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        NOTICE,
        'En poursuivant votre navigation, vous acceptez les cookies. <a href="/p/12">Politique de confidentialité</a>.',
        'By using this website you agree to cookies (<a href="/privacy">why</a>).',
        'Vos données : nous suivons le RGPD, <a href="/mentions-legales">lire</a>.',
    ],
)
def test_a_notice_that_asks_nothing_is_no_text(opening: str, words: str) -> None:
    assert blocks(read(HTML, page(opening, words))) == KEPT


@pytest.mark.parametrize(
    "said",
    [
        page('<div class="cookies">', around="<main>%s</main>"),
        page('<div class="cookies">', around="<article>%s</article>"),
        page('<div class="cookies">', f"<h2>Les cookies</h2>{NOTICE}"),
        page('<div class="cookies">', f"<h4>Les cookies</h4>{NOTICE * 9}"),
        page('<div class="cookies">', NOTICE + "Le collectif en débat. " * 40),
        page('<div class="cookies">', NOTICE.partition("<")[0]),
        page('<div class="tag-cookies">', 'L’atelier parle des cookies et du RGPD. <a href="/a">Y aller</a>'),
        page('<div class="tag-cookies">', 'Notre site parle de cookies au beurre. <a href="/recette">Recette</a>'),
        page('<div class="consent-info">', 'Votre visite commence au jardin. <a href="/more">More</a>'),
        page('<div class="biscookies">'),
    ],
)
def test_a_text_on_cookies_stays(said: str) -> None:
    assert len(blocks(read(HTML, said))) > 1


def test_notices_that_nest_without_end_are_read_in_time() -> None:
    nested = f'<div class="cookies" id="rgpd">{NOTICE}' * 3_000
    assert blocks(read(HTML, f"<body><h1>T</h1><p>Un jardin.</p>{nested}"))[0] == KEPT[0]
