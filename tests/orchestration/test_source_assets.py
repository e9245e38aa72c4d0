"""Each source that is on and has a schedule is overdue some time after its last read; the others never are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest

from commons_graph.orchestration import source_assets
from commons_graph.orchestration.cadence import longest_wait, overdue_after
from commons_graph.project import Project


@pytest.mark.parametrize(
    ("schedule", "wait", "overdue"),
    [
        ("* * * * *", timedelta(minutes=1), timedelta(seconds=90)),
        ("*/15 * * * *", timedelta(minutes=15), timedelta(minutes=22.5)),
        ("0 3 * * *", timedelta(days=1), timedelta(days=1.5)),
        ("0 3 * * 1-5", timedelta(days=3), timedelta(days=4)),
        ("0 3 1 * *", timedelta(days=31), timedelta(days=32)),
        ("0 3 1 1 *", timedelta(days=366), timedelta(days=367)),
    ],
)
def test_a_source_is_overdue_half_a_wait_late_or_a_day(schedule: str, wait: timedelta, overdue: timedelta) -> None:
    assert (longest_wait(schedule), overdue_after(schedule)) == (wait, overdue)


def test_only_sources_that_are_on_and_scheduled_can_be_overdue(project: Path) -> None:
    yaml = (project / "sources" / "val.yaml").read_text()
    daily = yaml + 'schedule: "0 3 * * *"\n'
    (project / "sources" / "daily.yaml").write_text(daily)
    (project / "sources" / "off.yaml").write_text(daily.replace("enabled: true", "enabled: false"))
    specs = {spec.key.path[-1]: spec for spec in source_assets.specs(Project(project, project / "warehouse"))}
    policies = {name: spec.freshness_policy for name, spec in specs.items()}
    assert policies == {"val": None, "off": None, "daily": dg.FreshnessPolicy.time_window(timedelta(days=1.5))}
    assert specs["daily"].metadata["schedule"] == "0 3 * * *"
