"""From a `Document` to `Sentence`s with heads and labels; the only room that imports spaCy.

Sentences are split first (`split`), so that those which cannot hold an event need no parse; the others go through a `Parser`.
"""

from verbale.parse.component import TreeParser
from verbale.parse.parser import Parser, load_parser
from verbale.parse.splitting import split

__all__ = ["Parser", "TreeParser", "load_parser", "split"]
