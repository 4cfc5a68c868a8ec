"""Puts footnotes and endnotes into Word files made by tests, as Word itself does; python-docx reads and writes none."""

from __future__ import annotations

from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refer(paragraph: Any, number: int, *, kind: str = "footnote") -> None:
    """Append the reference to a note of a number to a paragraph."""
    run = OxmlElement("w:r")
    reference = OxmlElement(f"w:{kind}Reference")
    reference.set(qn("w:id"), str(number))
    run.append(reference)
    paragraph._p.append(run)


def add_notes(word: Any, notes: dict[int, str], *, kind: str = "footnote") -> None:
    """Add the part that holds the notes: each a paragraph or several (parted by a bar), after the line that Word puts first."""
    said = "".join(
        f'<w:{kind} w:id="{number}">'
        + "".join(f"<w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t> {text}</w:t></w:r></w:p>" for text in words.split("|"))
        + f"</w:{kind}>"
        for number, words in notes.items()
    )
    line = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    content = f'<?xml version="1.0" encoding="UTF-8"?><w:{kind}s xmlns:w="{W}">{line}{said}</w:{kind}s>'
    form = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), form, content.encode(), word.part.package)
    word.part.relate_to(part, f"{RELATION}/{kind}s")
