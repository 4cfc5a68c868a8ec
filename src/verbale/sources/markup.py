"""Markup trees to pieces of text, without recursion; and the guards that a hostile tree meets before anything walks it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from verbale.core import BlockKind, Settings, VerbaleError
from verbale.sources.assembly import Piece

# Two line breaks in a row are how old pages part their paragraphs; one only ends a line.
_BREAKS = re.compile(r"\n[ \t]*\n\s*")
_SPACES = re.compile(r"[ \t\r\n\f]+")
# An entity of one's own is the tool of every XML bomb, and of nothing that we read.
_ENTITY = re.compile(r"<!ENTITY|<!ATTLIST", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?P<subset>\[)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scheme:
    """Which elements of a vocabulary make blocks, which stand beside the text, which are passed over, and which break a line.

    `containers` hold blocks; text that stands in one directly is a paragraph.
    `aside` elements (notes, captions) are set after the block that they interrupt. `headless` names elements whose heads are
    captions, no headings.
    """

    blocks: Mapping[str, BlockKind]
    containers: Collection[str] = ()
    aside: Collection[str] = ()
    skipped: Collection[str] = ()
    breaks: Collection[str] = ()
    headless: Collection[str] = ()
    # The elements that hold the cells of one row, and the rows of one table.
    rows: Collection[str] = ()
    tables: Collection[str] = ()

    def frames(self, name: str) -> bool:
        """Tell whether an element's text stands apart from the text around it."""
        return name in self.blocks or name in self.containers or name in self.aside


@dataclass(slots=True)
class _Frame:
    name: str
    kind: BlockKind
    aside: bool = False
    parts: list[str] = field(default_factory=list)
    cell: tuple[int, int, int] | None = None


@dataclass(slots=True)
class _Place:
    """Where a walk stands among tables: the numbers of the table, the row and the cell begun last."""

    table: int = -1
    row: int = -1
    column: int = -1

    def enter(self, name: str, kind: BlockKind, scheme: Scheme) -> None:
        """Count an element that begins."""
        if name in scheme.tables:
            self.table, self.row = self.table + 1, -1
        elif name in scheme.rows:
            self.row, self.column = self.row + 1, -1
        elif kind == "table" and scheme.blocks.get(name) == "table":
            self.column += 1


def parse_xml(data: bytes, *, path: str, settings: Settings) -> Any:
    """Parse XML without entities, DTDs or network, and return its root.

    Own entities raise `xml-declarations`, faults `file-broken`, nesting or size beyond the limit `markup-too-deep`.
    """
    has_doctype = check_prolog(data, path=path)
    # Ids that occur twice are no fault for us, so they are not collected; but to that end lxml sets a flag for which libxml2
    # would load the DTD that a DOCTYPE names, so with a DOCTYPE they are.
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, collect_ids=has_doctype, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(getattr(error, "msg", error))
        if "depth" in reason.lower():
            raise _too_deep(path, "nested too deeply", settings) from error
        code = "xml-declarations" if "ntity '" in reason or "EntityRef" in reason else "file-broken"
        raise VerbaleError(code, path=path, kind="XML", reason=reason) from error
    check_tree(root, path=path, settings=settings)
    if next(root.iter(etree.Entity), None) is not None:
        raise VerbaleError("xml-declarations", path=path, reason="a reference to an entity that the file does not hold")
    return root


def check_prolog(data: bytes, *, path: str) -> bool:
    """Tell whether XML has a DOCTYPE; one that declares entities raises `xml-declarations`, in whatever encoding."""
    text = data.replace(b"\x00", b"").decode("latin-1")
    doctype = _DOCTYPE.search(text)
    if doctype and doctype["subset"] and _ENTITY.search(text, doctype.end()):
        raise VerbaleError("xml-declarations", path=path, reason="its DOCTYPE declares entities")
    return doctype is not None


def check_tree(root: Any, *, path: str, settings: Settings, elements: int | None = None) -> None:
    """Raise `markup-too-deep` where a tree is nested more deeply, or has more `elements`, than the settings allow."""
    elements = elements or settings.max_markup_elements
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth, count = depth + 1, count + 1
        if depth > settings.max_markup_depth:
            raise _too_deep(path, f"{depth} levels or more", settings)
        if count > elements:
            raise _too_deep(path, f"over {elements:,} elements", settings, elements)


def local_name(element: Any) -> str:
    """Return an element's name without its namespace; comments and instructions have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def plain_text(element: Any, scheme: Scheme) -> str:
    """Return the text of an element on one line, without what stands beside it."""
    return " ".join(piece.text for piece in pieces_of(element, scheme, beside=False)).strip()


def pieces_of(root: Any, scheme: Scheme, *, stop: Collection[Any] = (), beside: bool = True) -> Iterator[Piece]:
    """Yield the pieces of text below an element in order; elements in `stop` are passed over, notes too unless `beside`."""
    frames = [_Frame("", "paragraph")]
    deferred: list[Piece] = []
    waiting: list[tuple[bool, Any]] = [(True, root)]
    place = _Place()
    while waiting:
        opening, element = waiting.pop()
        name = local_name(element)
        if not opening:
            if frames[-1].name == name and scheme.frames(name):
                yield from _close(frames, deferred, scheme)
            if element is not root and element.tail:
                frames[-1].parts.append(_SPACES.sub(" ", element.tail))
            continue
        waiting.append((False, element))
        if not name or name in scheme.skipped or element in stop or (not beside and name in scheme.aside):
            continue
        if name in scheme.breaks:
            frames[-1].parts.append("" if element.get("break") == "no" else "\n")
        elif name in scheme.aside:
            frames.append(_Frame(name, "paragraph", aside=True))
        elif scheme.frames(name):
            yield from _flush(frames, deferred)
            kind = _kind(name, element, frames[-1], scheme)
            place.enter(name, kind, scheme)
            told = kind == "table" and scheme.rows and place.row >= 0
            cell = (place.table, place.row, max(0, place.column)) if told else None
            frames.append(_Frame(name, kind, aside=frames[-1].aside, cell=cell))
        if element.text:
            frames[-1].parts.append(_SPACES.sub(" ", element.text))
        waiting.extend((True, child) for child in reversed(element))
    while len(frames) > 1:
        yield from _close(frames, deferred, scheme)
    yield from _flush(frames, deferred)
    yield from deferred


def _kind(name: str, element: Any, parent: _Frame, scheme: Scheme) -> BlockKind:
    kind = scheme.blocks.get(name, "paragraph")
    if kind == "heading" and local_name(element.getparent()) in scheme.headless:
        return "paragraph"
    # A paragraph of a list item or of a cell is what it stands in.
    return parent.kind if kind == "paragraph" and parent.kind in ("list_item", "table") else kind


def _flush(frames: list[_Frame], deferred: list[Piece]) -> Iterator[Piece]:
    frame = frames[-1]
    text = "".join(frame.parts)
    frame.parts.clear()
    for part in _BREAKS.split(text):
        if not part.strip():
            continue
        piece = Piece(frame.kind, part.strip(), frame.cell)
        if frame.aside:
            deferred.append(piece)
        else:
            yield piece


def _close(frames: list[_Frame], deferred: list[Piece], scheme: Scheme) -> Iterator[Piece]:
    """End a block; what was set aside comes out as soon as no paragraph is open that it would interrupt."""
    yield from _flush(frames, deferred)
    frames.pop()
    if not any(frame.aside or frame.name in scheme.blocks for frame in frames):
        if deferred:
            yield from _flush(frames, deferred)
        yield from deferred
        deferred.clear()


def _too_deep(path: str, size: str, settings: Settings, elements: int | None = None) -> VerbaleError:
    allowed = f"{settings.max_markup_depth} levels and {elements or settings.max_markup_elements:,} elements"
    return VerbaleError("markup-too-deep", path=path, size=size, allowed=allowed)
