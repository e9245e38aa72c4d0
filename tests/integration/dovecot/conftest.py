"""A real Dovecot on the loopback address, with TLS by an authority made for the test, and a postman for it."""

from __future__ import annotations

import imaplib
import os
import shutil
import ssl
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CONFIGURATION = """
base_dir = {home}/run
state_dir = {home}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{home}/server.pem
ssl_key = <{home}/server.key
mail_location = maildir:{home}/mail/%u
first_valid_uid = 1
default_login_user = {user}
default_internal_user = {user}
passdb {{
  driver = passwd-file
  args = {home}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
USER, PASSWORD = "watcher", "open sesame"


@dataclass(frozen=True)
class Post:
    """A mail server that runs; `authority` is the file that its certificate is believed by."""

    server: Any
    authority: Path

    def mailbox(self, folder: str = "INBOX") -> str:
        return f"imaps://localhost:{self.server.port}/{folder}"

    def deliver(self, *letters: bytes, folder: str = "INBOX") -> None:
        with self.client() as client:
            client.create(folder)
            for letter in letters:
                said, told = client.append(folder, None, None, letter)
                assert said == "OK", told

    def empty(self, folder: str = "INBOX") -> None:
        with self.client() as client:
            client.select(folder)
            client.store("1:*", "+FLAGS", r"(\Deleted)")
            client.expunge()

    def renumber(self, folder: str) -> None:
        """Delete a folder, so that the next of its name has another numbering."""
        with self.client() as client:
            client.delete(folder)

    def flags(self, folder: str = "INBOX") -> list[bytes]:
        """Give the flags of all letters, as the server tells them to one who only looks."""
        with self.client() as client:
            client.select(folder, readonly=True)
            return [each for each in client.fetch("1:*", "(FLAGS)")[1] if isinstance(each, bytes)]

    def client(self) -> imaplib.IMAP4_SSL:
        context = ssl.create_default_context(cafile=str(self.authority))
        client = imaplib.IMAP4_SSL("localhost", self.server.port, ssl_context=context)
        client.login(USER, PASSWORD)
        return client


@pytest.fixture(scope="module")
def post(needs: Any, serve: Any, home: Path, free_port: Callable[[], int]) -> Post:
    """A new, empty mail server for the module's tests."""
    needs("dovecot-imapd", "/usr/lib/dovecot/imap", "dovecot")
    needs("openssl", "openssl")
    folder, port = home / "dovecot", free_port()
    for name in ("run", "state", "mail"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    authority = _certificate(folder)
    user = "nobody" if os.getuid() == 0 else os.environ.get("USER", "nobody")
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    shutil.chown(folder / "mail", user)
    group = subprocess.run(["id", "-gn", user], check=True, capture_output=True, text=True).stdout.strip()
    told = {"home": folder, "port": port, "user": user, "group": group}
    (folder / "dovecot.conf").write_text(CONFIGURATION.format(**told))
    return Post(serve(["dovecot", "-F", "-c", str(folder / "dovecot.conf")], port, folder), authority)


def _certificate(folder: Path) -> Path:
    """Make an authority and a certificate for localhost that it has signed; give the authority's file."""
    new = ["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    usage = ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"]
    _run([*new, "-x509", "-subj", "/CN=Test authority", *usage, "-keyout", "ca.key", "-out", "ca.pem"], folder)
    _run([*new, "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr"], folder)
    (folder / "extensions").write_text("subjectAltName=DNS:localhost\nauthorityKeyIdentifier=keyid\n")
    signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "extensions", "-days", "2"]
    _run(["openssl", "x509", "-req", "-in", "server.csr", *signed, "-out", "server.pem"], folder)
    return folder / "ca.pem"


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
