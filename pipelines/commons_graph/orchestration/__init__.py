"""Dagster: assets, checks, jobs, schedules and how a run is started from the command line.

What belongs here: which step follows which, and what Dagster shows of it. What does not: logic; an asset is a few
lines that call a stage. Nothing outside this package and `commands.refresh` imports Dagster, which costs seconds.
"""
