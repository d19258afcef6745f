from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain import names
from midtvejs.domain.names import LONGEST_NAME, nearly_alike

LETTERS = "abcdeå"
words = st.text(LETTERS, min_size=5, max_size=9)


def meant(*counts: tuple[str, int]) -> dict[str, str]:
    return {near.name: near.meant for near in nearly_alike(dict(counts))}


@pytest.mark.parametrize(
    ("rare", "common"),
    [
        ("Vejle Komune", "Vejle Kommune"),
        ("Vejle Kommmune", "Vejle Kommune"),
        ("Vejle Kommnue", "Vejle Kommune"),
        ("Vejle Kommane", "Vejle Kommune"),
        ("Vejle", "Vejle Kommune"),
        ("Ålborg Kommune", "Aalborg kommune"),
        ("Faaborg Midtfyn", "Fåborg-Midtfyn Kommune"),
        ("COK.", "COK"),
    ],
)
def test_what_may_be_meant(rare: str, common: str) -> None:
    assert meant((rare, 1), (common, 12)) == {rare: common}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vejle Kommune", "Vejen Kommune"),
        ("Skole 1", "Skole 2"),
        ("Skole 10", "Skole 1"),
        ("Skole A", "Skole B"),
        ("North School", "South School"),
        ("Ribe", "Ringe"),
        ("UCL", "UCC"),
        ("!", "?"),
        ("", "Vejle Kommune"),
    ],
)
def test_what_is_something_else(one: str, other: str) -> None:
    assert meant((one, 1), (other, 12)) == {}


def test_many_do_not_make_the_same_slip() -> None:
    assert meant(("Nordskolen", 9), ("Nordskoven", 30)) == {}
    assert meant(("Nordskolen", 2), ("Nordskoven", 30)) == {"Nordskolen": "Nordskoven"}


def test_spellings_that_fold_to_one_name_are_one() -> None:
    (near,) = nearly_alike({"VEJLE KOMMUNE": 1, "Vejle Kommune": 7, "Vejle  kommune": 1, "Vejle": 2})
    assert (near.name, near.count, near.meant, near.of) == ("Vejle", 2, "Vejle Kommune", 9)


def test_thousands_of_names_that_are_alike_take_no_time() -> None:
    counts = {f"Vejle{'!' * (number % 70)}{'?' * (number // 70)}": 1 for number in range(4_900)}
    assert len(nearly_alike(counts)) < 100


@pytest.mark.parametrize("before", ["Nordskole", "Skole i B"])
def test_names_that_all_differ_by_a_slip_are_compared_in_proportion(
    monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    compared = 0
    slipped = names.is_one_slip

    def counted(word: str, other: str) -> bool:
        nonlocal compared
        compared += 1
        return slipped(word, other)

    monkeypatch.setattr(names, "is_one_slip", counted)
    counts = {before + "".join(end): 1 for end in product("bcdefghijklm", repeat=3)}

    assert len(nearly_alike(counts)) > 1_000
    assert compared < 10 * len(counts)


def test_no_slip_is_looked_for_in_a_very_long_name() -> None:
    assert meant(("c" * LONGEST_NAME, 9), ("c" * (LONGEST_NAME - 1) + "b", 1))
    assert not meant(("c" * (LONGEST_NAME + 1), 9), ("c" * LONGEST_NAME + "b", 1))
    assert meant(("c" * 99 + " Kommune", 9), ("c" * 99, 1))


@given(words, st.integers(0, 8), st.sampled_from("abcde"), st.sampled_from(["drop", "add", "change", "swap"]))
def test_every_slip_of_one_letter_is_found(word: str, at: int, letter: str, slip: str) -> None:
    at %= len(word) - 1
    wrong = {
        "drop": word[:at] + word[at + 1 :],
        "add": word[:at] + letter + word[at:],
        "change": word[:at] + letter + word[at + 1 :],
        "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[slip]
    # Two a are an å.
    alike = wrong.replace("aa", "å") == word.replace("aa", "å")
    assert "aa" in word + wrong or meant((wrong, 1), (word, 12)) == ({wrong: word} if wrong != word else {})
    assert not alike or wrong == word or meant((wrong, 1), (word, 12)) == {wrong: word}


@given(st.dictionaries(words, st.integers(1, 30), max_size=8))
def test_the_order_of_names_changes_nothing(counts: dict[str, int]) -> None:
    assert nearly_alike(counts) == nearly_alike(dict(reversed(counts.items())))
