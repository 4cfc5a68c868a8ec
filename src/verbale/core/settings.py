"""Limits and options that a user may change, with the reason for every default."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """What reading and coding may spend on one input.

    The size limits are far above any article or volume of records (a *Foreign Relations* volume is about 5 MB of TEI) and
    far below what would exhaust a laptop with 8 GB. Pages that people write nest their markup 10 to 60 deep and have fewer
    than 20,000 elements; nesting beyond 256 is cut off by libxml2, so that text would be lost without a word.
    Finding the article of a page with 50,000 elements takes some five seconds.
    The largest dictionary of actors that is passed round (Phoenix.Countries) has 1.5 MB and some 65,000 lines.
    The largest published file of reference data is 364 MB (votes of the UN Digital Library). A host that sends nothing for half
    a minute has most likely gone; a try more than three rarely helps, and the tries wait one, two and three seconds.
    """

    max_file_bytes: int = 100 * MEGABYTE
    max_document_characters: int = 5_000_000
    max_unpacked_bytes: int = 400 * MEGABYTE
    max_line_characters: int = 20_000_000
    max_pdf_pages: int = 5_000
    max_markup_depth: int = 200
    max_markup_elements: int = 300_000
    max_page_elements: int = 50_000
    max_vocabulary_bytes: int = 20 * MEGABYTE
    max_vocabulary_lines: int = 300_000
    max_download_bytes: int = 1_000 * MEGABYTE
    download_timeout: float = 30.0
    download_retries: int = 3
    min_confidence: float = 0.0
