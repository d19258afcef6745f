"""What plan shows is what assign finds in the file that was saved: the same program, and the same seats."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.offers import place
from midtvejs.domain.planning import NoLawfulPlacement
from midtvejs.domain.rooms import chosen_rooms
from midtvejs.reading.answers.preferences import read_preferences_with_lines
from midtvejs.reading.program.build import read_program
from midtvejs.reading.program.fill_placement import read_placement_to_fill
from midtvejs.solving.placing.plan import plan
from midtvejs.solving.solve import solve

HEAD = """\
event: {name: Emnedag, date: 2027-03-10, start: "08:00", end: "15:00"}
rooms: {Aula: 4, Sal: 3, Loft: {seats: 2, not_in: [R1]}}
rounds:
  - {id: R1, name: Runde 1, start: "09:00", end: "09:45"}
  - {id: R2, name: Runde 2, start: "10:00", end: "10:45"}
sessions:
"""
HELD = (
    "",
    ", rounds: [R1], room: Sal",
    ", rounds: [R2]",
    ", times: 1-2",
    ", not_in: [R1], room: Loft",
    ", presenters: [{name: Ib}]",
    ", track: x",
)


@st.composite
def programs(draw: st.DrawFn) -> str:
    """Draw a program of which some sessions are settled, in any order, and some are not."""
    count = draw(st.integers(2, 5))
    held = draw(st.lists(st.sampled_from(HELD), min_size=count, max_size=count))
    codes = draw(st.permutations("ABCDE"[:count]))
    return HEAD + "".join(
        f"  - {{code: {code}, title: Om {code}{more}}}\n" for code, more in zip(codes, held, strict=True)
    )


@st.composite
def answers(draw: st.DrawFn) -> str:
    rows = ["name,email,wishes,attends"]
    for number in range(draw(st.integers(1, 6))):
        name = "Ib" if number == 0 else f"Nr {number}"
        wishes = draw(st.permutations("ABCDE"))[: draw(st.integers(0, 4))]
        attends = draw(st.sampled_from(["", "", "", "R2"]))
        rows.append(f"{name},n{number}@x.dk,{' > '.join(wishes)},{attends}")
    return "\n".join([*rows, ""])


@settings(deadline=None, max_examples=40)
@given(program=programs(), prefs=answers())
def test_assign_finds_the_seats_that_plan_showed(
    tmp_path_factory: pytest.TempPathFactory, program: str, prefs: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    open_, saved, csv = folder / "open.yaml", folder / "saved.yaml", folder / "prefs.csv"
    held = {code for code in "ABCDE" if f"code: {code}," in program}
    for code in set("ABCDE") - held:
        prefs = prefs.replace(f"{code} > ", "").replace(f" > {code}", "").replace(code, "")
    open_.write_text(program, encoding="utf-8")
    csv.write_text(prefs, encoding="utf-8")
    day = read_program(open_).value
    assume(day is not None and day.offers)
    assert day is not None
    people = read_preferences_with_lines(csv, day).value
    assume(people is not None)
    assert people is not None
    try:
        planned = plan(day, people.participants)
    except (NoLawfulPlacement, NoLawfulAssignment):
        assume(False)
        raise
    rooms = chosen_rooms(place(day, planned.placement), planned.program)
    text = read_placement_to_fill(open_).fill(
        planned.placement, {key: room.name for key, room in rooms.items()}
    )
    saved.write_text(text, encoding="utf-8")
    again = read_program(saved).accepted()
    assert again.rounds == planned.program.rounds
    then = read_preferences_with_lines(csv, again).accepted().participants
    assert then == people.participants
    solution = solve(again, then)
    assert solution.assignment.with_rooms().days == planned.assignment.days
    assert solution.stages == planned.stages
    assert read_program(saved).accepted() == again
