"""The cache of answers: a folder with one JSON file for each, named by the hash of what was asked.

A folder, and not a caching library, because that is all there is to it: an answer never goes out of date, a file that is
moved into place whole survives any crash and any second process, and a reader can look at it. The usual library, diskcache,
has had no release since 2023 and unpickles what it finds (CVE-2025-69872).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from verbale.app.flows.common import whole_file
from verbale.core import VerbaleError


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the text, what was wrong with it (a code of `DROPPED`), and the tokens as the server counts."""

    content: str
    fault: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None


class AnswerFolder:
    """The answers that are kept, by what was asked."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder; it is made when the first answer comes."""
        self.folder = folder

    @staticmethod
    def key(question: dict[str, Any]) -> str:
        """Return the hash of everything that an answer depends on."""
        return hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()

    def get(self, key: str) -> Answer | None:
        """Return a kept answer; one that cannot be read counts as none."""
        try:
            answer = Answer(**json.loads(self._path(key).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return answer if isinstance(answer.content, str) else None

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer. Raises VerbaleError `output-unwritable`."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise VerbaleError("output-unwritable", path=path, reason=error.strerror or str(error)) from error
        with whole_file(path) as file:
            file.write(json.dumps(asdict(answer)).encode("utf-8"))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
