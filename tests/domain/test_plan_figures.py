"""What a program means to those who wish, counted by hand."""

from __future__ import annotations

from dataclasses import replace

from midtvejs.domain.plan_figures import Clash, HeldInVain, Met, count_met, find_clashes, find_held_in_vain
from midtvejs.domain.program import Offer
from tests.output.planned_day import after, before, seated


def test_who_attends_how_many_of_their_first_wishes() -> None:
    assert count_met(seated()) == {Met(of=2, got=2): 3, Met(of=2, got=1): 2}


def test_a_list_shorter_than_its_rounds_is_met_by_all_it_names() -> None:
    day = seated()
    (first, *others) = day.participants
    short = replace(first, wishes=(replace(first.wishes[0], codes=("C",)),))
    met = count_met(replace(day, participants=(short, *others)))
    assert met[Met(of=1, got=1)] == 1


def test_sessions_clash_that_are_held_once_in_one_round_and_wanted_by_the_same() -> None:
    assert find_clashes(seated(), before()) == (
        Clash(
            codes=("A", "B"),
            round_id="R1",
            wanted_by=1,
            why=("A can be nowhere else: it is not to be in R2",),
        ),
        Clash(
            codes=("C", "E"),
            round_id="R2",
            wanted_by=1,
            why=("E can be nowhere else: Bo Ærø presents A in R1",),
        ),
    )


def test_what_the_program_settled_is_told_to_be_so() -> None:
    settled = replace(before(), offers=tuple(offer for offer in before().offers if offer.code != "C"))
    (_, of_c) = find_clashes(seated(), settled)
    assert of_c.why[0] == "C is settled there"


def test_no_reason_is_given_where_a_session_could_be_elsewhere() -> None:
    free = tuple(replace(offer, rounds=("R1", "R2")) for offer in before().offers if offer.code == "A")
    others = tuple(offer for offer in before().offers if offer.code != "A")
    # B's presenter is nobody's; A's presents E in R2.
    (first, _) = find_clashes(seated(), replace(before(), offers=(*free, *others)))
    assert first.why == ("A can be nowhere else: Bo Ærø presents E in R2",)


def test_the_room_that_a_session_has_to_have_may_be_why() -> None:
    planned = before()
    a, *others = planned.offers
    hall = planned.rooms[0]
    bound = replace(a, rounds=("R1", "R2"), rooms={"R1": hall, "R2": hall})
    first, _ = find_clashes(seated(), replace(planned, offers=(bound, *others)))
    assert first.why == ("A can be nowhere else: C has Lokale 1 in R2",)


def test_what_would_fit_into_one_room_and_whether_the_program_asks_for_more() -> None:
    found = HeldInVain(code="D", times=2, taken=3, seats=5, asked_for=False)
    assert find_held_in_vain(seated(), before()) == (found,)
    asked = tuple(replace(offer, fewest=offer.most) for offer in before().offers)
    assert find_held_in_vain(seated(), replace(before(), offers=asked)) == (replace(found, asked_for=True),)


def test_what_lends_seats_to_a_round_is_not_held_in_vain() -> None:
    day = seated()
    event = replace(day.program.event, expected_participants=36)
    # R1 has 35 seats, five of them in D; Bo presents.
    needed = replace(day, program=replace(day.program, event=event))
    assert find_held_in_vain(day, before())
    assert not find_held_in_vain(needed, before())


def test_nothing_is_held_in_vain_that_nobody_placed() -> None:
    assert find_held_in_vain(seated(), after()) == ()
    assert all(isinstance(offer, Offer) for offer in before().offers)
