"""The constants of a search: each makes sense, has its reason, and reaches all that go by it."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from inspect import getsource
from pathlib import Path

import pytest

import midtvejs.solving
from midtvejs.domain.program import Room
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.limits import DEFAULT, Limits
from midtvejs.solving.rooms import with_good_rooms
from midtvejs.solving.stop import Stop
from tests.conferences import person, program
from tests.solving.cases import case_for

NAMES = [field.name for field in fields(Limits)]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "given_up"])
@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_what_makes_no_sense_is_refused_by_name(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=rf"^{name} is {value}, but must be [01] at least"):
        replace(DEFAULT, **{name: value})  # type: ignore[arg-type] # what is refused, whatever its type


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("passes", 0, "passes is 0, but must be 1 at least"),
        ("given_up", (4, 1), "given_up must rise"),
        ("given_up", (0, 1), "given_up must rise"),
        ("worthwhile", 1.5, "worthwhile is a part of the whole, not 1.5"),
        ("breath", 0, "breath must be above 0"),
    ],
)
def test_some_have_bounds_of_their_own(name: str, value: object, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        replace(DEFAULT, **{name: value})  # type: ignore[arg-type] # what is refused, whatever its type


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ValueError, match=r"^evaluations is 0, .*; freed is 0, "):
        Limits(evaluations=0, freed=0)


@pytest.mark.parametrize("name", NAMES)
def test_each_has_its_reason(name: str) -> None:
    assert re.search(rf'^    {name}: .*\n    """[A-Z]', getsource(Limits), flags=re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_somebody_goes_by_each(name: str) -> None:
    modules = Path(midtvejs.solving.__file__).parent.rglob("*.py")
    assert any(re.search(rf"\b\w*limits\.{name}\b", module.read_text(encoding="utf-8")) for module in modules)


def test_whatever_is_made_of_a_case_goes_by_its_limits() -> None:
    rooms = Room(name="Salen", seats=2), Room(name="Kammeret", seats=1)
    day = program({"1A": 2, "1B": 2})
    sessions = tuple(replace(each, room=rooms[0], rooms=rooms) for each in day.rounds[0].sessions)
    day = replace(day, rounds=(replace(day.rounds[0], sessions=sessions),))
    limits = Limits(passes=1)
    case = case_for((day, (person("Åse", "1A"), person("Bo", "1B > 1A"))), limits=limits)
    assert case.limits is limits
    assert aggregate_case(case).limits is limits
    assert with_good_rooms(case, Stop()).limits is limits
