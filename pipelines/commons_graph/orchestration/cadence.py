"""How often a source is to be read, by its schedule, and from when on it is overdue.

What does not belong here: who is told (`sensors`), what Dagster shows of it (`source_assets`).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

TICKS = 2_000
"""Enough to meet the longest wait between two ticks of any schedule but one that runs every minute of some months."""
BEGIN = datetime(2024, 1, 1, tzinfo=UTC).timestamp()
GRACE = timedelta(days=1)


def overdue_after(schedule: str) -> timedelta:
    """Give how long after a read a source is overdue: half a wait late, a day at the most.

    >>> [str(overdue_after(schedule)) for schedule in ("0 * * * *", "0 3 * * *", "0 3 * * 1", "0 3 * * 1-5")]
    ['1:30:00', '1 day, 12:00:00', '8 days, 0:00:00', '4 days, 0:00:00']
    """
    wait = longest_wait(schedule)
    return wait + min(wait / 2, GRACE)


def longest_wait(schedule: str) -> timedelta:
    """Give the longest time between two ticks of a schedule in cron's five fields."""
    from dagster._utils.schedules import cron_string_iterator  # `commons refresh` tells what is wrong before it loads

    ticks = islice(cron_string_iterator(BEGIN, schedule, "UTC"), TICKS)
    return max(later - earlier for earlier, later in pairwise(ticks))
