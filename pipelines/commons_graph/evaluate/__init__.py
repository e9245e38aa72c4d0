"""How well extraction does on pages and documents that people annotated: precision, recall and F1.

What belongs here: comparing predictions with annotations, as ../shared/gold's guidelines say. What does not: making
predictions (`commons_graph.extract`) and printing (`commons_graph.commands.evaluate`).
"""

from commons_graph.evaluate.documents import score_documents
from commons_graph.evaluate.pages import score_pages
from commons_graph.evaluate.tally import Tally

__all__ = ["Tally", "score_documents", "score_pages"]
