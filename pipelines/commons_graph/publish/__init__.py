"""The last stage: from the resolved and validated graph to releases that people and programs can read.

What belongs here: releases and their files, the SPARQL store, queries over a release, and where a fact comes from.
What does not: deciding what is true or valid (`resolve`, `validate`), and web pages (`serve`).
"""
