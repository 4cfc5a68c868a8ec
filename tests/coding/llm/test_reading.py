"""Which texts of answers are read as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.coding.llm import LONGEST_ANSWER, read_answer

GOOD = '{"events": [{"quote": "a } b"}]}'


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        f"  {GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"Here it is:\n```\n{GOOD}\n```\nI hope this helps.",
        f"Here it is: {GOOD} I hope this helps.",
        f"<think>Is it {{}}? Or {GOOD}?</think>\n{GOOD}",
        '[{"quote": "a } b"}]',
        GOOD[:-1] + ', "comment": [1, 2]}',
    ],
)
def test_an_answer_is_found_among_what_models_write_around_it(content: str) -> None:
    assert read_answer(content) == [{"quote": "a } b"}]


def test_no_events_are_an_answer_too() -> None:
    assert read_answer('{"events": []}') == []


def test_a_line_break_within_a_quote_is_read() -> None:
    assert read_answer('{"events": [{"quote": "line\nbreak"}]}') == [{"quote": "line\nbreak"}]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "I cannot help with that.",
        '{"events": [',
        '{"events": {"quote": "a"}}',
        '{"events": "none"}',
        '{"acts": []}',
        "[1, 2]",
        "null",
        '{"events": [NaN]}',
        '{"events": [-Infinity]}',
        '{"events": [' + "9" * 10_000 + "]}",
        '{"events": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        "{" * 1_000,
        '{"events": []}' + " " * LONGEST_ANSWER,
    ],
    ids=lambda content: content[:24],
)
def test_what_is_no_json_of_events_is_none(content: str) -> None:
    assert read_answer(content) is None


@given(st.text() | st.text(alphabet='{}[]":,`\n events json1', max_size=60))
def test_no_text_breaks_the_reading(content: str) -> None:
    found = read_answer(content)
    assert found is None or json.dumps(found)
