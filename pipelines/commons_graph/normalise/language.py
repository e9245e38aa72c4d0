"""Guesses a text's language by counting its small words. What does not belong here: anything about documents."""

from __future__ import annotations

import re
from collections import Counter

SMALL = {
    "en": "the of and to in is that for it as with are this by be on from an which or",
    "fr": "le la les des et une du est dans qui pour pas sur au par plus ce avec sont il aux nous ou",
    "es": "el los las una del que en por con para es se su como más lo al y",
    "pt": "os uma do da que em para com não por mais dos como na no é ao e",
    "ca": "els les una del que amb per és i dels a les més al en seva aquest",
    "it": "il che di la per un una sono con non del della gli è nel i",
    "de": "der die und das den von zu mit ist des auf für im nicht ein eine dem",
    "nl": "de het een van en in is dat op te voor met zijn die niet aan",
}
WORDS = {language: frozenset(words.split()) for language, words in SMALL.items()}
WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 6000
ENOUGH = 8


def guess(text: str, otherwise: str) -> str:
    """Give the language of a text as a two-letter tag; `otherwise` where it is too short or says nothing clear."""
    counts = Counter(WORD.findall(text[:SAMPLE].lower()))
    scores = {language: sum(counts[word] for word in words) for language, words in WORDS.items()}
    best = max(scores, key=lambda language: (scores[language], language == otherwise))
    clear = scores[best] >= ENOUGH and scores[best] >= 1.25 * scores.get(otherwise, 0)
    return best if clear or not otherwise else otherwise
