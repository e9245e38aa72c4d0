"""Makes small PDFs, byte by byte: one object for each page and one for its text, in Helvetica."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence


def pdf(pages: Sequence[Iterable[str]], title: str = "", language: str = "fr-FR") -> bytes:
    """Give a PDF whose pages have these lines."""
    return made([content(lines) for lines in pages], title, language)


def content(lines: Iterable[str]) -> bytes:
    """Give what draws lines below each other."""
    shown = "".join(f"({line}) Tj T*\n" for line in lines).encode("cp1252")
    return b"BT /F1 11 Tf 14 TL 60 780 Td\n" + shown + b"ET"


def made(contents: Sequence[bytes], title: str = "", language: str = "") -> bytes:
    """Give a PDF with a page for each content."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /Lang ({language}) >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({title}) /CreationDate (D:20250117093000+01'00') >>".encode("cp1252"),
    ]
    for number, drawn in enumerate(contents):
        packed = zlib.compress(drawn)
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
        stream = b"<< /Length %d /Filter /FlateDecode >> stream\n%b\nendstream" % (len(packed), packed)
        objects += [f"{page}/Resources << /Font << /F1 3 0 R >> >> >>".encode(), stream]
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, b"".join(places))
    trailer = b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\n" % (len(objects) + 1)
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)
