"""What a page's structured data (JSON-LD, microdata) states: the extractor `structured-data`.

What belongs here: from the blocks of "data" to entities and relations, as ontology/schema_org.yaml says. What does not:
finding such data in pages (`normalise.structured`). A machine wrote it for machines: it is believed more than prose.
"""

from commons_graph.extract.structured.entities import Told, tell
from commons_graph.extract.structured.items import prose
from commons_graph.extract.structured.relations import relations

__all__ = ["Told", "prose", "relations", "tell"]
