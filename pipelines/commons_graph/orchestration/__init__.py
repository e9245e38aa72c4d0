"""Dagster: assets, checks, jobs, schedules and how a run is started from the command line.

What belongs here: which step follows which, and what Dagster shows of it. What does not: logic; an asset is a few
lines that call a stage. Importing Dagster costs seconds: outside this package only `commands.refresh` and
`commands.waiting` do.
"""
