"""Notices reach a real HTTP server and a real SMTP server; one that is down or not to be trusted stops no other."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commons_graph.notice import Notice, can_send, send

sys.path.insert(0, str(Path(__file__).parent))

from told import Told, certificate, mail_server, webhook

NOTICE = Notice("the refresh of val failed", "sources/val.yaml: the source gave 2 documents after 30\nrun 1")
NOT_SENT = "COMMONS_SMTP_HOST: the notice was not sent"


@pytest.fixture
def hook() -> Iterator[Told]:
    with webhook() as told:
        yield told


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def settings(port: int, **more: str) -> dict[str, str]:
    """What the environment says of a mail server."""
    named = {"HOST": "127.0.0.1", "PORT": str(port), "TLS": "no", **more}
    people = {"COMMONS_MAIL_FROM": "graph@commons.example", "COMMONS_MAIL_TO": "steward@commons.example"}
    return people | {f"COMMONS_SMTP_{name}": value for name, value in named.items()}


def test_a_notice_goes_by_webhook_and_by_mail(hook: Told, port: int) -> None:
    with mail_server(port) as mail:
        assert send(NOTICE, {"COMMONS_WEBHOOK": hook.address} | settings(port)) == []
    assert hook.kept == [{"title": NOTICE.title, "text": NOTICE.text}]
    (letter,) = mail.kept
    assert letter["Subject"] == "commons-graph: the refresh of val failed"
    assert letter["To"] == "steward@commons.example"
    assert letter.get_content().splitlines() == NOTICE.text.splitlines()


def test_a_title_of_several_lines_or_letters_from_everywhere_stays_one_subject(port: int) -> None:
    with mail_server(port) as mail:
        assert send(Notice("é 𝔘\r\nBcc: other@commons.example", "ok"), settings(port)) == []
    (letter,) = mail.kept
    assert letter["Subject"] == "commons-graph: é 𝔘 Bcc: other@commons.example"
    assert "Bcc" not in letter


def test_the_password_goes_out_only_over_tls_to_a_server_that_is_who_it_says(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path)
    named = settings(port, TLS="yes", USER="graph", PASSWORD="right")
    with mail_server(port, pem, "right") as mail:
        assert send(NOTICE, named) == [f"{NOT_SENT} (SSLCertVerificationError)"]
        assert mail.kept == []
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        assert send(NOTICE, named | {"COMMONS_SMTP_PASSWORD": "wrong"}) == [f"{NOT_SENT} (SMTPAuthenticationError)"]
        assert send(NOTICE, named) == []
    assert all(told[1] for told in mail.kept if isinstance(told, tuple)), "TLS before each password"
    assert [letter["Subject"] for letter in mail.kept if not isinstance(letter, tuple)] == [
        "commons-graph: the refresh of val failed"
    ]


def test_a_server_without_tls_is_told_nothing_unless_the_settings_say_so(port: int) -> None:
    with mail_server(port) as mail:
        assert send(NOTICE, settings(port, TLS="yes")) == [f"{NOT_SENT} (SMTPNotSupportedError)"]
    assert mail.kept == []


def test_a_webhook_that_is_down_does_not_stop_the_mail(port: int) -> None:
    with mail_server(port) as mail:
        told = send(NOTICE, {"COMMONS_WEBHOOK": "http://127.0.0.1:1/secret"} | settings(port))
    assert told == ["COMMONS_WEBHOOK: the notice was not sent (ConnectError)"]
    assert len(mail.kept) == 1


def test_settings_that_lack_something_are_one_line_and_without_any_nothing_is_sent(port: int) -> None:
    assert send(NOTICE, {"COMMONS_SMTP_HOST": "127.0.0.1"}) == [f"{NOT_SENT} (KeyError)"]
    assert send(NOTICE, {}) == []
    assert not can_send({"COMMONS_WEBHOOK": "", "COMMONS_SMTP_PORT": "25"})
