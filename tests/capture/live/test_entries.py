"""Entries of feeds from bytes that a server may send."""

from __future__ import annotations

import json

from commons_graph.capture.live import entries


def test_halves_of_characters_in_a_json_feed_are_replaced_and_whole_ones_stay() -> None:
    half = "\ud800"
    items = [
        {"id": f"one{half}", "title": "\U0001f600", "content_html": f"<p>{half}</p>"},
        {"id": "2", "url": f"https://site.example/{half}", "title": half},
    ]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    found = entries.read(body, "application/feed+json", "https://site.example/feed")
    assert [(each.address, each.title, each.content) for each in found] == [
        ("https://site.example/feed#one%EF%BF%BD", "\U0001f600", "<p>\ufffd</p>"),
        ("https://site.example/%EF%BF%BD", "\ufffd", ""),
    ]
