"""Notices to stewards, by webhook (JSON) and by e-mail, each where the environment names an address for it.

`COMMONS_WEBHOOK` is an address that takes a POST. `COMMONS_SMTP_HOST`, `_PORT`, `_USER`, `_PASSWORD`, `_TLS` (no, to
do without), `COMMONS_MAIL_FROM` and `COMMONS_MAIL_TO` say how mail goes out. What does not belong here: when to tell.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from email.message import EmailMessage

WAIT = 20.0


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told: a title of one line, and the text."""

    title: str
    text: str


def send(notice: Notice, settings: Mapping[str, str]) -> list[str]:
    """Send a notice by each way that the settings name; give the problems, one line a way that failed."""
    problems = []
    for name, way in WAYS.items():
        if settings.get(name):
            # A way that fails must stop neither the other nor the run.
            try:
                way(notice, settings)
            except Exception as error:
                problems.append(f"{name}: the notice was not sent ({type(error).__name__})")
    return problems


def can_send(settings: Mapping[str, str]) -> bool:
    """Say whether the settings name any way."""
    return any(settings.get(name) for name in WAYS)


def _post(notice: Notice, settings: Mapping[str, str]) -> None:
    import httpx

    httpx.post(settings["COMMONS_WEBHOOK"], json=asdict(notice), timeout=WAIT).raise_for_status()


def _mail(notice: Notice, settings: Mapping[str, str]) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"] = settings["COMMONS_MAIL_FROM"], settings["COMMONS_MAIL_TO"]
    letter["Subject"] = " ".join(f"commons-graph: {notice.title}".split())
    letter.set_content(notice.text)
    with smtplib.SMTP(
        settings["COMMONS_SMTP_HOST"], int(settings.get("COMMONS_SMTP_PORT", "587")), timeout=WAIT
    ) as out:
        if settings.get("COMMONS_SMTP_TLS", "yes") != "no":
            out.starttls(context=ssl.create_default_context())
        if settings.get("COMMONS_SMTP_USER"):
            out.login(settings["COMMONS_SMTP_USER"], settings.get("COMMONS_SMTP_PASSWORD", ""))
        out.send_message(letter)


WAYS = {"COMMONS_WEBHOOK": _post, "COMMONS_SMTP_HOST": _mail}
