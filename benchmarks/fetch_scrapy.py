"""Scrapy's side of `fetch`: a spider that asks for the same pages, alone or with what a visit of ours does besides.

    python benchmarks/fetch_scrapy.py bare|visit BASE PAGES FOLDER

`visit` reads title, canonical address and links of each page, and keeps every exchange in Scrapy's own cache, which
asks again with ETags. What belongs here: nothing of commons_graph.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess

IMPOLITE = {"ROBOTSTXT_OBEY": False, "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "TELNETCONSOLE_ENABLED": False}
KEEPING = {
    "HTTPCACHE_ENABLED": True,
    "HTTPCACHE_GZIP": True,
    "HTTPCACHE_POLICY": "scrapy.extensions.httpcache.RFC2616Policy",
}


class Pages(scrapy.Spider):
    """Asks for pages by number and counts them."""

    name = "pages"
    base, count, reads = "", 0, False
    seen = 0

    async def start(self) -> AsyncIterator[Any]:
        """Give every page."""
        for number in range(self.count):
            yield scrapy.Request(f"{self.base}/{number}")

    def parse(self, response: Any) -> None:
        """Count a page, and read what a visit of ours reads of it."""
        if self.reads:
            told = response.css("title::text").get(), response.css('link[rel="canonical"]::attr(href)').get()
            links = [response.urljoin(link) for link in response.css("a::attr(href)").getall()]
            assert told[0], links
            assert len(links) == 20
        Pages.seen += len(response.body) > 10_000


def main(what: str, base: str, count: str, folder: str) -> None:
    """Fetch, and fail when a page is missing."""
    Pages.base, Pages.count, Pages.reads = base, int(count), what == "visit"
    keeping = {**KEEPING, "HTTPCACHE_DIR": folder} if Pages.reads else {}
    process = CrawlerProcess({**IMPOLITE, **keeping, "LOG_LEVEL": "ERROR"})
    process.crawl(Pages)
    process.start()
    assert Pages.seen == Pages.count, f"{Pages.seen} of {count} pages came"


if __name__ == "__main__":
    main(*sys.argv[1:5])
