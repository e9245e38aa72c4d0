"""A quick web site on the loopback address, in a process of its own: made pages with ETags, kept in memory.

    python benchmarks/fetch_server.py PAGES        prints its port, and serves until its input ends

What belongs here: serving. What does not: those who fetch (`fetch`), which must wait for no slow server.
"""

from __future__ import annotations

import asyncio
import sys

WORDS = "<p>The assembly of the valley met and spoke of water, of seeds and of what is shared by all. </p>\n" * 150
HEAD = "HTTP/1.1 {} X\r\nContent-Type: text/html; charset=utf-8\r\nETag: {}\r\nContent-Length: {}\r\n\r\n"
LAST = b"\r\n\r\n"


def made(number: int, count: int) -> bytes:
    """Give a page of some 15 kB with twenty links to other pages."""
    links = "".join(f'<li><a href="/{(number * 7 + step) % count}">Page {step}</a></li>' for step in range(20))
    return f"<!DOCTYPE html><html><head><title>Page {number}</title></head><body>{WORDS}{links}</body></html>".encode()


class Answers(asyncio.Protocol):
    """One connection, which is kept open; questions that come in pieces are put together."""

    pages: dict[bytes, tuple[bytes, bytes]]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin with nothing asked."""
        self.transport, self.asked = transport, b""

    def data_received(self, data: bytes) -> None:
        """Answer each whole question."""
        self.asked += data
        while LAST in self.asked:
            question, _, self.asked = self.asked.partition(LAST)
            path = question.split(b" ", 2)[1].strip(b"/")
            whole, same = self.pages.get(path, (b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n", b""))
            self.transport.write(same if same and b"if-none-match" in question.lower() else whole)  # type: ignore[attr-defined]


async def serve(count: int) -> None:
    """Serve pages by number."""
    pages = {}
    for number in range(count):
        body, tag = made(number, count), f'"{number}"'
        same = HEAD.format(304, tag, 0).replace("Content-Length: 0\r\n", "")
        pages[b"%d" % number] = (HEAD.format(200, tag, len(body)).encode() + body, same.encode())
    Answers.pages = pages
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Answers, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
