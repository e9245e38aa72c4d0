"""Asks an OpenAI-compatible server: one request, one bounded answer, no redirects.

What belongs here: HTTP. What does not: whether the answer is believed (`answer`).
"""

from __future__ import annotations

import json
import os
import time
from typing import Any

from commons_graph.errors import CommonsError
from commons_graph.extract.asked.settings import Settings

KEY = "COMMONS_LANGUAGE_MODEL_KEY"
LARGEST = 200_000
"""Bytes of an answer: a model that goes on for ever is stopped."""
REMEDY = "the rest of the document was read; look at the server, or switch it off in ontology/language_model.yaml"


def ask(settings: Settings, title: str, text: str, schema: dict[str, Any]) -> str:
    """Give what the model wrote. Raises `CommonsError` when it is late, too long, or no answer of such a server."""
    import httpx

    body = {
        "model": settings.model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": settings.prompt},
            {"role": "user", "content": json.dumps({"title": title, "text": text}, ensure_ascii=False)},
        ],
        "response_format": {"type": "json_schema", "json_schema": {"name": "said", "strict": True, "schema": schema}},
    }
    key = os.environ.get(KEY)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    address = settings.address.rstrip("/") + "/chat/completions"
    try:
        with (
            httpx.Client(timeout=settings.timeout, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", address, json=body, headers=headers) as response,
        ):
            response.raise_for_status()
            whole = _bounded(response, address, time.monotonic() + settings.timeout)
        return str(json.loads(whole)["choices"][0]["message"]["content"])
    except httpx.TimeoutException as error:
        raise CommonsError(address, f"gave no answer in {settings.timeout} seconds", REMEDY) from error
    except httpx.HTTPError as error:
        raise CommonsError(address, f"cannot be asked ({type(error).__name__})", REMEDY) from error
    except (ValueError, LookupError, TypeError) as error:
        raise CommonsError(address, "gave no answer in the form of /chat/completions", REMEDY) from error


def _bounded(response: Any, address: str, end: float) -> bytes:
    """Read the body; a server that drips is late as well, though each drip comes in time."""
    whole = b""
    for part in response.iter_bytes():
        whole += part
        if len(whole) > LARGEST:
            raise CommonsError(address, f"answers with more than {LARGEST} bytes", REMEDY)
        if time.monotonic() > end:
            raise CommonsError(address, "gave no whole answer in time", REMEDY)
    return whole
