"""The explorer's file; what it does in a browser is tested in tests/browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest

from sdp_matrix import Partnerships
from sdp_matrix.publishing.explorer import embedded, explorer_data, render


def test_the_policy_names_exactly_the_script_and_style_of_the_page(partnerships: Partnerships) -> None:
    page = render(partnerships)
    for directive, element in (("script-src", "script"), ("style-src", "style")):
        [text] = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in page


def test_the_page_asks_for_nothing_from_outside(partnerships: Partnerships) -> None:
    page = re.sub(r'<script type="application/json".*?</script>', "", render(partnerships), flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="([^"]*)"|url\(|@import', page) == ["data:,"]
    assert "innerHTML" not in page


@pytest.mark.parametrize(
    "text", ["</script>", "<!--", "]]>", "&lt;", "\u2028", "\u202e", "\x1b[31m", "\ud800", "{{script}}"]
)
def test_no_text_leaves_the_element_of_the_data(text: str) -> None:
    written = embedded({"text": text})
    assert not re.search("[<>&\u2028\u2029\u202e\x1b\ud800]", written)
    assert json.loads(written)["text"]


def test_every_reference_of_the_page_is_described(partnerships: Partnerships) -> None:
    text = embedded(explorer_data(partnerships))
    assert set(re.findall(r'"reference":"([^"]+)"', text)) <= set(json.loads(text)["references"])
