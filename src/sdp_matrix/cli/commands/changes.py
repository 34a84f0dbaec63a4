"""sdp changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix.cli.options import Format, Output, Settings
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import SdpError
from sdp_matrix.files.folder import data_folder, read
from sdp_matrix.model.vocabulary import GROUP_FIELD
from sdp_matrix.sanitize import in_one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdp_matrix.analysis.changes import Change, Effects
    from sdp_matrix.files.scan import Scan
    from sdp_matrix.problem import Problem

_WORKING_TREE = "the working tree"


def run(
    context: typer.Context,
    since: Annotated[
        str, typer.Argument(metavar="FROM", show_default=False, help="A git revision; HEAD where none is given.")
    ] = "HEAD",
    until: Annotated[
        str | None, typer.Argument(metavar="TO", help="Another revision; else the files of the data folder.")
    ] = None,
    *,
    chosen: Format = None,
    output: Output = None,
) -> None:
    """What two revisions of the data say differently, in words."""
    from sdp_matrix.analysis import changes
    from sdp_matrix.files import git_history
    from sdp_matrix.files.scan import scan_files
    from sdp_matrix.views import changes as view

    settings: Settings = context.obj
    folder = data_folder(settings.data)
    between = (in_one_line(since), _WORKING_TREE if until is None else in_one_line(until))
    before = scan_files(between[0], git_history.files(folder, since))
    after = scan_files(between[1], read(folder).files if until is None else git_history.files(folder, until))
    found = changes.changes(before, after)
    table = view.changes(
        found,
        _effects(found, before, after),
        names=_names(before) | _names(after),
        between=between,
        faults=(_faults(before), _faults(after)),
    )
    deliver(table, chosen, output)


def _effects(found: Sequence[Change], before: Scan, after: Scan) -> Effects | None:
    """What the changes mean; None where there are none, or where a side is not a whole data set."""
    from sdp_matrix.analysis import changes

    was, now = before.dataset(), after.dataset()
    if not found or before.problems or after.problems or was is None or now is None:
        return None
    try:
        return changes.effects(found, was, now)
    except (KeyError, SdpError):
        # One side names an area, partner or reference that it does not have: 'sdp validate' says which.
        return None


def _names(scan: Scan) -> dict[str, str]:
    """Titles for people, by the ids that changes have."""
    from sdp_matrix.model.partnership import AreasFile, GroupsFile, Partnership

    areas, groups = scan.record("areas.yaml", AreasFile), scan.record("groups.yaml", GroupsFile)
    return {
        **{partnership.id: partnership.name for partnership in scan.all(Partnership).values()},
        **{area.id: f"{area.number} {area.label}" for area in (areas.areas if areas else ())},
        **{GROUP_FIELD + group.id: group.title for group in (groups.groups if groups else ())},
    }


def _faults(scan: Scan) -> list[Problem]:
    """What is wrong with the files that could not be compared."""
    from sdp_matrix.analysis import changes

    unread = {f"{scan.folder}/{path}" for path in changes.unreadable(scan)}
    return [problem for problem in scan.problems if problem.location.path in unread]
