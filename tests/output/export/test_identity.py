from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.participants import Participant, fold
from midtvejs.output.export import identity as module
from midtvejs.output.export.identity import file_names, identity, slug
from tests.output.midsummer import midsummer

FILE_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,120}[a-z0-9])?")


def people(names: dict[str, str]) -> list[Participant]:
    return [Participant(name=name, email=email, wishes=()) for email, name in names.items()]


@given(st.dictionaries(st.text().filter(fold), st.text(), max_size=8))
def test_everybody_has_a_file_of_their_own_within_the_folder(names: dict[str, str]) -> None:
    signed_up = {person.key: person for person in people(names)}
    found = file_names(signed_up.values())
    assert found.keys() == signed_up.keys()
    assert len(set(found.values())) == len(signed_up)
    assert all(FILE_NAME.fullmatch(name) for name in found.values())


def test_a_file_is_known_by_the_name() -> None:
    found = file_names(people({"aase@example.dk": "Åse  Ærø-Løvgreen Üçok", "x@y": "../../etc", "z": "漢字"}))
    names = [name.rpartition("-") for name in found.values()]
    assert [start for start, _, _ in names] == ["aase-aeroe-loevgreen-ucok", "etc", ""]
    assert all(re.fullmatch("[0-9a-f]{8}", end) for _, _, end in names)


def test_digests_grow_until_all_names_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SHORTEST_DIGEST", 1)
    found = file_names(people({f"{number}@example.dk": "Bo" for number in range(40)}))
    assert len(set(found.values())) == 40
    assert len({len(name) for name in found.values()}) == 1


def test_the_same_thing_of_the_same_day_is_itself_and_nothing_else() -> None:
    event = midsummer().event
    assert identity(event, "session", "1A") == identity(replace(event, venue=None), "session", "1A")
    others = {
        identity(event, "session", "1A"),
        identity(event, "session", "1B"),
        identity(event, "session1A"),
        identity(replace(event, name="En anden"), "session", "1A"),
        identity(replace(event, date=event.date.replace(year=2019)), "session", "1A"),
    }
    assert len(others) == 5


def test_slugs() -> None:
    assert slug("Pecha Kucha: Runde 1", "_") == "pecha_kucha_runde_1"
    assert slug("") == slug("🎈!") == ""
    assert slug("a" * 39 + " b") == "a" * 39
