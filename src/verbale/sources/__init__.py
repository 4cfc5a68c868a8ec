"""Files, folders and corpora to `Document`s, or to a `Rejection` with its reason; fetches nothing and trusts nothing."""

from verbale.sources.dates import iso_date
from verbale.sources.formats import READERS, detect_format
from verbale.sources.paths import find_files
from verbale.sources.reader import read

__all__ = ["READERS", "detect_format", "find_files", "iso_date", "read"]
