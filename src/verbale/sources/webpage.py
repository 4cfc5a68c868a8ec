"""Web pages: the article of a page, without menu, sidebar and footer, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import replace
from typing import Any

import lxml.html
import trafilatura
from lxml import etree
from trafilatura.settings import use_config

from verbale.core import Document, Rejection, VerbaleError
from verbale.sources.assembly import About, Piece, compose, finish, raise_figures, split_datelines
from verbale.sources.dates import iso_date
from verbale.sources.encoding import decode
from verbale.sources.intake import Intake
from verbale.sources.markup import Scheme, check_tree, pieces_of

# The elements of trafilatura's own result.
_SCHEME = Scheme(
    blocks={
        "p": "paragraph", "head": "heading", "item": "list_item", "cell": "table", "quote": "paragraph", "code": "paragraph",
    },
    containers=("list", "table", "row"),
    skipped=("graphic", "del"),
    breaks=("lb",),
    rows=("row",),
    tables=("table",),
)  # fmt: skip
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_OWN_PAGE = re.compile(rb'<meta name="generator" content="Verbale ')
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Elements of real pages have a dozen attributes, of generated ones some fifty.
_MAX_ATTRIBUTES = 1_000
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LINE_SEPARATOR = "\u2028"
_BREAK = re.compile(rf"\s*[\n{_LINE_SEPARATOR}]\s*")
_FINAL = re.compile(r"""[.!?:;][)\]"'”’»]*$""")
# What no reader sees: trafilatura drops these too, but only after it has walked the tree.
_UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe", "object")


def read_webpage(intake: Intake) -> Iterator[Document | Rejection]:
    """Read a page's main text as one document; title, author, date and site come from its metadata."""
    data = intake.read()
    if _OWN_PAGE.search(data[:4096]):  # its quotes would be coded as if they were told once more
        raise VerbaleError("file-own-page", path=intake.path)
    declared = _CHARSET.search(data[:4096])
    page = decode(data, path=intake.path, declared=declared[1].decode("ascii") if declared else None)
    tree = _tree(_DECLARATION.sub("", page).replace("\x00", ""), intake)
    result: Any = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        # A date is kept where the page states it; searched for in its text, the year of a copyright notice would do.
        date_extraction_params={"extensive_search": False, "original_date": True},
        config=_config(),
    )
    if result is None or result.body is None:
        raise VerbaleError("file-no-text", path=intake.path, reason="the page has no main text")
    text, blocks = compose(_pieces(result.body))
    blocks, line = split_datelines(text, blocks)
    about = About(result.title, result.author, iso_date(result.date), result.sitename)
    if line:
        about = replace(about, date=about.date or line.date, place=line.place)
    yield finish(intake, text, blocks, about, form="html")


def _config() -> ConfigParser:
    config: ConfigParser = use_config()
    # Below this many characters trafilatura distrusts its structured result and falls back to bare text, in which headings and
    # paragraphs run together. Short dispatches are common here.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "25")
    return config


def _check_tags(page: str, intake: Intake) -> None:
    """Refuse a tag with thousands of attributes: libxml2 compares each with all before it, for minutes.

    Long values, as of pictures that stand in the page, are no harm.
    """
    start = page.find("<")
    while start >= 0:
        end = page.find(">", start)
        end = len(page) if end < 0 else end
        if end - start > 2 * _MAX_ATTRIBUTES and page.count(" ", start, end) + page.count("\n", start, end) > _MAX_ATTRIBUTES:
            count = len(_QUOTED.sub("", page[start:end]).split())
            if count > _MAX_ATTRIBUTES:
                allowed = f"{_MAX_ATTRIBUTES:,} attributes in a tag"
                raise VerbaleError(
                    "markup-too-deep", path=intake.path, size=f"{count:,} attributes in one tag", allowed=allowed
                )
        start = page.find("<", end)


def _tree(page: str, intake: Intake) -> Any:
    _check_tags(page, intake)
    try:
        tree = lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(huge_tree=False, remove_pis=True))
    except (etree.ParserError, ValueError) as error:
        raise VerbaleError("file-empty", path=intake.path) from error
    check_tree(tree, path=intake.path, settings=intake.settings, elements=intake.settings.max_page_elements)
    for element in tree.iter():
        # A line end in the source is a space on the page, except in preformatted text.
        if element.tag != "pre" and element.text:
            element.text = _SPACES.sub(" ", element.text)
        parent = element.getparent()
        if element.tail and (parent is None or parent.tag != "pre"):
            element.tail = _SPACES.sub(" ", element.tail)
    for element in list(tree.iter("sup")):  # the mark of a note, mostly a link
        words = "".join(element.itertext())
        if (raised := raise_figures(words)) != words:
            tail = element.tail
            element.clear()
            element.text, element.tail = raised, tail
    etree.strip_elements(tree, *(name for name in _UNSEEN if name != "script"), with_tail=False)
    return tree


def _pieces(body: Any) -> Iterator[Piece]:
    """Yield the article's pieces, parted at line breaks too: old pages have no other mark of a paragraph.

    A break within a sentence only ends a line: nothing final stands before it, and the next line goes on in small letters.
    """
    for element in body.iter():
        # Where trafilatura had to fall back, it parts paragraphs by line ends alone.
        for part in ("text", "tail"):
            words = getattr(element, part)
            if words and "\n" in words:
                setattr(element, part, words.replace("\n", _LINE_SEPARATOR))
    for piece in pieces_of(body, _SCHEME):
        line = ""
        for following in _BREAK.split(piece.text):
            if line and following and (_FINAL.search(line) or not following[0].islower()):
                yield piece._replace(text=line)
                line = following
            else:
                line = f"{line} {following}".strip()
        yield piece._replace(text=line)
