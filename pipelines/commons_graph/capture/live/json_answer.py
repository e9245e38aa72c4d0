"""Reads the JSON that a server answered, so that every text in it can be written down.

What belongs here: bytes in, values out. What does not: what the values mean (each connector knows).
"""

from __future__ import annotations

import json
import re
from typing import Any

HALF = re.compile("[\ud800-\udfff]")


def loads(body: bytes) -> Any:
    r"""Give what an answer says, U+FFFD in place of halves of characters, which JSON can escape.

    Raises `ValueError` or `RecursionError` where it is no JSON.

    >>> loads(rb'["caf\u00e9 \ud83d\ude00 \ud800"]')
    ['café 😀 �']
    """
    told = json.loads(body)
    # No half can be there in most, which are read once; a NUL is one of UTF-16 or UTF-32, where it can be anywhere.
    low = body.lower()
    if not any(sign in low for sign in (b"\\ud", b"\xed", b"\0")):
        return told
    return json.loads(HALF.sub("\ufffd", json.dumps(told, ensure_ascii=False)))
