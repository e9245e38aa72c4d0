"""A site that is broken, hostile or slow through the whole job: each fault is named, the rest is published."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import tricks
from commons_job import TEXT, graph, make, refresh, refused
from site_server import Reply, Site, packed, page

from commons_graph.publish.releases import current

NAMES = ("Vagues", "Monts", "Pins", "Lacs", "Rives", "Combes", "Dunes", "Sources")
LETTERS = str.maketrans("0123456789", "ghijklmnop")
EXPANDING = b"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/hostname">]>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Entities</title></head><body><p>&c;&d;</p>%s</body></html>"""


def foundation(name: str) -> str:
    return f"Fondation des {name}"


def put_good(site: Site) -> list[str]:
    """Put pages that are as they should be; give their paths."""
    for name in NAMES:
        site.put(f"/{name[:3].lower()}", foundation(name), body=TEXT.format(foundation(name)))
    return [f"/{name[:3].lower()}" for name in NAMES]


def put_bad(site: Site, silent: tricks.Silent) -> dict[str, str]:
    """Put pages that are not; give what is to be said of each."""
    replies = {
        "/busy": (Reply(b"", 503, headers={"Retry-After": "0"}), "answered 503 each time"),
        "/hurried": (Reply(b"", 429, headers={"Retry-After": "0"}), "answered 429 each time"),
        "/broken": (Reply(b"oops", 500, headers={"Retry-After": "0"}), "answered 500 each time"),
        "/bomb": (packed(bytes(60_000_000)), "is larger than 20000000 bytes"),
        "/told": (Reply(announced=200_000_000), "is larger than 20000000 bytes"),
        "/untold": (Reply(act=tricks.huge), "is larger than 20000000 bytes"),
        "/drip": (Reply(act=tricks.drip), "took more than 3 s to answer"),
        "/silent": (Reply(act=silent), "gave no whole answer (timed out)"),
        "/round": (Reply(status=302, headers={"Location": "/round/again"}), "redirects without end"),
        "/cut": (Reply(page("Half")[:40], announced=9000), "gave no whole answer"),
        "/cut-pack": (_cut_pack(), "gave no whole answer (its packing is cut off)"),
        "/garbage": (Reply(act=tricks.garbage), "gave no whole answer"),
        "/head": (Reply(act=tricks.long_head), "gave no whole answer"),
        "/hang-up": (Reply(act=tricks.hang_up), "gave no whole answer"),
        "/picture": (Reply(b"\x89PNG", type="image/png"), "is image/png, which is not read"),
    }
    site.pages["/round/again"] = Reply(status=307, headers={"Location": "/round"})
    site.pages |= {path: reply for path, (reply, _) in replies.items()}
    return {path: said for path, (_, said) in replies.items()}


def _cut_pack() -> Reply:
    return Reply(gzip.compress(page("Half"))[:60], headers={"Content-Encoding": "gzip"})


def put_odd(site: Site) -> dict[str, str]:
    """Put pages that can be read all the same; give the name that is found in each."""
    french = page("Été", body=TEXT.format("Fondation des Étangs")).decode()
    links = " ".join(f'<a href="/more/{f"{number:x}".translate(LETTERS)}">plus</a>' for number in range(100_000))
    site.pages |= {
        "/latin": Reply(french.encode("latin-1"), type="text/html; charset=utf-8"),
        "/unknown": Reply(french.replace("Étangs", "Marais").encode(), type="text/html; charset=no-such-thing"),
        "/entities": Reply(EXPANDING % TEXT.format("Fondation des Caps").encode(), type="application/xhtml+xml"),
        "/links": Reply(page("Liens", body=TEXT.format("Fondation des Liens") + f"<p>{links}</p>")),
    }
    names = {"/latin": "Étangs", "/unknown": "Marais", "/entities": "Caps", "/links": "Liens"}
    return {path: foundation(name) for path, name in names.items()}


def test_each_fault_is_named_and_the_rest_is_published(site: Site, tmp_path: Path) -> None:
    silent = tricks.Silent()
    good, bad, odd = put_good(site), put_bad(site, silent), put_odd(site)
    site.pages["/noise"] = Reply(random.Random(7).randbytes(200_000))
    # behind each fault a page that answers, or the server would rightly be given up
    plain = [f"{path}/plain" for path in bad]
    for path in plain:
        site.put(path, f"Page {path}", body="<p>Rien à dire.</p>")
    mixed = [path for pair in zip(bad, plain, strict=True) for path in pair]
    site.put("/", "Accueil", *good, *mixed, *odd, "/noise")
    project = make(tmp_path / "project", site={"address": site.at(), "options": {"seconds": 3, "most": 70}})
    done = refresh(project)
    silent.over.set()
    assert done.returncode == 0, done.stderr
    told = refused(project, "site", site.at(""))
    assert set(told) == {*bad, "/"}
    assert {path: reason for path, reason in told.items() if not reason.startswith(bad.get(path, "has more"))} == {}
    assert f"{site.at('/noise')}: is no text" in done.stderr
    published = graph(project)
    assert {name for name in [*map(foundation, NAMES), *odd.values()] if name not in published} == set()
    assert site.sent < 60_000_000
    assert current(project).manifest["counts"]["document"] == 1 + len(good) + len(plain) + len(odd)
