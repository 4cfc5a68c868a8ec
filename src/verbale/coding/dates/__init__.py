"""When things happened: the dates of a text, resolved along its narrative.

The rules are our own because narrative dates ("on the 30th ... two days later ... the following spring") need the reading
order of a document, a licence for every bare number, and speed, none of which a general date library offers.
"""

from verbale.coding.dates.eras import Era, Eras, load_eras, read_eras
from verbale.coding.dates.find import find_dates
from verbale.coding.dates.mention import Bound, DateMention, Kind, Need
from verbale.coding.dates.timeline import DateTimeline, InheritedDate, date_document, inherited, nearest

__all__ = [
    "Bound",
    "DateMention",
    "DateTimeline",
    "Era",
    "Eras",
    "InheritedDate",
    "Kind",
    "Need",
    "date_document",
    "find_dates",
    "inherited",
    "load_eras",
    "nearest",
    "read_eras",
]
