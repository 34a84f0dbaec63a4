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
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_TRUSTED = {
    "sdp_matrix.model.statement",
    "sdp_matrix.model.partnership",
    "sdp_matrix.model.vocabulary",
    "sdp_matrix.model.published_table",
    "datetime",
}
"""Modules whose classes make up a data set; nothing else is ever built from a cache file."""

_SEAL = 32
"""Bytes of the checksum in front of the content."""

_KEEP = 20
"""Cache files that stay when a new one is written; the oldest go."""


def key(files: Mapping[str, bytes | OSError]) -> str:
    """Name data files and the code that reads them by what is in them; '' where a file could not be read.

    >>> key({"a.yaml": b"x"}) == key({"a.yaml": b"x"}) != key({"a.yaml": b"y"})
    True
    """
    package = Path(__file__).parent
    contents = [(name, content) for name, content in files.items() if isinstance(content, bytes)]
    if len(contents) < len(files):
        return ""
    code = sorted([*package.glob("*.py"), *package.glob("rules/*.py")])
    named = [(file.relative_to(package).as_posix(), file.read_bytes()) for file in code] + sorted(contents)
    digest = hashlib.sha256(sys.version.encode())
    for name, content in named:
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def recall(name: str) -> dict[str, bytes] | None:
    """The fields of the data set that was kept under a key, each still packed; None where none can be used."""
    folder = _folder()
    if folder is None or not name:
        return None
    try:
        kept = (folder / f"{name}.pickle").read_bytes()
    except OSError:
        return None
    content = kept[_SEAL:]
    # One flipped bit could turn a mark into another.
    if kept[:_SEAL] != hashlib.sha256(content).digest():
        return None
    try:
        fields = unpacked(content)
    except Exception:  # noqa: BLE001 - pickle raises whatever the damage makes it raise
        return None
    return fields if isinstance(fields, dict) else None


def unpacked(content: bytes) -> Any:
    """Unpack one field, or the collection of packed fields; builds nothing but parts of a data set."""
    return _Unpickler(io.BytesIO(content)).load()


def keep(name: str, fields: Mapping[str, Any]) -> None:
    """Keep the fields of a sound data set under its key, each packed on its own, if that is possible."""
    folder = _folder()
    if folder is None or not name:
        return
    import tempfile  # where nothing is kept, nothing is written

    content = packed({field: packed(value) for field, value in fields.items()})
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".new")
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(content).digest() + content)
        Path(temporary).replace(folder / f"{name}.pickle")
        for old in sorted(folder.glob("*.pickle"), key=lambda file: file.stat().st_mtime)[:-_KEEP]:
            old.unlink()


def packed(value: object) -> bytes:
    """Pack a value that `unpacked` gives back."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


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
