"""The release before the one that is being made, as far as this can be made from it.

What belongs here: telling which of its files are what they were. What does not: what is made of them (`packed`,
`by_entity`, `ntriples`, `store_next`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from commons_graph.publish.manifest import describe_file, versions
from commons_graph.publish.releases import Release


@dataclass(frozen=True, slots=True)
class Before:
    """A release to go on from, or None; `sound` holds what is known of its files, so that each is read once."""

    release: Release | None
    sound: dict[str, bool] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        """Tell whether this very code wrote the release, and these files of it are still what it wrote.

        They are read whole for it: damage on a disk would else be handed on from release to release.
        """
        release = self.release
        if release is None or release.manifest.get("versions") != versions():
            return False
        for name in names:
            if name not in self.sound:
                self.sound[name] = _as_told(release, name)
        return all(self.sound[name] for name in names)


def _as_told(release: Release, name: str) -> bool:
    file = release.path / name
    return file.is_file() and describe_file(file) == release.manifest["files"].get(name)
