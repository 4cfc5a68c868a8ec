"""Reference datasets: origin, edition, terms, citation, and the step from each official file to a table on common keys."""

from verbale.records.catalogue import Address, Column, Dataset, Edition
from verbale.records.datasets import DATASETS, dataset
from verbale.records.descriptor import descriptor
from verbale.records.download import Progress, Watcher
from verbale.records.install import Installed, install
from verbale.records.reading import cite, event_counts, installed, provenance, table, verify
from verbale.records.store import Provenance, data_folder
from verbale.records.visits import visit_events

__all__ = [
    "DATASETS",
    "Address",
    "Column",
    "Dataset",
    "Edition",
    "Installed",
    "Progress",
    "Provenance",
    "Watcher",
    "cite",
    "data_folder",
    "dataset",
    "descriptor",
    "event_counts",
    "install",
    "installed",
    "provenance",
    "table",
    "verify",
    "visit_events",
]
