"""Live sources: what a site, a wiki, a feed or a mailbox answers now, told as changes against the last visit.

What belongs here: the connectors (one module each), what they hand over, and the state between two visits. What does
not: asking politely (`capture.http`), keeping bytes (`capture.archive`), what bytes mean (`normalise`).
"""
