"""Servers on 127.0.0.1 that are told things: a webhook, and a mail server that speaks STARTTLS and asks who it is."""

from __future__ import annotations

import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass
class Told:
    """Where a server is, and what it was told."""

    address: str = ""
    port: int = 0
    kept: list[Any] = field(default_factory=list)


@contextmanager
def webhook() -> Iterator[Told]:
    """Serve a webhook."""
    told = Told()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.kept.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        told.port = server.server_address[1]
        told.address = f"http://127.0.0.1:{told.port}/"
        yield told
        server.shutdown()


@dataclass
class Letters:
    """Keeps letters, for aiosmtpd."""

    told: Told

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.told.kept.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"


@contextmanager
def mail_server(port: int, certificate: Path | None = None, password: str = "") -> Iterator[Told]:
    """Serve mail: with a certificate only after STARTTLS, with a password only to who knows it."""
    told = Told("127.0.0.1", port)
    settings: dict[str, Any] = {}
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        settings |= {"tls_context": context, "require_starttls": True}
    if password:

        def knows(server: Any, session: Any, envelope: Any, mechanism: str, asked: Any) -> AuthResult:
            told.kept.append((mechanism, session.ssl is not None))
            known = isinstance(asked, LoginPassword) and asked.password == password.encode()
            return AuthResult(success=known, handled=False)

        settings |= {"auth_required": True, "authenticator": knows}
    controller = Controller(Letters(told), hostname="127.0.0.1", port=port, **settings)
    controller.start()
    yield told
    controller.stop()


def certificate(folder: Path, name: str = "127.0.0.1") -> Path:
    """Make a certificate with its key in one file, for an address, valid for a day."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / f"{name}.pem"
    path.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path
