"""What a build says of the project that depends on where its repository is: addresses, and the links of the README."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_REMOTE = re.compile(
    r"(?:(?:https|ssh)://(?:[^@/]+@)?|[^@/:]+@)(?P<host>[\w.-]+\.\w+)(?::\d+(?=/))?[:/](?P<path>[\w./-]+?)(?:\.git)?/?"
)
_LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#)([^)]+)\)")


class Addresses(MetadataHookInterface):
    """Adds the addresses and the README to the metadata of the package."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Take SDP_REPOSITORY as the address of the repository, else where git says that it comes from."""
        repository = source(os.environ.get("SDP_REPOSITORY") or self._origin())
        metadata["urls"] = urls(repository)
        readme = Path(self.root, "README.md").read_text("utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": linked(readme, repository)}

    def _origin(self) -> str:
        command = ["git", "-C", self.root, "remote", "get-url", "origin"]
        try:
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
        except (OSError, subprocess.CalledProcessError):
            return ""


def source(remote: str) -> str:
    """Return the address of a repository by its remote, without the name or token of whoever cloned it.

    >>> source("git@code.example:sdp/sdp-matrix.git")
    'https://code.example/sdp/sdp-matrix'
    >>> source("../elsewhere")
    ''
    """
    found = _REMOTE.fullmatch(remote)
    return f"https://{found['host']}/{found['path']}" if found else ""


def urls(repository: str) -> dict[str, str]:
    """Return label to address; where the repository has none, that of the briefings which the data begin with."""
    briefings = {"Briefings": "https://www.europarl.europa.eu/thinktank"}
    if not repository:
        return briefings
    return {
        "Source": repository,
        "Documentation": f"{repository}/blob/HEAD/docs",
        "Changelog": f"{repository}/blob/HEAD/CHANGELOG.md",
        "Issues": f"{repository}/issues",
        **briefings,
    }


def linked(readme: str, repository: str) -> str:
    """Return a README whose links also work where it stands alone; without a repository they become plain text.

    >>> linked("![T](docs/t.svg) and [how](docs/how.md)", "https://code.example/sdp")
    '![T](https://code.example/sdp/raw/HEAD/docs/t.svg) and [how](https://code.example/sdp/blob/HEAD/docs/how.md)'
    >>> linked("![T](docs/t.svg) and [how](docs/how.md)", "")
    ' and how'
    """

    def link(found: re.Match[str]) -> str:
        image, text, path = found.groups()
        if not repository:
            return "" if image else text
        return f"{image}[{text}]({repository}/{'raw' if image else 'blob'}/HEAD/{path})"

    return _LINK.sub(link, readme)
