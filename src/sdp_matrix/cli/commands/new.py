"""sdp new."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix import matching
from sdp_matrix.cli.options import Settings
from sdp_matrix.cli.output import write
from sdp_matrix.errors import BadData, BadRequest
from sdp_matrix.files.folder import data_folder, read
from sdp_matrix.model import dates
from sdp_matrix.model.vocabulary import Act
from sdp_matrix.sanitize import in_one_line, printable

if TYPE_CHECKING:
    from sdp_matrix.model.partnership import Evidence


def run(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(metavar="ID", help="Id and file name: lower-case words and hyphens.")],
    *,
    name: Annotated[str, typer.Option("--name", help="Name of the partner.", metavar="NAME")],
    iso: Annotated[str, typer.Option("--iso", help="ISO 3166-1 alpha-2 code of the partner.", metavar="XX")],
    act: Annotated[Act | None, typer.Option("--act", help="What was done; needs --reference.")] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="Day of the act (YYYY-MM-DD); needs --reference.", metavar="DAY")
    ] = None,
    reference: Annotated[
        str | None, typer.Option("--reference", help="Id of the reference that gives act and date.", metavar="ID")
    ] = None,
    locator: Annotated[
        str | None, typer.Option("--locator", help="Section or table of the reference.", metavar="TEXT")
    ] = None,
) -> None:
    """Begin the file of a partnership: every area unknown, valid at once."""
    from sdp_matrix.authoring.template import skeleton
    from sdp_matrix.files import scan
    from sdp_matrix.model.partnership import AreasFile, Evidence

    settings: Settings = context.obj
    folder = data_folder(settings.data)
    _check_names(partner, iso)
    if (act or day) and not reference:
        raise BadRequest("--act and --date rest on a source: name it with --reference (an id of references.yaml)")
    if reference and not (act or day):
        raise BadRequest("--reference supports nothing yet: say what with --act or --date")

    def cited(value: object) -> Evidence | None:
        return Evidence(reference, str(value), locator=locator) if value and reference else None

    inside = f"partnerships/{partner}.yaml"
    target = folder / inside
    if target.exists():
        raise BadRequest(f"{target} exists already; 'sdp todo {partner}' says what is still unknown in it")
    if folder.resolve() == (Path(scan.__file__).parents[1] / "data").resolve():
        raise BadRequest(
            f"the data in {folder} came with the program and go with its next version; copy the folder,"
            " and name the copy with --data or SDP_DATA"
        )
    found = scan.scan(folder)
    areas = found.record("areas.yaml", AreasFile)
    if areas is None:
        raise BadData(found.problems)
    given = dates.typed(day)
    text = skeleton(partner, name, iso, areas.areas, act=cited(act), day=cited(given))
    write(str(target), _checked(folder, inside, text, [area.id for area in areas.areas]))
    typer.echo(f"{printable(str(target))} was written; every area is unknown until you say so", err=True)


def _check_names(given: str, iso: str) -> None:
    plain = matching.fold(given).replace(" ", "-")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", given):
        likely = f"; did you mean {plain}?" if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", plain) else ""
        raise BadRequest(f"'{in_one_line(given)}' is no id: lower-case letters, digits and single hyphens{likely}")
    if not re.fullmatch(r"[A-Z]{2}", iso):
        likely = f"; did you mean {iso.upper()}?" if re.fullmatch(r"[A-Za-z]{2}", iso) else ""
        raise BadRequest(f"'{in_one_line(iso)}' is no ISO code: two capital letters (ISO 3166-1 alpha-2){likely}")


def _checked(folder: Path, inside: str, text: str, areas: list[str]) -> str:
    """The canonical text, once no rule finds fault with it; raises `BadRequest` with what is wrong."""
    from sdp_matrix.files import document, scan
    from sdp_matrix.files.canonical import canonical
    from sdp_matrix.model.partnership import Partnership
    from sdp_matrix.validation import rules

    before = read(folder).files
    known = set(rules.check(scan.scan_files(str(folder), before)))
    after = scan.scan_files(str(folder), {**before, inside: text.encode()})
    if faults := [problem.message for problem in rules.check(after) if problem not in known]:
        raise BadRequest(f"the file would not be valid: {'; '.join(dict.fromkeys(faults))}")
    return canonical(document.parse(inside, text.encode()), Partnership, areas)
