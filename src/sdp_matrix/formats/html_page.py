"""HTML as a page of its own: light, dark and print, nothing loaded, no script."""

from __future__ import annotations

from html import escape

from sdp_matrix.formats import html_fragment, palette
from sdp_matrix.formats.table import Table
from sdp_matrix.sanitize import flat

_STYLE = f"""\
:root {{ color-scheme: light dark; --ground: #fff;
  --ink: {palette.INK}; --muted: {palette.MUTED}; --line: {palette.LINE}; }}
"""
_RULES = """\
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem; color: var(--ink); background: var(--ground);
  font: 1rem/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
caption { text-align: left; font-size: 1.15rem; font-weight: 600; padding-bottom: .75rem; }
th, td { padding: .3rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th, thead td { vertical-align: bottom; border-bottom: 0; }
thead th.spans { background: linear-gradient(var(--line), var(--line)) bottom / calc(100% - .6rem) 1px no-repeat; }
thead tr:last-child > * { border-bottom: 1px solid var(--ink); }
tbody th { font-weight: inherit; min-width: 12em; }
th.section { font-weight: 600; padding-top: 1rem; }
.right { text-align: right; }
.center { text-align: center; }
.muted, .source { color: var(--muted); }
sup a { text-decoration: none; padding: 0 .15em; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem .6rem; }
.legend dt { padding: 0 .4rem; border: 1px solid var(--line); }
.legend dd { margin: 0 1rem 0 0; }
.notes { list-style: none; padding: 0; overflow-wrap: anywhere; }
.references { font-weight: 600; margin-bottom: 0; }
.notes, .source, .legend, .sdp-table > p { font-size: .875rem; max-width: 60rem; }
@media print { body { margin: 0; max-width: none; font-size: 9pt; } .scroll { overflow: visible; }
  thead { display: table-header-group; } tr { break-inside: avoid; } * { print-color-adjust: exact; } }
"""
_DARK = "--ink: #ececea; --muted: #a9a9a4; --line: #4a4a47; --ground: #161615;"


def render(table: Table) -> str:
    """Render a whole page around the fragment."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_DARK} }} }}"
    style = f"{_STYLE}{_RULES}{palette.grounds()}\n{dark}\n"
    return f"""\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(flat(table.title))}</title>
<style>
{style}</style>
</head>
<body>
<main>
{html_fragment.render(table)}</main>
</body>
</html>
"""
