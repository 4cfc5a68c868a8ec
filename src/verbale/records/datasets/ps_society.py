"""Societies and their ties: memberships in international organisations, trade, and ethnic and religious fractionalisation."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from verbale.records.catalogue import Column
from verbale.records.datasets import cow_trade
from verbale.records.datasets.peacesciencer import CCODE, GWCODE, STATE, YEAR, copy, numbers, pair, pair_codes, wholes

ORGANISATIONS: Final = """@article{pevehouse_etal_2020,
  author = {Pevehouse, Jon C. W. and Nordstrom, Timothy and McManus, Roseanne W. and Jamison, Anne Spencer},
  title = {Tracking Organizations in the World: The {Correlates of War} {IGO} Version 3.0 Datasets},
  journal = {Journal of Peace Research},
  year = {2020},
  volume = {57},
  number = {3},
  pages = {492--503}
}"""
GROUPS: Final = """@techreport{nardulli_etal_2012,
  author = {Nardulli, Peter F. and Wong, Cara J. and Singh, Ajay and Peyton, Buddy and Bajjalieh, Joseph},
  title = {The Composition of Religious and Ethnic Groups ({CREG}) Project},
  institution = {Cline Center for Democracy},
  year = {2012}
}"""
HISTORICAL_INDEX: Final = """@article{drazanova_2020,
  author = {Dra{\\v{z}}anov{\\'a}, Lenka},
  title = {Introducing the Historical Index of Ethnic Fractionalization ({HIEF}) Dataset: Accounting for Longitudinal Changes
           in Ethnic Diversity},
  journal = {Journal of Open Humanities Data},
  year = {2020},
  volume = {6},
  number = {6},
  doi = {10.5334/johd.16}
}"""
SHARED_MEMBERSHIPS: Final = copy(
    name="ps-cow-igos",
    title="COW International Governmental Organizations 3.0: memberships that two states share",
    frame="cow_igo_ndy",
    edition="3",
    years=(1816, 2014),
    rows=917_695,
    citation=ORGANISATIONS,
    columns=(*pair("ccode"), YEAR, *wholes(dyadigos="organisations in which both are full members")),
    states=pair_codes("ccode"),
    key=("ccode1", "ccode2", "year"),
    note="Each pair stands once in a year, the lower number first.",
)
MEMBERSHIPS: Final = copy(
    name="ps-cow-igos-national",
    title="COW International Governmental Organizations 3.0: memberships of states",
    frame="cow_igo_sy",
    edition="3",
    years=(1816, 2014),
    rows=15_557,
    citation=ORGANISATIONS,
    columns=(
        CCODE,
        YEAR,
        *wholes(
            sum_igo_full="organisations in which it is a full member",
            sum_igo_associate="organisations in which it is an associate member",
            sum_igo_observer="organisations in which it is an observer",
            sum_igo_anytype="organisations in which it has any of these memberships",
        ),
    ),
    states=(STATE,),
    key=("ccode", "year"),
)
TRADE: Final = copy(
    name="ps-cow-trade-national",
    title="COW Trade 4.0: imports and exports of states",
    frame="cow_trade_sy",
    edition="4",
    years=(1870, 2014),
    rows=14_410,
    citation=cow_trade.CITATION,
    columns=(
        CCODE,
        YEAR,
        *numbers(
            imports="total imports, million current US dollars",
            exports="total exports, million current US dollars",
        ),
    ),
    states=(STATE,),
    key=("ccode", "year"),
)
CREG: Final = copy(
    name="ps-creg",
    title="Composition of Religious and Ethnic Groups: fractionalisation and polarisation",
    frame="creg",
    edition="2012",
    years=(1945, 2013),
    rows=11_523,
    citation=GROUPS,
    columns=(
        CCODE,
        GWCODE,
        Column("creg_ccode", pa.int16(), "number of the state in the source, near to that of Correlates of War"),
        YEAR,
        *numbers(
            ethfrac="ethnic fractionalisation, 0 to 1",
            ethpol="ethnic polarisation, 0 to 1",
            relfrac="religious fractionalisation, 0 to 1",
            relpol="religious polarisation, 0 to 1",
        ),
    ),
    states=(STATE,),
    key=("creg_ccode", "year"),
    note="Serbia or Yugoslavia and Russia or the Soviet Union have two rows each about 1991.",
)
HIEF: Final = copy(
    name="ps-hief",
    title="Historical Index of Ethnic Fractionalization",
    frame="hief",
    edition="2020",
    years=(1945, 2013),
    rows=8_808,
    citation=HISTORICAL_INDEX,
    columns=(CCODE, GWCODE, YEAR, *numbers(efindex="ethnic fractionalisation, 0 to 1")),
    states=(STATE,),
    key=(),
    note="A state that fell apart has two rows in the year.",
)
DATASETS: Final = (SHARED_MEMBERSHIPS, MEMBERSHIPS, TRADE, CREG, HIEF)
