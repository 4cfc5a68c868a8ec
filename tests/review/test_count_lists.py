"""What a list of members may be: offices beside names, initials, words put in between, and how few and how many there are."""

from __future__ import annotations

import pytest
from tests.review.test_arithmetic import parsed

from verbale.review import review
from verbale.review.checks.count_items import is_office, split_names, unbracketed, undotted
from verbale.review.checks.count_spelt import members
from verbale.review.quantities import find_quantities


def test_a_list_has_no_fewer_and_no_more_members_than_it_may_have() -> None:
    assert members("Anna, Karl VI, Otto of Fulda and the towns of the league") == range(4, 5)
    assert members("Otto Weiss, the founder, Karl Huber, Secretary of State, and Anton Kern") == range(3, 6)
    assert members("Emden and Bremen in 1804, Danzig in 1805 and Riga in 1807") == range(2, 5)
    assert members("of Parma, of Modena and of Lucca", of="of") == range(3, 4)


@pytest.mark.parametrize("listed", ["Saxony and the two duchies", "Ulm was taken, and Metz", "Sweden alone"])
def test_what_is_no_plain_list_has_no_number(listed: str) -> None:
    assert members(listed) is None


def test_the_office_of_a_name_is_no_member() -> None:
    assert is_office("Secretary of State")
    assert is_office("foreign minister")
    assert not is_office("Marshal Foch")
    assert split_names("John Doe, Secretary of War, and Karl Huber") == ["John Doe", "Karl Huber"]


def test_the_full_stop_of_an_initial_ends_nothing() -> None:
    assert undotted("R. Nagy for Hungary met Gen. Popov. Then A left.") == "R_ Nagy for Hungary met Gen_ Popov. Then A left."


def test_what_is_put_in_between_is_no_member() -> None:
    assert unbracketed("Kars (old Kars, too) and, for a time, Batum") == "Kars and Batum"


@pytest.mark.parametrize("text", ["the Three-Power Pact", "the Ten-Year Rule", "the old one had left", "a bigger one is there"])
def test_a_number_in_a_title_or_a_pronoun_counts_nothing(text: str) -> None:
    assert find_quantities(text) == ()


def test_a_number_before_a_common_word_counts() -> None:
    assert [each.value for each in find_quantities("a three-power pact and one ship")] == [3, 1]


def test_notes_joined_in_a_paragraph_are_read_one_by_one() -> None:
    notes = "[^1]: Horn, The Sound, parts 2 and 3. [^2]: Lane, Venice, Genoa, and the Straits, p. 12. [^3]: Kern, Ulm, ch. 4."
    assert review(parsed(notes), only=["count-arithmetic"]) == []
