"""Stage one, source -> Capture: the exact bytes of each page, letter or file, and what only the source knows of it.

What belongs here: reading sources and keeping their bytes. What does not: what the bytes mean (`normalise`).
Other code calls `read`, `read_paths` and `fingerprint`, and `commons_graph.capture.archive`.
"""

from commons_graph.capture.reading import fingerprint, read, read_paths
from commons_graph.capture.records import StoredFile
from commons_graph.model import Capture, Refusal

__all__ = ["Capture", "Refusal", "StoredFile", "fingerprint", "read", "read_paths"]
