"""Sessions held more than once or through rounds, lists, several days, and what is on for everybody."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.program import UNLIMITED, AgendaItem, Block, Program
from tests.reading.conftest import Texts
from tests.reading.program.test_program_yaml import judged, mutated

CAREER_DAY = """\
event: {name: Career day, date: 2026-03-02, start: "08:00", end: "12:00", language: en}
rooms: {Gym: 3, Lab: 3, Hall: 3}
rounds:
  - {id: P1, name: Period 1, start: "09:00", end: "09:40"}
  - {id: P2, name: Period 2, start: "10:00", end: "10:40"}
sessions:
  - {code: N, title: Nursing, rounds: [P1, P2], room: Gym}
  - {code: P, title: Police, rounds: [P1, P2], room: Lab}
  - {code: C, title: Cooking, rounds: [P1, P2], room: Hall}
"""
CLUB_DAY = """\
event: {name: Club day, date: 2026-03-02, start: "08:00", end: "12:00", language: en}
rooms: {Gym: 3, Lab: 3, Hall: 3}
rounds:
  - {id: A, name: Session A, start: "09:00", end: "09:40"}
  - id: B
    name: Session B
    start: "10:00"
    end: "10:40"
    sessions:
      - {code: C, title: Cooking, room: Hall}
sessions:
  - {code: N, title: Nursing, rounds: [A, B], room: Gym}
  - {code: D, title: Film (both sessions), rounds: [A], lasts: 2, room: Lab}
"""
FOUR_ROUNDS = """\
event: {name: Dagen, date: 2027-03-10, start: "08:00", end: "16:00"}
rooms: {Aula: 120, Sal: {seats: 30, not_in: [R2]}, Hal: 50}
rounds:
  - {id: R4, name: Runde 4, start: "13:00", end: "13:45"}
  - {id: R1, name: Runde 1, start: "09:00", end: "09:45"}
  - {id: R2, name: Runde 2, start: "10:00", end: "10:45"}
  - {id: R3, name: Runde 3, start: "11:00", end: "11:45"}
sessions:
"""


def rooms_of(program: Program) -> dict[str, str]:
    """Return the settled rooms, by the keys of sittings."""
    return {key: sitting.room.name for key, sitting in program.sittings.items() if not sitting.rooms}


def day_of(texts: Texts, *sessions: str, more: str = "") -> Program:
    """Read four rounds in which sessions are held."""
    text = FOUR_ROUNDS + "".join(f"  - {session}\n" for session in sessions) + more
    return texts.program(text).accepted()


def told_of(texts: Texts, *sessions: str, more: str = "") -> tuple[Diagnostic, ...]:
    text = FOUR_ROUNDS + "".join(f"  - {session}\n" for session in sessions) + more
    return texts.program(text).diagnostics


def test_a_career_day_has_each_session_in_each_round_and_one_list(texts: Texts) -> None:
    read = texts.program(CAREER_DAY)
    assert read.diagnostics == ()
    program = read.accepted()
    assert list(program.sittings) == ["N@P1", "P@P1", "C@P1", "N@P2", "P@P2", "C@P2"]
    assert list(program.sessions) == ["N", "P", "C"]
    assert rooms_of(program)["P@P2"] == "Lab"
    assert program.lists == (Block(id="wishes", rounds=(0, 1)),)
    assert [session.start for session in program.sittings.values()] == [dt.time(9)] * 3 + [dt.time(10)] * 3


def test_a_club_day_has_a_session_that_goes_on_through_both_rounds(texts: Texts) -> None:
    program = texts.program(CLUB_DAY).accepted()
    film = program.sittings["D"]
    assert (film.start, film.end, film.through) == (dt.time(9), dt.time(10, 40), ("A", "B"))
    assert film in program.rounds[0].sessions
    assert film in program.rounds[1].sessions
    assert list(program.sittings) == ["N@A", "D", "C", "N@B"]
    assert program.lists == (Block(id="wishes", rounds=(0, 1)),)


def test_a_code_written_again_in_another_round_is_the_same_session_held_again(texts: Texts) -> None:
    again = CLUB_DAY.replace("{code: C, title: Cooking, room: Hall}", "{code: N, title: Nursing, room: Hall}")
    once = again.replace("rounds: [A, B]", "rounds: [A]")
    assert rooms_of(texts.program(once).accepted()) == {"N@A": "Gym", "D": "Lab", "N@B": "Hall"}


def test_rounds_that_share_no_session_stay_as_they_are(texts: Texts) -> None:
    sessions = (f"{{code: {n}A, title: Nr {n}, rounds: [R{n}], room: Aula}}" for n in range(1, 5))
    program = day_of(texts, *sessions)
    assert program.lists == ()
    assert list(program.sittings) == ["1A", "2A", "3A", "4A"]


def test_lists_are_named_and_may_cover_rounds_with_sessions_of_their_own(texts: Texts) -> None:
    program = day_of(
        texts,
        "{code: A, title: Et, rounds: [R1, R3], room: Aula}",
        "{code: B, title: To, rounds: [R2], room: Aula}",
        "{code: C, title: Tre, rounds: [R4], room: Aula}",
        more="wishes: {formiddag: [R3, R2, R1]}\n",
    )
    assert program.lists == (Block(id="formiddag", rounds=(0, 1, 2)),)
    assert [block.id for block in program.blocks] == ["formiddag", "R4"]


def test_several_lists_without_names_are_told_with_the_lines_that_name_them(texts: Texts) -> None:
    sessions = (
        "{code: A, title: Et, rounds: [R1, R3], room: Aula}",
        "{code: B, title: To, rounds: [R2, R4], room: Aula}",
    )
    (diagnostic,) = told_of(texts, *sessions)
    assert diagnostic.paste == ("wishes:", "  list-1: [R1, R3]", "  list-2: [R2, R4]")
    named = day_of(texts, *sessions, more="\n".join(diagnostic.paste))
    assert named.lists == (Block(id="list-1", rounds=(0, 2)), Block(id="list-2", rounds=(1, 3)))


def test_a_list_that_contradicts_the_sessions_is_told_with_the_lines_that_do_not(texts: Texts) -> None:
    sessions = (
        "{code: A, title: Et, rounds: [R1, R3], room: Aula}",
        "{code: B, title: To, rounds: [R2, R4], room: Aula}",
    )
    (diagnostic,) = told_of(texts, *sessions, more="wishes: {tidlig: [R1, R2], sen: [R3, R4]}\n")
    named = day_of(texts, *sessions, more="\n".join(diagnostic.paste))
    assert named.lists == (Block(id="tidlig", rounds=(0, 1, 2, 3)),)


@given(
    held=st.dictionaries(
        st.sampled_from("ABCDE"), st.sets(st.sampled_from(["R1", "R2", "R3", "R4"]), min_size=1), min_size=1
    )
)
def test_the_lines_to_paste_are_always_right(
    tmp_path_factory: pytest.TempPathFactory, held: dict[str, set[str]]
) -> None:
    texts = Texts(folder=tmp_path_factory.getbasetemp())
    sessions = [
        f"{{code: {code}, title: {code}, rounds: [{', '.join(sorted(rounds))}]}}"
        for code, rounds in held.items()
    ]
    sessions.append("{code: P, title: Pause, rounds: [R1, R2, R3, R4]}")
    rooms = FOUR_ROUNDS.replace("Hal: 50", "Hal: 50, B: 1, C: 1, D: 1, E: 1")
    everything = rooms + "".join(f"  - {session}\n" for session in sessions)
    assert texts.program(everything).accepted().lists == (Block(id="wishes", rounds=(0, 1, 2, 3)),)
    apart = "".join(f"  - {{code: {n}X, title: Nr {n}, rounds: [R{n}]}}\n" for n in range(1, 5))
    text = rooms + apart + "".join(f"  - {session}\n" for session in sessions[:-1])
    read = texts.program(text)
    if read.diagnostics:
        (diagnostic,) = read.diagnostics
        text += "\n".join(diagnostic.paste)
    program = texts.program(text).accepted()
    for rounds in held.values():
        blocks = [block for block in program.blocks for n in block.rounds if program.rounds[n].id in rounds]
        assert len(set(blocks)) == 1


@pytest.mark.parametrize("order", list(permutations(["R1", "R2", "R3"], 2)))
def test_the_order_in_which_a_session_names_its_rounds_says_nothing(
    texts: Texts, order: tuple[str, str]
) -> None:
    named, usual = (
        day_of(
            texts,
            f"{{code: A, title: Et, rounds: [{', '.join(rounds)}], room: Aula}}",
            "{code: B, title: To, rounds: [R1, R2, R3, R4], room: Hal}",
        )
        for rounds in (order, sorted(order))
    )
    assert named == usual


def test_a_room_may_differ_by_round_and_be_left_open_in_some(texts: Texts) -> None:
    program = day_of(
        texts,
        "{code: A, title: Et, rounds: [R1, R2, R3], room: {R1: Sal, R3: auto}}",
        "{code: B, title: To, rounds: [R1, R2, R3, R4], room: Hal}",
    )
    rooms = {key: [room.name for room in sitting.rooms] for key, sitting in program.sittings.items()}
    assert rooms["A@R1"] == []
    assert rooms["A@R2"] == ["Aula"]  # the Sal is not free there
    assert rooms["A@R3"] == ["Aula", "Sal"]
    assert program.sittings["A@R1"].room.name == "Sal"
    assert program.rooms[1].not_in == {"R2"}


def test_a_room_in_which_something_goes_on_is_not_free(texts: Texts) -> None:
    program = day_of(
        texts,
        "{code: D, title: Film, rounds: [R1, R3], lasts: 2, room: Aula}",
        "{code: B, title: To, rounds: [R1, R2, R3, R4]}",
    )
    assert {room.name for room in program.sittings["B@R4"].rooms} == {"Sal", "Hal"}
    assert [program.sittings[key].through for key in ("D@R1", "D@R3")] == [("R1", "R2"), ("R3", "R4")]


@pytest.mark.parametrize(("most", "seats"), [(20, 20), (60, 50), (None, 50)])
def test_no_more_than_the_maximum_are_seated_however_large_the_room(
    texts: Texts, most: int | None, seats: int
) -> None:
    limit = f", max_participants: {most}" if most else ""
    program = day_of(texts, f"{{code: A, title: Et, rounds: [R1, R2, R3, R4], room: Hal{limit}}}")
    assert {sitting.seats for sitting in program.sittings.values()} == {seats}
    assert {round_.seats for round_ in program.rounds} == {seats}


def test_a_session_in_a_round_has_a_maximum_too(texts: Texts) -> None:
    limited = CLUB_DAY.replace("title: Cooking,", "title: Cooking, max_participants: 2,")
    assert texts.program(limited).accepted().sittings["C"].seats == 2


def test_the_rules_have_a_maximum_for_every_session_that_has_none_of_its_own(texts: Texts) -> None:
    limited = CLUB_DAY.replace("title: Cooking,", "title: Cooking, max_participants: 2,")

    sittings = texts.program(f"{limited}rules: {{max_participants: 1}}\n").accepted().sittings

    assert {key: sitting.seats for key, sitting in sittings.items()} == {
        key: 2 if key == "C" else 1 for key in sittings
    }


def test_a_maximum_of_the_rules_below_what_a_session_needs_is_a_fault(texts: Texts) -> None:
    rules = "rules: {min_participants: 3, max_participants: 2}\n"

    (fault,) = texts.program(f"{CLUB_DAY}{rules}").diagnostics

    assert fault.code == "MV053"


def test_a_room_is_a_number_of_seats_or_has_one_for_everybody(texts: Texts) -> None:
    unlimited = CLUB_DAY.replace("Lab: 3", "Lab: {seats: unlimited}").replace("Hall: 3", "Hall: unlimited")
    rooms = texts.program(unlimited).accepted().rooms
    assert [room.seats for room in rooms] == [3, UNLIMITED, UNLIMITED]


def test_rounds_of_several_days_stand_in_their_order_and_never_overlap(texts: Texts) -> None:
    days = CLUB_DAY.replace("date: 2026-03-02", "date: 2026-03-02, end_date: 2026-03-03").replace(
        "{id: A,", "{id: A, date: 2026-03-03,"
    )
    program = texts.program(
        days.replace('start: "10:00"', 'start: "09:00"').replace(", lasts: 2", "")
    ).accepted()
    assert program.event.end_date == dt.date(2026, 3, 3)
    assert [(round_.id, program.date_of(round_).day) for round_ in program.rounds] == [("B", 2), ("A", 3)]


def test_the_agenda_stands_in_the_order_of_the_days(texts: Texts) -> None:
    agenda = """\
agenda:
  - {title: Frokost, start: "11:00", end: "11:30"}
  - {title: Farvel, date: 2026-03-03, start: "08:00", end: "08:10"}
  - {title: Velkomst, start: "08:00", end: "08:30", room: Foran scenen}
"""
    days = CLUB_DAY.replace("date: 2026-03-02", "date: 2026-03-02, end_date: 2026-03-03")
    program = texts.program(days + agenda).accepted()
    assert [item.title for item in program.agenda] == ["Velkomst", "Frokost", "Farvel"]
    assert program.agenda[0] == AgendaItem(
        title="Velkomst", start=dt.time(8), end=dt.time(8, 30), room="Foran scenen"
    )


def test_a_pin_may_say_in_which_round_and_a_presenter_that_they_come_from_outside(texts: Texts) -> None:
    program = day_of(
        texts,
        "{code: A, title: Et, rounds: [R1, R2, R3, R4], room: Hal, presenters: [{name: Bo, external: true}]}",
        more="pins:\n  - {participant: Åse, in: A, round: R3}\n  - {participant: Cai, not_in: A}\n",
    )
    assert [pin.round_id for pin in program.rules.pins] == ["R3", ""]
    assert {who.external for sitting in program.sittings.values() for who in sitting.presenters} == {True}


EVERYTHING = """\
event: {name: Dagen, date: 2027-03-10, end_date: 2027-03-11, start: "08:00", end: "16:00"}
rooms:
  Aula: 120
  Sal: {seats: 30, not_in: [R2]}
  Hal: {seats: unlimited}
agenda:
  - {title: Frokost, date: 2027-03-11, start: "12:00", end: "12:30", room: Kantinen}
rounds:
  - {id: R1, name: Runde 1, start: "09:00", end: "09:45"}
  - id: R2
    name: Runde 2
    start: "10:00"
    end: "10:45"
  - id: R3
    name: Runde 3
    date: 2027-03-11
    start: "09:00"
    end: "09:45"
    sessions:
      - {code: A, title: Et, room: Hal}
sessions:
  - {code: A, title: Et, rounds: [R1], room: Hal, max_participants: 20}
  - code: B
    title: To
    rounds: [R2, R3]
    room: {R2: Hal, R3: auto}
  - code: D
    title: Film
    rounds: [R1]
    lasts: 2
    room: Aula
    presenters:
      - {name: Bo, external: true}
wishes:
  alt: [R1, R2, R3]
pins:
  - {participant: Bo, in: A, round: R3}
  - {participant: Bo, not_in: B}
forms:
  rounds: {alt: [Først, Dernæst]}
"""


@given(content=mutated(EVERYTHING))
def test_any_slip_of_the_hand_is_read_or_told_of(
    content: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert Texts(folder=tmp_path_factory.getbasetemp()).program(EVERYTHING).diagnostics == ()
    judged(content.encode(), tmp_path_factory.getbasetemp())


def test_headings_may_be_given_for_a_list(texts: Texts) -> None:
    forms = "forms: {rounds: {wishes: [First Choice, Second Choice]}}"
    program = texts.program(CAREER_DAY + forms).accepted()
    assert program.forms is not None
    assert program.forms.rounds == {"wishes": ("First Choice", "Second Choice")}


@pytest.mark.parametrize(("external", "too_few"), [(True, 2), (False, 1)])
def test_a_presenter_from_outside_is_none_of_the_expected_participants(
    texts: Texts, external: bool, too_few: int
) -> None:
    presenter = f"presenters: [{{name: Bo, external: {str(external).lower()}}}]"
    crowded = CAREER_DAY.replace("language: en", "language: en, expected_participants: 11").replace(
        "rounds: [P1, P2], room: Gym", f"rounds: [P1, P2], room: Gym, {presenter}"
    )
    warnings = texts.program(crowded).diagnostics
    assert [diagnostic.message.rpartition(": ")[2] for diagnostic in warnings] == [f"{too_few} too few"] * 2


def test_a_misspelt_word_for_seats_without_end_is_recognised(texts: Texts) -> None:
    (diagnostic,) = texts.program(CAREER_DAY.replace("Lab: 3", "Lab: {seats: unlimted}")).diagnostics
    assert diagnostic.hint == 'did you mean "unlimited"?'


def test_however_many_rooms_there_are_a_misspelt_key_is_recognised(texts: Texts) -> None:
    rooms = ", ".join(f"Sal {number}: {{seats: 3}}" for number in range(100))
    many = CAREER_DAY.replace("Gym: 3", f"Gym: 3, {rooms}").replace("room: Hall", "rom: Hall")
    (diagnostic,) = texts.program(many).diagnostics
    assert diagnostic.hint == 'did you mean "room"?'
