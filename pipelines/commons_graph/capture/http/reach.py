"""Which servers may be reached: only over http(s), and only public addresses unless the source is private.

The check is made on the very IP address that is connected to, for each connection: a name that leads elsewhere the
second time it is looked up, and a redirect into a private network, fail. What does not belong here: requests.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from commons_graph.capture.http import deadline
from commons_graph.errors import CommonsError

NAT64 = ipaddress.ip_network("64:ff9b::/96")
GIVEN_OUT = ipaddress.ip_network("2000::/3")
"""All that is routed for everybody: outside lie forms that wrap an IPv4 address (::127.0.0.1), and local ones."""
PRIVATE = "write `private: true` into the source's YAML if it may lie in a private network"


def check(address: str) -> None:
    """Raise `CommonsError` for what is no http(s) address with a host, or holds a password."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise CommonsError(address[:200], "is no address", "mend it") from error
    if parts.scheme not in ("http", "https") or not host:
        raise CommonsError(address[:200], "is no http(s) address", "only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise CommonsError(host, "its address holds a user name or password", "take it out")


def is_public(ip: str) -> bool:
    """Say whether an IP address is one of the public internet, also where IPv6 wraps an IPv4 address.

    >>> [is_public(ip) for ip in ("93.184.215.14", "127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254", "fd00::1")]
    [True, False, False, False, False]
    """
    found = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped or found.sixtofour:
            return is_public(str(found.ipv4_mapped or found.sixtofour))
        if found in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        if found not in GIVEN_OUT:
            return False
    return found.is_global and not found.is_multicast


def resolved(host: str, port: int, private: bool) -> list[str]:
    """Give the IP addresses of a host, IPv4 first. Raises `CommonsError` when one is not public and must be.

    Raises `OSError` or `UnicodeError` when the name is not known.
    """
    found = {str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not private and not all(map(is_public, found)):
        raise CommonsError(host, "lies in a private network", PRIVATE)
    return sorted(found, key=lambda text: (":" in text, text))


class _Reached(httpcore.SyncBackend):
    """Looks the name up itself, checks what it finds, and connects to just that."""

    def __init__(self, private: bool) -> None:
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = resolved(host, port, self._private)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} is not known") from error
        last: Exception | None = None
        for ip in found:
            try:
                stream = super().connect_tcp(ip, port, deadline.left(timeout), local_address, socket_options)
                return deadline.Watched(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError(f"{host} has no address")


class Transport(httpx.HTTPTransport):
    """The transport of the client: HTTP/2, TLS verified for the name, connections only where `reach` allows them."""

    def __init__(self, private: bool) -> None:
        super().__init__(http2=True, trust_env=False)
        self._pool._network_backend = _Reached(private)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()
