"""Reference datasets: origin, edition, terms, citation, and the step from each official file to a table on common keys."""

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import DATASETS, dataset
from verbale.records.descriptor import descriptor
from verbale.records.install import Installed, install
from verbale.records.reading import cite, installed, provenance, table, verify
from verbale.records.store import Provenance, data_folder

__all__ = [
    "DATASETS",
    "Column",
    "Dataset",
    "Edition",
    "Installed",
    "Provenance",
    "cite",
    "data_folder",
    "dataset",
    "descriptor",
    "install",
    "installed",
    "provenance",
    "table",
    "verify",
]
