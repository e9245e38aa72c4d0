"""Tells what a wiki's page of an uploaded file is: a document's file is a Document, a picture or recording is Other.

What belongs here: the endings of names. What does not: pages that people write, which the model reads (`page_type`).
"""

from __future__ import annotations

from commons_graph.extract.page_source import namespace

_DOCUMENT_ENDINGS = "pdf ps odt ott doc docx rtf txt epub odp ppt pptx ods xls xlsx csv"
DOCUMENTS = frozenset(_DOCUMENT_ENDINGS.split())
_MEDIA_ENDINGS = "jpg jpeg png gif svg webp tif tiff bmp ico xcf mp3 mp4 ogg oga ogv wav flac webm avi mov"
MEDIA = frozenset(_MEDIA_ENDINGS.split())


def file_class(title: str) -> str:
    """Give the class of the page with a canonical title, as GUIDELINES.md says; "" where its name does not tell."""
    if namespace(title) != "file":
        return ""
    ending = title.rpartition(".")[2].lower()
    return "Document" if ending in DOCUMENTS else "Other" if ending in MEDIA else ""
