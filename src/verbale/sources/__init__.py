"""Files, folders and corpora to `Document`s, or to a `Rejection` with its reason; fetches nothing and trusts nothing."""

from verbale.sources.dates import iso_date
from verbale.sources.formats import READERS, detect_format
from verbale.sources.paths import find_files
from verbale.sources.reader import read
from verbale.sources.text_places import open_text
from verbale.sources.word_places import Stretch, open_word

__all__ = ["READERS", "Stretch", "detect_format", "find_files", "iso_date", "open_text", "open_word", "read"]
