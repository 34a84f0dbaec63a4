"""Two revisions of a data folder, or one and the files as they are, and what they say differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sdp_matrix.analysis import changes as changing
from sdp_matrix.analysis.changes import Change, Effects
from sdp_matrix.errors import BadData, SdpError
from sdp_matrix.files import git_history
from sdp_matrix.files.folder import Scan, data_folder, read, scan_files
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import AreasFile, GroupsFile
from sdp_matrix.model.vocabulary import GROUP_FIELD
from sdp_matrix.problem import Problem
from sdp_matrix.sanitize import in_one_line

_WORKING_TREE = "the working tree"


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What two revisions say differently, and what follows from it."""

    between: tuple[str, str]
    """What the revisions are called."""
    changes: tuple[Change, ...]
    effects: Effects | None
    """None where nothing has changed, or where a side is not a whole data set."""
    titles: Mapping[str, str]
    """Titles for people, by the ids and fields that changes have; areas with their number."""
    faults: tuple[tuple[Problem, ...], tuple[Problem, ...]]
    """What is wrong with the files of each side that could not be compared."""

    @property
    def unreadable(self) -> int:
        """Return how many files cannot be read on one side or the other, so that the changes are not all known."""
        sides = zip(self.between, self.faults, strict=True)
        return len({problem.location.path.removeprefix(f"{side}/") for side, faults in sides for problem in faults})


def changes(since: str = "HEAD", until: str | None = None, *, folder: str | Path | None = None) -> ChangeReport:
    """What two git revisions of a data folder say differently, or one and the files as they are.

    The folder is found as in `load`; neither side has to be sound. Raises `BadRequest` where it is in no git repository
    or a revision does not exist.
    """
    place = data_folder(folder)
    between = (in_one_line(since), _WORKING_TREE if until is None else in_one_line(until))
    before = scan_files(between[0], git_history.files(place, since))
    after = scan_files(between[1], _present(place) if until is None else git_history.files(place, until))
    found = changing.changes(before, after)
    return ChangeReport(
        between=between,
        changes=found,
        effects=_effects(found, before, after),
        titles=_titles(before) | _titles(after),
        faults=(_faults(before), _faults(after)),
    )


def _present(place: Path) -> Mapping[str, bytes | OSError]:
    held = read(place)
    if held.problems:
        raise BadData(held.problems)
    return held.files


def _effects(found: tuple[Change, ...], before: Scan, after: Scan) -> Effects | None:
    was, now = before.dataset(), after.dataset()
    if not found or before.problems or after.problems or was is None or now is None:
        return None
    try:
        return changing.effects(found, was, now)
    except (KeyError, SdpError):
        # One side names an area, partner or reference that it does not have: 'sdp validate' says which.
        return None


def _titles(scan: Scan) -> dict[str, str]:
    areas, groups = scan.record("areas.yaml", AreasFile), scan.record("groups.yaml", GroupsFile)
    return {
        **{partnership.id: partnership.name for partnership in scan.all(Partnership).values()},
        **{area.id: f"{area.number} {area.label}" for area in (areas.areas if areas else ())},
        **{GROUP_FIELD + group.id: group.title for group in (groups.groups if groups else ())},
    }


def _faults(scan: Scan) -> tuple[Problem, ...]:
    unread = {f"{scan.folder}/{path}" for path in changing.unreadable(scan)}
    return tuple(problem for problem in scan.problems if problem.location.path in unread)
