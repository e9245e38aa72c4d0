"""What a language model says of a document, if a steward has switched that on: asked, checked word for word, cached.

What belongs here: asking one server about one document, and believing no answer that does not quote the text. What does
not: publishing it. Its statements wait for a steward (ontology/thresholds.yaml, `review`).
"""

from commons_graph.extract.asked.asker import Asker

__all__ = ["Asker"]
