"""The explorer: a page that stands alone, put together from the files beside this one and its data.

The page holds its style, script and data, and its Content-Security-Policy allows exactly these: nothing is fetched,
nothing that the data could smuggle in is run.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files

from sdp_matrix.formats import palette
from sdp_matrix.formats.table import Json
from sdp_matrix.text_safety import printable

_SCRIPT = (
    *("elements", "data", "state", "matrix", "grid", "keys"),
    *("compare", "references", "evidence", "statements", "search", "download", "page"),
)
"""The modules of the script, in the order in which they build on each other; they share one scope."""
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def render(data: Json) -> str:
    """Put the page together; the same data give the same bytes."""
    style = _text("explorer.css").replace("/* palette */", palette.properties())
    script = "\n".join(['"use strict";', "(() => {", *(_text(f"script/{name}.js") for name in _SCRIPT), "})();"])
    parts = {"style": style, "script": script, "policy": _policy(style, script), "data": embedded(data)}
    return _SLOT.sub(lambda slot: parts[slot[1]], _text("explorer.html"))


def embedded(data: Json) -> str:
    r"""Write JSON that ends no script element and hides nothing from a reader.

    >>> print(embedded({"name": "</script>\u202e"}))
    {"name":"\u003c/script\u003e\\u202e"}
    """
    text = json.dumps(_harmless(data), ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def _harmless(data: Json) -> Json:
    match data:
        case str():
            return printable(data)
        case dict():
            return {key: _harmless(value) for key, value in data.items()}
        case list() | tuple():
            return [_harmless(value) for value in data]
        case _:
            return data


def _text(name: str) -> str:
    return files("sdp_matrix.publishing.explorer").joinpath(name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    hashes = f"script-src '{_hash(script)}'; style-src '{_hash(style)}'"
    others = "img-src data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; {hashes}; {others}; require-trusted-types-for 'script'; trusted-types 'none'"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
