"""Work on many buckets at once: a process a core, or a thread for light work, results as they come, and a bar.

What belongs here: how a stage spreads its buckets over this machine. What does not: what a bucket's work is (each
stage), and spreading over several machines (Dagster's executors).
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from commons_graph.errors import CommonsError

Job = TypeVar("Job")
Result = TypeVar("Result")
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done and how much there is."""


def silent(task: str, done: int, total: int) -> None:
    """Watch nothing."""


def cores() -> int:
    """Give how many processes or threads to use: COMMONS_WORKERS, else the cores this process may run on."""
    named = os.environ.get("COMMONS_WORKERS", "")
    return max(1, int(named)) if named.isdigit() else len(os.sched_getaffinity(0))


def work(
    task: str, function: Callable[[Job], Result], jobs: Sequence[Job], progress: Progress = silent, light: bool = False
) -> Iterator[Result]:
    """Give the function's result for each job, in any order: mostly that in which they get done.

    Runs in this process when there is one core, one job, or the jobs are `light` (not worth a second process): then in
    threads, since reading and writing files, most of what such jobs do, lets others run meanwhile.
    Raises what the function raises, and `CommonsError` when a worker process was killed.
    """
    progress(task, 0, len(jobs))
    results = _here(function, jobs) if light or min(cores(), len(jobs)) < 2 else _spread(task, function, jobs)
    for done, result in enumerate(results, 1):
        progress(task, done, len(jobs))
        yield result


def _here(function: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
    if min(cores(), len(jobs)) < 2:
        yield from map(function, jobs)
        return
    with ThreadPoolExecutor(cores()) as threads:
        yield from threads.map(function, jobs)


def _spread(task: str, function: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
    # Spawned, not forked: Dagster, DuckDB and Arrow hold threads that a fork would leave with locked locks.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(cores(), len(jobs)), mp_context=context) as pool:
        futures = [pool.submit(function, job) for job in jobs]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BrokenProcessPool as error:
            raise CommonsError(task, "a worker process was killed", "free memory or set COMMONS_WORKERS=1") from error
        finally:
            for future in futures:
                future.cancel()
