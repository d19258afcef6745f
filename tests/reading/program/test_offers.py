"""Sessions that leave open when they are held: what is read of them, and which lists they make."""

from __future__ import annotations

import pytest

from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.program import Program
from midtvejs.reading.codes import Fault
from tests.reading.conftest import Texts

THREE_ROUNDS = """\
event: {name: Emnedag, date: 2027-03-10, start: "09:00", end: "15:00"}
rooms: {Aula: 120, Sal: 40, Loft: {seats: 25, not_in: [R2]}}
rounds:
  - {id: R3, name: Runde 3, start: "11:00", end: "11:45"}
  - {id: R1, name: Runde 1, start: "09:00", end: "09:45"}
  - {id: R2, name: Runde 2, start: "10:00", end: "10:45"}
  - id: P
    name: Samling
    start: "12:00"
    end: "12:30"
    sessions: [{code: P1, title: Fælles afslutning, room: Aula}]
sessions:
"""
THREE = ("{code: A, title: Et}", "{code: B, title: To}", "{code: C, title: Tre}")


def day_of(texts: Texts, *sessions: str, more: str = "") -> Program:
    return texts.program(THREE_ROUNDS + "".join(f"  - {each}\n" for each in sessions) + more).accepted()


def told_of(texts: Texts, *sessions: str, more: str = "") -> tuple[Diagnostic, ...]:
    text = THREE_ROUNDS + "".join(f"  - {each}\n" for each in sessions) + more
    return texts.program(text).diagnostics


def test_a_session_without_rounds_is_placed_once_where_no_round_has_sessions_of_its_own(texts: Texts) -> None:
    program = day_of(texts, *THREE)
    assert [offer.code for offer in program.offers] == ["A", "B", "C"]
    assert {(offer.rounds, offer.fewest, offer.most) for offer in program.offers} == {
        (("R1", "R2", "R3"), 1, 1)
    }
    assert [len(round_.sessions) for round_ in program.rounds] == [0, 0, 0, 1]
    assert [(block.id, block.rounds) for block in program.blocks] == [("wishes", (0, 1, 2)), ("P", (3,))]


@pytest.mark.parametrize(
    ("says", "rounds", "times"),
    [
        ("times: 2", "R1 R2 R3", (2, 2)),
        ("times: 1-3", "R1 R2 R3", (1, 3)),
        ('times: "1-2"', "R1 R2 R3", (1, 2)),
        ("not_in: [R1]", "R2 R3", (1, 1)),
        ("times: 1-3, not_in: [R1]", "R2 R3", (1, 2)),
        ("room: auto", "R1 R2 R3", (1, 1)),
        ("room: Loft", "R1 R3", (1, 1)),
    ],
)
def test_how_often_and_where_it_may_be(texts: Texts, says: str, rounds: str, times: tuple[int, int]) -> None:
    offer = day_of(texts, *THREE, f"{{code: D, title: Fire, {says}}}").offers[-1]
    assert (" ".join(offer.rounds), (offer.fewest, offer.most)) == (rounds, times)


def test_a_room_is_settled_everywhere_or_in_some_rounds(texts: Texts) -> None:
    loft, aula = (
        day_of(texts, *THREE, f"{{code: D, title: Fire, room: {room}}}").offers[-1]
        for room in ("Loft", "{R3: Aula}")
    )
    assert {id_: room.name for id_, room in loft.rooms.items()} == {"R1": "Loft", "R3": "Loft"}
    assert {id_: room.name for id_, room in aula.rooms.items()} == {"R3": "Aula"}


def test_what_is_settled_takes_a_room_and_its_presenter(texts: Texts) -> None:
    bo = "presenters: [{name: Bo Lund}]"
    program = day_of(
        texts,
        f"{{code: A, title: Et, rounds: [R1], room: Aula, {bo}}}",
        f"{{code: B, title: To, times: 2, {bo}}}",
        "{code: C, title: Tre, times: 2, room: Aula}",
    )
    assert [offer.rounds for offer in program.offers] == [("R2", "R3"), ("R2", "R3")]


def test_other_keys_are_as_they_are_of_any_session(texts: Texts) -> None:
    offer = day_of(
        texts,
        *THREE,
        "{code: D, title: Fire, track: ledelse, max_participants: 20, min_participants: 5, by: [Vejle]}",
    ).offers[-1]
    session = offer.session
    assert (session.track, session.most, session.least, session.by) == ("ledelse", 20, 5, ("Vejle",))


def test_the_keys_of_a_session_that_stands_in_a_round_name_its_track_too(texts: Texts) -> None:
    text = THREE_ROUNDS.replace("room: Aula}]", "room: Aula, track: ledelse}]").removesuffix("sessions:\n")
    rounds = "".join(line for line in text.splitlines(True) if "id: R" not in line)
    rounds = rounds.replace(", not_in: [R2]", "")
    assert texts.program(rounds).accepted().sessions["P1"].track == "ledelse"


def test_only_some_may_be_in_it_wherever_it_will_be(texts: Texts) -> None:
    (pin,) = day_of(texts, *THREE, "{code: D, title: Fire, only: {organisation: Vejle}}").rules.pins
    assert (pin.code, pin.round_id, pin.others, pin.of) == ("D", "", True, ("Vejle",))


def test_an_open_session_that_is_cancelled_is_off_in_each_round(texts: Texts) -> None:
    program = day_of(texts, *THREE, "{code: D, title: Fire, not_in: [R2], cancelled: true}")
    assert [offer.code for offer in program.offers] == ["A", "B", "C"]
    cancelled = [[each.code for each in round_.cancelled] for round_ in program.rounds]
    assert cancelled == [["D"], [], ["D"], []]
    assert list(program.cancelled) == ["D"]


def test_lists_of_open_sessions_that_share_no_round_are_named(texts: Texts) -> None:
    sessions = ("{code: A, title: Et, not_in: [R3]}", "{code: B, title: To, rounds: [R3]}")
    more = "{code: C, title: Tre, not_in: [R3]}"
    program = day_of(texts, *sessions, more, more="wishes: {tidlig: [R1, R2]}\n")
    assert [block.id for block in program.blocks] == ["tidlig", "R3", "P"]


def test_not_in_beside_rounds_is_kept_in_mind(texts: Texts) -> None:
    program = day_of(
        texts, *(f"{{code: A{n}, title: Nr {n}, rounds: [R{n}], not_in: [P]}}" for n in (1, 2, 3))
    )
    assert not program.offers


def test_all_that_is_wrong_is_told_at_once(texts: Texts) -> None:
    told = told_of(
        texts,
        "{code: A, title: Et, times: 3-1}",
        "{code: B, title: To, not_in: [R1, R2, R3]}",
        "{code: C, title: Tre, lasts: 2}",
        "{code: D, title: Fire, rounds: [R1], times: 2}",
        "{code: E, title: Fem, not_in: [R7]}",
    )
    assert [each.code for each in told] == [
        Fault.WRONG_VALUE,
        Fault.NOWHERE,
        Fault.ONLY_SETTLED,
        Fault.HELD_AND_OPEN,
        Fault.NO_SUCH_ROUND,
    ]
    assert told[0].hint == "write times: 1-3"


@pytest.mark.parametrize(
    ("sessions", "message", "hint"),
    [
        (
            [f"{{code: {code}, title: Nr {code}}}" for code in "BCDEFGH"]
            + ["{code: A, title: Nr A, times: 2}"],
            "B, C, D, E, F, G, H and A are to be held 9 times in all, and R3, R1 and R2 have 8 free rooms",
            "1 too many: describe 1 more room, add a round, or hold A less often than 2 times",
        ),
        (
            [f"{{code: {code}, title: Nr {code}, times: 2}}" for code in "ABCDE"],
            "A, B, C, D and E are to be held 10 times in all, and R3, R1 and R2 have 8 free rooms",
            "2 too many: describe 1 more room, add a round, or hold A less often than 2 times",
        ),
        (
            [f"{{code: {code}, title: Nr {code}, not_in: [R1, R3]}}" for code in "ABC"],
            "A, B and C are to be held 3 times in all, and R2 has 2 free rooms",
            "1 too many: describe 1 more room, add a round, or leave out 1 session",
        ),
    ],
)
def test_more_than_fits_is_told_with_numbers_and_the_smallest_change(
    texts: Texts, sessions: list[str], message: str, hint: str
) -> None:
    told = [each for each in told_of(texts, *sessions) if each.code == Fault.MANY_SITTINGS]
    assert [(each.message, each.hint) for each in told] == [(message, hint)]


def test_as_many_as_fit_are_no_fault(texts: Texts) -> None:
    # Two in R2, three in each of the others: A and B make room for C and D, which can only be in R2.
    sessions = [f"{{code: {code}, title: Nr {code}}}" for code in "ABEFGH"]
    sessions += [f"{{code: {code}, title: Nr {code}, not_in: [R1, R3]}}" for code in "CD"]
    assert told_of(texts, *sessions) == ()


def test_one_person_known_by_email_or_by_name_presents_no_more_than_there_are_rounds(texts: Texts) -> None:
    who = ["{name: Bo, email: bo@x.dk}", "{name: Bo}", "{name: BO}", "{name: Bo, email: bo@y.dk}"]
    sessions = [f"{{code: A{n}, title: Nr {n}, presenters: [{each}]}}" for n, each in enumerate(who)]
    assert told_of(texts, *sessions[:3]) == ()
    (told,) = told_of(texts, *sessions)
    assert told.code == Fault.PRESENTER_TOO_OFTEN
    assert told.message == '"Bo" presents A0, A1, A2 and A3: 4 times in 3 rounds (R3, R1, R2)'


def test_what_is_open_needs_no_more_of_a_group_than_there_is_room_for(texts: Texts) -> None:
    needing = "{code: D, title: Fire, room: Loft, at_least: {organisation: {Vejle: 30}}}"
    (told,) = told_of(texts, *THREE, needing)
    assert told.code == Fault.QUOTA_TOO_HIGH
