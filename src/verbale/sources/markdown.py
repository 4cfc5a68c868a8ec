"""Markdown: paragraphs, headings, list items and tables as a CommonMark parser sees them, and the front matter's facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from verbale.core import BlockKind, Document, Rejection
from verbale.sources.assembly import About, Piece, compose, finish, leading_title, raise_figures, split_datelines
from verbale.sources.dates import iso_date
from verbale.sources.encoding import decode, normalise
from verbale.sources.intake import Intake

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|author|date|source|place)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_TAG = re.compile(r"<!--(?:(?!<!--|-->).)*-->|</?[A-Za-z][^<>]*>", re.DOTALL)
# "[^1]: https://..." is a note, which CommonMark would take for the target of a link and leave out.
_NOTE = re.compile(r"^( {0,3})(?=\[\^[^\]\s]{1,40}\]:)", re.MULTILINE)
# "the treaty^1^" of Pandoc, and "<sup>1</sup>"
_SUPERSCRIPT = re.compile(r"\^(\d{1,3})\^")
_PARSER = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def read_markdown(intake: Intake) -> Iterator[Document | Rejection]:
    """Read a Markdown file as one document; marks, link targets, pictures and blocks of code are left out of its text."""
    text = normalise(decode(intake.read(), path=intake.path))
    about, body = front_matter(text)
    text, blocks = compose(_pieces(_PARSER.parse(_NOTE.sub(r"\1\\", body))))
    blocks, line = split_datelines(text, blocks)
    if line:
        about = replace(about, date=about.date or line.date, place=about.place or line.place)
    about = replace(about, title=about.title or leading_title(text, blocks))
    yield finish(intake, text, blocks, about, form="markdown")


def front_matter(text: str) -> tuple[About, str]:
    """Return title, author, date, source and place from a front matter of `key: value` lines, and the text below it."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return About(), text
    fields = {key.lower(): value.strip("\"'") or None for key, value in _FIELD.findall(match[1])}
    fields["date"] = iso_date(fields.get("date"))
    return About(**fields), text[match.end() :]


def _pieces(tokens: list[Token]) -> Iterator[Piece]:
    kinds: list[BlockKind] = []
    opened: dict[str, BlockKind] = {"heading": "heading", "list_item": "list_item", "td": "table", "th": "table"}
    table = row = column = -1
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.type == "table_open":
            table, row = table + 1, -1
        elif token.type == "tr_open":
            row, column = row + 1, -1
        elif name in opened and token.nesting == 1:
            kinds.append(opened[name])
            column += kinds[-1] == "table"
        elif name in opened and token.nesting == -1:
            kinds.pop()
        elif token.type == "inline":
            kind = kinds[-1] if kinds else "paragraph"
            yield Piece(kind, _inline(token), (table, row, column) if kind == "table" else None)
        elif token.type == "html_block":
            yield Piece("paragraph", _TAG.sub(" ", token.content))


def _inline(token: Token) -> str:
    parts: list[str] = []
    raised = False
    for child in token.children or ():
        if child.type == "html_inline":
            raised = child.content.lower().startswith("<sup")
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "code_inline":
            parts.append(child.content)
        elif child.type == "text":
            text = raise_figures(child.content) if raised else child.content
            parts.append(_SUPERSCRIPT.sub(lambda match: raise_figures(match[1]), text))
    return "".join(parts)
