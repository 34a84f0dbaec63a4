"""Begin the file of a partnership: named, checked and in canonical form before anything is written."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdp_matrix import matching
from sdp_matrix.authoring.template import skeleton
from sdp_matrix.errors import BadData, BadRequest
from sdp_matrix.files import document, folder, json_schema, scan
from sdp_matrix.files.canonical import canonical
from sdp_matrix.model.partnership import Evidence, Partnership
from sdp_matrix.model.registers import AreasFile
from sdp_matrix.sanitize import in_one_line
from sdp_matrix.validation import rules

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sdp_matrix.model.vocabulary import Act

_ID, _CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPartnership:
    """What is known of a partnership when its file is begun."""

    id: str
    name: str
    iso: str
    act: Act | None = None
    date: date | None = None
    reference: str | None = None
    """Id of the reference that gives act and date."""
    locator: str | None = None

    def evidence(self, value: object) -> Evidence | None:
        """The evidence of a value, where there is one."""
        if not value or not self.reference:
            return None
        return Evidence(reference=self.reference, supports=str(value), locator=self.locator)


def new_partnership(home: Path, new: NewPartnership) -> dict[Path, str]:
    """Return the files that begin a partnership, by path: its own, with every area unknown, and the JSON Schemas.

    Raises `BadRequest` where the file exists or would not be valid, `BadData` where the areas cannot be read.
    """
    _check(new)
    inside = f"{folder.PARTNERSHIPS}/{new.id}.yaml"
    if os.path.lexists(home / inside):  # also a link that leads nowhere
        raise BadRequest(f"{home / inside} exists already; 'sdp list gaps {new.id}' says what is still unknown in it")
    if folder.is_packaged(home):
        raise BadRequest(
            f"the data in {home} came with the program and go with its next version; copy the folder,"
            " and name the copy with --data or SDP_DATA"
        )
    before = folder.read(home).files
    scanned = scan.scan_files(str(home), before)
    areas = scanned.record("areas.yaml", AreasFile)
    if areas is None:
        raise BadData(scanned.problems)
    text = skeleton(
        new.id, new.name, new.iso, areas.areas, act=new.evidence(new.act), day=new.evidence(new.date)
    ).encode()
    known = set(rules.check(scanned))
    after = scan.scan_files(str(home), {**before, inside: text})
    if faults := [problem.message for problem in rules.check(after) if problem not in known]:
        raise BadRequest(f"the file would not be valid: {'; '.join(dict.fromkeys(faults))}")
    begun = canonical(document.parse(inside, text), Partnership, [area.id for area in areas.areas])
    dataset = after.dataset()
    schemas = json_schema.schemas(dataset) if dataset else {}
    return {home / inside: begun, **{home / folder.SCHEMAS / name: made for name, made in schemas.items()}}


def _check(new: NewPartnership) -> None:
    plain = matching.fold(new.id).replace(" ", "-")
    if not _ID.fullmatch(new.id):
        likely = f"; did you mean {plain}?" if _ID.fullmatch(plain) else ""
        raise BadRequest(f"invalid id '{in_one_line(new.id)}': use lower-case words and single hyphens{likely}")
    if not _CODE.fullmatch(new.iso):
        likely = f"; did you mean {new.iso.upper()}?" if _CODE.fullmatch(new.iso.upper()) else ""
        raise BadRequest(f"invalid code '{in_one_line(new.iso)}': use two capital letters (ISO 3166-1 alpha-2){likely}")
    if (new.act or new.date) and not new.reference:
        raise BadRequest("--act and --date rest on a source: name it with --reference (an id of references.yaml)")
    if new.reference and not (new.act or new.date):
        raise BadRequest("--reference supports nothing yet: say what with --act or --date")
