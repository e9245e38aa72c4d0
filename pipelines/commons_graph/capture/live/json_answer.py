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
    if b"\\ud" not in body.lower() and b"\xed" not in body:  # no half can be there, so most are read once
        return told
    return json.loads(HALF.sub("\ufffd", json.dumps(told, ensure_ascii=False)))
