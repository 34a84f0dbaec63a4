"""Files that the program writes: brought up to date, or only compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from sdp_matrix.cli.output import emit
from sdp_matrix.files import writing
from sdp_matrix.sanitize import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path


def settle(files: Mapping[Path, str], *, check: bool, fault: str, within: Collection[Path]) -> bool:
    """Write the files whose text is not the given one; with `check`, list them with their `fault`; whether all is well.

    Raises `OutputFailed` where a file cannot be written or leads out of the folder.
    """
    stale = [path for path, text in files.items() if writing.bytes_at(path) != text.encode()]
    if check:
        emit("".join(f"{printable(str(path))}: {fault}\n" for path in stale))
        return not stale
    writing.write_all({path: files[path].encode() for path in stale}, within=within)
    typer.echo(f"{len(stale)} of {len(files)} files written" if stale else "everything is up to date", err=True)
    return True
