"""Which version of the program is installed."""

from __future__ import annotations

import importlib.metadata


def version() -> str:
    """Return the version of the installed program."""
    return importlib.metadata.version("verbale")
