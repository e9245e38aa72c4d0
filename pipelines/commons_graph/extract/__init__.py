"""Stage three, Document -> Statement: page type, names, relations, dates, concepts.

What belongs here: what one document says. What does not: who is who across documents (`resolve`).
`find` and `statements` are pure functions of the document and the knowledge.
"""

from commons_graph.extract.found import Found, find, find_all, statements

__all__ = ["Found", "find", "find_all", "statements"]
