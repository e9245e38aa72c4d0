"""Names of one document: spans that may name something, pooled by name, and scored by what surrounds them.

What does not belong here: relations, and who is who across documents (`resolve`).
"""
