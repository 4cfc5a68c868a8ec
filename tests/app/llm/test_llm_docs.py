"""The manual names every reason and every option of the second coder, and no reason is there for nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from verbale.app.flows.llm import coder, options
from verbale.app.flows.llm.options import CACHE_VARIABLE, KEY_VARIABLE, LlmOptions
from verbale.coding.llm import DROPPED, LEFT_OUT, checking

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "llm-coder.md").read_text(encoding="utf-8")
SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for module in (coder, options, checking)
    for path in Path(str(module.__file__)).parent.glob("*.py")
    if path.name != "reasons.py"
)


@pytest.mark.parametrize("reason", [*DROPPED, *LEFT_OUT])
def test_every_reason_is_documented_and_used(reason: str) -> None:
    assert f"`{reason}`" in PAGE
    assert f'"{reason}"' in SOURCE


def test_every_option_is_documented_with_its_default() -> None:
    for field in dataclasses.fields(LlmOptions):
        (row,) = [line for line in PAGE.splitlines() if line.startswith("|") and f"`{field.name}`" in line]
        if field.default is not None:
            assert f"{field.default:,.0f}" in row
    assert f"`{KEY_VARIABLE}`" in PAGE
    assert f"`{CACHE_VARIABLE}`" in PAGE
