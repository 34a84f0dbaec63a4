"""The command `new`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from sdp_matrix.cli.completion import names
from sdp_matrix.cli.suggestions import find_prospect
from sdp_matrix.errors import DataError, RequestError
from sdp_matrix.files import disk, scan, templates
from sdp_matrix.files.disk import Folder
from sdp_matrix.files.document import Value
from sdp_matrix.matching import fold
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.record import ID
from sdp_matrix.model.vocabulary import ReferenceKind, Stage, Standing
from sdp_matrix.problem import errors
from sdp_matrix.text_safety import in_one_line, printable
from sdp_matrix.validation import rules


def _id(text: str) -> str:
    if not re.fullmatch(ID, text):
        likely = re.sub("[^a-z0-9]+", "-", fold(text)).strip("-") or "new-york"
        raise RequestError(f"invalid id '{in_one_line(text)}'; write lower-case words joined by hyphens: {likely}")
    return text


Id = Annotated[str, typer.Argument(metavar="ID", help="Lower-case words joined by hyphens; permanent.", parser=_id)]
Name = Annotated[str, typer.Option(help="Name of the country or organisation.", metavar="NAME")]
Date = Annotated[
    str,
    typer.Option(parser=dates.parse_period, help="Day, month or year: 2025-06-30, 2025-06 or 2025.", metavar="DATE"),
]
Note = Annotated[str | None, typer.Option(help="Details, in your own words.", metavar="TEXT")]


def partner(
    context: typer.Context,
    partner: Id,
    *,
    name: Name,
    iso: Annotated[str | None, typer.Option(help="ISO 3166-1 alpha-2 code of a country.", metavar="XX")] = None,
) -> None:
    home = _home(context)
    path = f"partnerships/{partner}.yaml"
    if os.path.lexists(home / path):  # also a link that leads nowhere
        raise RequestError(f"{disk.shown_as(home / path)} exists already; 'sdp list gaps {partner}' lists its unknowns")
    before, dataset = _sound(home)
    prospect = find_prospect(dataset, partner, name, iso)
    steps, code = (prospect.steps, iso or prospect.iso) if prospect else ((), iso)
    text = templates.partnership(partner, name, code, dataset.areas, steps)
    _write(home, before, path, text.encode())
    if prospect:
        typer.echo(f"prospects.yaml: remove '{prospect.id}' once the partnership has a date", err=True)


def reference(
    context: typer.Context,
    reference: Id,
    *,
    title: Annotated[str, typer.Option(help="Title as published.", metavar="TEXT")],
    publisher: Annotated[str, typer.Option(help="Who published it.", metavar="NAME")],
    standing: Annotated[Standing, typer.Option(help="How much weight its author has.")],
    kind: Annotated[ReferenceKind, typer.Option(help="What sort of publication it is.")],
    date: Date,
    url: Annotated[str | None, typer.Option(help="Address.", metavar="URL")] = None,
    relayed_by: Annotated[str | None, typer.Option(help="Outlet whose copy was seen.", metavar="NAME")] = None,
    follows: Annotated[
        str | None, typer.Option(help="Source whose content it repeats: id or name.", metavar="NAME")
    ] = None,
    note: Note = None,
) -> None:
    values = {"title": title, "publisher": publisher, "relayed_by": relayed_by, "follows": follows}
    values |= {"standing": standing.value, "kind": kind.value, "date": date, "url": url, "note": note}
    _add(context, "references", reference, _without_none(values))


def prospect(
    context: typer.Context,
    prospect: Id,
    *,
    name: Name,
    iso: Annotated[str, typer.Option(help="ISO 3166-1 alpha-2 code.", metavar="XX")],
    stage: Annotated[Stage, typer.Option(help="How far it has come.")],
    date: Date,
    reference: Annotated[
        str, typer.Option(metavar="ID", help="Reference that reports it.", autocompletion=names("references"))
    ],
    locator: Annotated[str | None, typer.Option(help="Section or table of the reference.", metavar="TEXT")] = None,
    note: Note = None,
) -> None:
    step = {"date": date, "stage": stage.value, "reference": reference, "locator": locator, "note": note}
    _add(context, "prospects", prospect, {"name": name, "iso": iso, "steps": [_without_none(step)]})


COMMANDS: dict[Callable[..., None], str] = {  # those below `new`, each with its help
    partner: "Begin the file of a partnership, every area unknown.\n\n"
    "It counts for nothing until its date is filled in. The steps of a prospect become its milestones.",
    reference: "Add a reference at the end of references.yaml.",
    prospect: "Add a country without a partnership to prospects.yaml.",
}


def _add(context: typer.Context, register: str, new: str, values: dict[str, Value]) -> None:
    home = _home(context)
    before, dataset = _sound(home)
    path = f"{register}.yaml"
    if any(entry.id == new for entry in getattr(dataset, register)):
        raise RequestError(f"{path} has '{new}' already; choose another id, or edit that entry")
    content = before.files[path]
    assert isinstance(content, bytes)  # noqa: S101 - a sound folder
    _write(home, before, path, templates.with_entry(path, content, register, {"id": new, **values}))


def _home(context: typer.Context) -> Path:
    """Return the folder to be changed; raises `RequestError` for the data that came with the program."""
    home = disk.data_folder(context.obj.data)
    if disk.is_packaged(home):
        remedy = "copy the folder, and name the copy with --data or SDP_DATA"
        raise RequestError(f"the data in {home} came with the program and go with its next version; {remedy}")
    return home


def _sound(home: Path) -> tuple[Folder, Dataset]:
    """Return the files of a folder and their data set; raises `DataError` if one of them is faulty."""
    before = disk.read_folder(home)
    scanned = scan.scan_files(before.shown, before.files)
    faults, dataset = before.problems or errors(rules.check(scanned)), scanned.dataset()
    if faults or dataset is None:
        raise DataError(faults)
    return before, dataset


def _write(home: Path, before: Folder, path: str, content: bytes) -> None:
    """Write one file; raises `RequestError`, with nothing written, if the data would be invalid with it."""
    after = scan.scan_files(before.shown, {**before.files, path: content})
    if faults := errors(rules.check(after)):
        messages = "; ".join(dict.fromkeys(fault.message for fault in faults))
        raise RequestError(f"the data would not be valid: {messages} (nothing was changed)")
    disk.write(str(home / path), content)
    typer.echo(f"written: {printable(disk.shown_as(home / path))}", err=True)


def _without_none(values: dict[str, str | None]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if value is not None}
