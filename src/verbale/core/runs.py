"""The provenance of a coding run: which version, which options, which model, when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a coder over documents; `options` is canonical JSON, `vocabulary` the hash of the vocabulary files."""

    run_id: str
    started: datetime.datetime
    version: str
    coder: str
    coder_version: str
    model: str
    vocabulary: str
    options: str
