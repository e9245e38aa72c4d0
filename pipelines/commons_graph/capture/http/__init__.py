"""The one HTTP client of all connectors: polite, conditional, bounded, kept to public addresses.

What belongs here: asking a server and what it answered. What does not: what the answers mean (the connectors), and
keeping them (`commons_graph.capture.live`).
"""

from commons_graph.capture.http.bounds import Limits, TooLargeError
from commons_graph.capture.http.client import Client, UnreachableError
from commons_graph.capture.http.download import download, forget
from commons_graph.capture.http.exchange import Condition, Exchange
from commons_graph.capture.http.politeness import ForbiddenError

__all__ = [
    "Client",
    "Condition",
    "Exchange",
    "ForbiddenError",
    "Limits",
    "TooLargeError",
    "UnreachableError",
    "download",
    "forget",
]
