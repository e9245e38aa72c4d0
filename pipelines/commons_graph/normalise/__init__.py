"""Stage two, Capture -> Document: bytes of any kind to blocks of text with links, language and dates.

What belongs here: markup, characters, privacy. What does not: what the text says (`extract`).
"""

from commons_graph.normalise.documents import document, noted

__all__ = ["document", "noted"]
