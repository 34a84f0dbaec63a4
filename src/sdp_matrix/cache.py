"""Remember data files that were found sound, so that the next command need not read and check them again.

The key is the content: of every data file, and of the code that reads and checks them. So what is recalled is what
reading would give, whatever happened to dates, names or versions. Nothing depends on it: a cache that is missing,
unwritable or damaged is a cache that is not used. SDP_CACHE names another folder, or is `off`.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_TRUSTED = {"sdp_matrix.checks", "sdp_matrix.records", "sdp_matrix.terms", "sdp_matrix.transcription", "datetime"}
"""Modules whose classes make up a data set; nothing else is ever built from a cache file."""

_SEAL = 32
"""Bytes of the checksum in front of the content."""

_KEEP = 20
"""Cache files that stay when a new one is written; the oldest go."""


def key(files: Mapping[str, bytes]) -> str:
    """Name data files and the code that reads them by what is in them.

    >>> key({"a.yaml": b"x"}) == key({"a.yaml": b"x"}) != key({"a.yaml": b"y"})
    True
    """
    package = Path(__file__).parent
    code = sorted([*package.glob("*.py"), *package.glob("rules/*.py")])
    named = [(file.relative_to(package).as_posix(), file.read_bytes()) for file in code] + sorted(files.items())
    digest = hashlib.sha256(sys.version.encode())
    for name, content in named:
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def recall(name: str) -> dict[str, Any] | None:
    """The fields of the data set that was kept under a key; None where there is none that can be used."""
    folder = _folder()
    if folder is None:
        return None
    try:
        kept = (folder / f"{name}.pickle").read_bytes()
        content = kept[_SEAL:]
        # One flipped bit could turn a mark into another.
        if kept[:_SEAL] != hashlib.sha256(content).digest():
            return None
        fields: dict[str, Any] = _Unpickler(io.BytesIO(content)).load()
    except Exception:  # noqa: BLE001 - pickle raises whatever the damage makes it raise
        return None
    return fields


def keep(name: str, fields: Mapping[str, Any]) -> None:
    """Keep the fields of a sound data set under its key, if that is possible."""
    folder = _folder()
    if folder is None:
        return
    content = pickle.dumps(dict(fields), protocol=pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".new")
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(content).digest() + content)
        Path(temporary).replace(folder / f"{name}.pickle")
        for old in sorted(folder.glob("*.pickle"), key=lambda file: file.stat().st_mtime)[:-_KEEP]:
            old.unlink()


def _folder() -> Path | None:
    chosen = os.environ.get("SDP_CACHE", "")
    if chosen == "off":
        return None
    if chosen:
        return Path(chosen)
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    try:
        return Path(base or Path.home() / ".cache") / "sdp-matrix"
    except RuntimeError:  # nobody's home
        return None


class _Unpickler(pickle.Unpickler):
    """Builds the classes of a data set and nothing else, so that a cache file cannot run code."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        if module_name not in _TRUSTED:
            raise pickle.UnpicklingError(f"{module_name}.{global_name} is not part of a data set")
        return super().find_class(module_name, global_name)
