"""The command `new`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix.cli.change import make
from sdp_matrix.cli.completion import REFERENCES, names
from sdp_matrix.model import dates
from sdp_matrix.model.vocabulary import Act, ReferenceKind, Stage, Standing

if TYPE_CHECKING:
    from sdp_matrix.files.document import Value


Id = Annotated[str, typer.Argument(metavar="ID", help="Id: lower-case words and hyphens; it never changes.")]
Locator = Annotated[str | None, typer.Option("--locator", help="Section or table of the reference.", metavar="TEXT")]
Note = Annotated[str | None, typer.Option("--note", help="Details, in your own words.", metavar="TEXT")]


def cited(help: str) -> object:  # noqa: A002 - typer's word
    """Declare the option that takes a reference."""
    return typer.Option("--reference", metavar="ID", help=help, autocompletion=names(REFERENCES))


def partner(
    context: typer.Context,
    partner: Id,
    *,
    name: Annotated[str, typer.Option("--name", help="Name of the partner.", metavar="NAME")],
    iso: Annotated[
        str | None,
        typer.Option("--iso", help="ISO 3166-1 alpha-2 code; left out for what is not a country.", metavar="XX"),
    ] = None,
    act: Annotated[Act | None, typer.Option("--act", help="What was done; needs --reference.")] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="Day of the act (YYYY-MM-DD); needs --reference.", metavar="DAY")
    ] = None,
    reference: Annotated[str | None, cited("Reference that gives act and date.")] = None,
    locator: Locator = None,
) -> None:
    from sdp_matrix.authoring.new import new_partner

    found = dates.typed(day)
    cited = {"reference": reference, "locator": locator}
    make(context, lambda home: new_partner(home, partner, name=name, iso=iso, act=act, day=found, **cited))


def reference(
    context: typer.Context,
    reference: Id,
    *,
    title: Annotated[str, typer.Option("--title", help="Title as published.", metavar="TEXT")],
    publisher: Annotated[str, typer.Option("--publisher", help="The masthead that published it.", metavar="NAME")],
    standing: Annotated[Standing, typer.Option("--standing", help="How much weight it has, as it was seen.")],
    kind: Annotated[ReferenceKind, typer.Option("--kind", help="What sort of publication it is.")],
    day: Annotated[
        str, typer.Option("--date", help="Date of publication: YYYY, YYYY-MM or YYYY-MM-DD.", metavar="DATE")
    ],
    url: Annotated[str | None, typer.Option("--url", help="Address.", metavar="URL")] = None,
    relayed_by: Annotated[
        str | None, typer.Option("--relayed-by", help="Who carried the copy that was seen.", metavar="NAME")
    ] = None,
    follows: Annotated[
        str | None,
        typer.Option(
            "--follows", help="Whose content it passes on: id of a reference, or a publisher.", metavar="NAME"
        ),
    ] = None,
    note: Note = None,
) -> None:
    from sdp_matrix.authoring.new import new_reference

    values = {"title": title, "publisher": publisher, "relayed_by": relayed_by, "follows": follows}
    given = _given({**values, "standing": standing.value, "kind": kind.value, "date": day, "url": url, "note": note})
    make(context, lambda home: new_reference(home, reference, given))


def prospect(
    context: typer.Context,
    prospect: Id,
    *,
    name: Annotated[str, typer.Option("--name", help="Name of the country.", metavar="NAME")],
    iso: Annotated[str, typer.Option("--iso", help="ISO 3166-1 alpha-2 code.", metavar="XX")],
    stage: Annotated[Stage, typer.Option("--stage", help="How far it has come.")],
    day: Annotated[str, typer.Option("--date", help="When: YYYY, YYYY-MM or YYYY-MM-DD.", metavar="DATE")],
    reference: Annotated[str, cited("Reference that says so.")],
    locator: Locator = None,
    note: Note = None,
) -> None:
    from sdp_matrix.authoring.new import new_prospect

    step = {"stage": stage.value, "date": day, "reference": reference, "locator": locator, "note": note}
    values: dict[str, Value] = {"name": name, "iso": iso, "steps": [_given(step)]}
    make(context, lambda home: new_prospect(home, prospect, values))


COMMANDS = {
    partner: "Begin the file of a partnership, every area unknown.\n\nWithout a date it counts for nothing yet.",
    reference: "Enter a reference in references.yaml, where values can cite it.",
    prospect: "Enter a country without a partnership in prospects.yaml.",
}
"""What can be new, each a command of its own with its help."""


def _given(values: dict[str, str | None]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if value is not None}
