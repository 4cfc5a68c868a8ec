"""The library's letters for former members of the United Nations lead to codes of ours, as the conversion of codes has them."""

from __future__ import annotations

from verbale.records.datasets.un_votes import _FORMER
from verbale.vocab.code_systems import system
from verbale.vocab.conversion import convert_code
from verbale.vocab.country_codes import states


def test_every_former_member_has_the_code_that_the_conversion_gives() -> None:
    assert set(_FORMER.values()) <= states().codes
    for letters, code in _FORMER.items():
        if letters in system("iso3").by_code:  # the library has letters of its own as well
            assert convert_code(letters, from_="iso3", to="code", members_only=False).code == code, letters
