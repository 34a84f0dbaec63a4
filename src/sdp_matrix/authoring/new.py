"""Begin a partnership, or enter a reference or prospect: valid, in canonical form, and with everything that follows."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sdp_matrix import matching
from sdp_matrix.authoring.change import Change, Sound, changed, said_of_edition, sound
from sdp_matrix.authoring.template import skeleton
from sdp_matrix.errors import BadRequest
from sdp_matrix.files import comments, edits
from sdp_matrix.files.comments import Block
from sdp_matrix.files.document import Value
from sdp_matrix.files.folder import PARTNERSHIPS, shown_as
from sdp_matrix.model.partnership import Evidence
from sdp_matrix.model.registers import Prospect
from sdp_matrix.model.vocabulary import Act
from sdp_matrix.sanitize import in_one_line

_ID, _CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), re.compile(r"[A-Z]{2}")


def new_partner(
    home: Path,
    partner: str,
    *,
    name: str,
    iso: str | None = None,
    act: Act | None = None,
    day: date | None = None,
    reference: str | None = None,
    locator: str | None = None,
) -> Change:
    """Begin the file of a partnership, with every area unknown; a prospect of that name is one no more.

    `reference` gives act and day; without a day the file is a draft that counts for nothing yet. `iso` is left out for
    a partner that is not a country. Raises `BadRequest` where the file exists or would not be valid, `BadData` where
    the data are at fault already.
    """
    _check_id(partner)
    _check_code(iso)
    if (act or day) and not reference:
        raise BadRequest("--act and --date rest on a source: name it with --reference (an id of references.yaml)")
    if reference and not (act or day):
        raise BadRequest("--reference supports nothing yet: say what with --act or --date")
    inside = f"{PARTNERSHIPS}/{partner}.yaml"
    if os.path.lexists(home / inside):  # also a link that leads nowhere
        raise BadRequest(f"{home / inside} exists already; 'sdp list gaps {partner}' says what is still unknown in it")
    before = sound(home)

    def evidence(value: object) -> Evidence | None:
        return Evidence(reference=reference, supports=str(value), locator=locator) if value and reference else None

    begun = skeleton(partner, name, iso, before.dataset.areas, act=evidence(act), day=evidence(day))
    left, words = _without_prospect(before, {partner, name, iso or partner}, cited=reference)
    files, after = changed(before, {inside: begun, **left})
    said = f"{shown_as(home / inside)}: begun, every area unknown"
    edition = said_of_edition(before.dataset, after)
    return Change(files, (said, *words, *_until_dated(partner, day), edition))


def _until_dated(partner: str, day: date | None) -> tuple[str, ...]:
    advice = f"it counts for nothing until it has a date: sdp set {partner} date YYYY-MM-DD --reference ID"
    return () if day else (advice,)


def new_reference(home: Path, reference: str, values: Mapping[str, Value]) -> Change:
    """Enter a reference, with values by the keys of references.yaml; raises as `new_partner` does."""
    return _entered(home, "references", reference, values)


def new_prospect(home: Path, prospect: str, values: Mapping[str, Value]) -> Change:
    """Enter a prospect, with values by the keys of prospects.yaml; raises as `new_partner` does."""
    _check_code(str(values["iso"]) if "iso" in values else None)
    return _entered(home, "prospects", prospect, values)


def _entered(home: Path, register: str, new: str, values: Mapping[str, Value]) -> Change:
    _check_id(new)
    path, before = f"{register}.yaml", sound(home)
    layout = before.layout(path)
    listed = edits.inner(layout.root, register, mapping=False)
    if any(edits.text(item.value, "id") == new for item in listed.entries if isinstance(item.value, Block)):
        raise BadRequest(f"{shown_as(home / path)} has '{new}' already; choose another id, or edit that entry")
    edits.append(listed, {"id": new, **values})
    files, after = changed(before, {path: comments.write(layout)})
    return Change(files, (f"{shown_as(home / path)}: '{new}' entered", said_of_edition(before.dataset, after)))


def _without_prospect(
    before: Sound, names: set[str], *, cited: str | None
) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Take the prospect of a name out of its file, and with it the references that nothing else cites.

    Raises `BadRequest`, with its lines, where comments go with it.
    """
    path, wanted = "prospects.yaml", set(map(matching.fold, names))
    document, shown = before.scanned.documents[path], shown_as(before.home / path)
    for index, prospect in enumerate(before.dataset.prospects):
        if not wanted & {matching.fold(name) for name in (prospect.id, prospect.name, prospect.iso)}:
            continue
        layout = before.layout(path)
        listed = edits.inner(layout.root, "prospects", mapping=False)
        if edits.is_commented(listed.entries[index]):
            first, last = document.locate(["prospects", index]).line, document.last_line(["prospects", index])
            message = f"{prospect.name} is a prospect in {shown}, lines {first} to {last}, with comments"
            raise BadRequest(f"{message}; move the comments, remove those lines, and begin the partnership then")
        del listed.entries[index]
        said = f"{shown}: '{prospect.id}' taken out, as it is no prospect any more"
        others, words = _without_references(before, _only_of(before, prospect) - {cited})
        return {path: comments.write(layout), **others}, (said, *words)
    return {}, ()


def _only_of(before: Sound, prospect: Prospect) -> set[str]:
    """The references that a prospect cites and nothing else does."""
    steps = [step for one in before.dataset.prospects if one is not prospect for step in one.steps]
    others = {step.reference for step in steps} | {one.follows or "" for one in before.dataset.references}
    for path in before.scanned.links.keys() - {"prospects.yaml", "references.yaml"}:
        others |= {citation.id for citation in before.scanned.citations(path)}
    return {step.reference for step in prospect.steps} - others


def _without_references(before: Sound, gone: set[str]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Take references out of their file, but for those with comments."""
    path = "references.yaml"
    layout = before.layout(path)
    listed = edits.inner(layout.root, "references", mapping=False)
    found = {edits.text(item.value, "id"): item for item in listed.entries if isinstance(item.value, Block)}
    taken = {name: item for name, item in found.items() if name in gone and not edits.is_commented(item)}
    for item in taken.values():
        listed.entries.remove(item)
    shown = shown_as(before.home / path)
    words = [f"{shown}: '{name}' taken out, as only the prospect cited it" for name in taken]
    words += [f"{shown}: '{name}' is cited by nothing now; it has comments, see to it" for name in gone - {*taken}]
    return ({path: comments.write(layout)} if taken else {}), tuple(words)


def _check_id(new: str) -> None:
    plain = matching.fold(new).replace(" ", "-")
    if not _ID.fullmatch(new):
        likely = f"; did you mean {plain}?" if _ID.fullmatch(plain) else ""
        raise BadRequest(f"invalid id '{in_one_line(new)}': use lower-case words and single hyphens{likely}")


def _check_code(iso: str | None) -> None:
    if iso is not None and not _CODE.fullmatch(iso):
        likely = f"; did you mean {iso.upper()}?" if _CODE.fullmatch(iso.upper()) else ""
        raise BadRequest(f"invalid code '{in_one_line(iso)}': use two capital letters (ISO 3166-1 alpha-2){likely}")
