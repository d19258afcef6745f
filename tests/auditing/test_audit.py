"""The judge: each law has an assignment that breaks it and nothing else."""

from __future__ import annotations

from itertools import product

import pytest

from midtvejs.auditing.audit import UnlawfulResult, audit, certify
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.participants import Participant
from midtvejs.domain.rules import Law
from midtvejs.domain.seated import Day
from tests import conferences

PROGRAM = conferences.program({"1A": 1, "1B": 2}, {"2A": 2, "2B": 2}, presenters={"1A": "Eva"})
AASE, BO, EVA = PEOPLE = (
    conferences.person("Åse", "1B > 1A", "2A > 2B"),
    conferences.person("Bo", "1A", "2B"),
    conferences.person("Eva", "", "2B > 2A", presents="1A"),
)
LAWFUL: dict[str, Day] = {AASE.key: ("1B", "2A"), BO.key: ("1A", "2B"), EVA.key: ("1A", "2A")}


def assigned(
    days: dict[str, Day | None] | None = None, participants: tuple[Participant, ...] = PEOPLE
) -> Assignment:
    """Assign lawfully, but for some days; None takes somebody's day away."""
    changed: dict[str, Day | None] = {**LAWFUL, **(days or {})}
    return Assignment(
        program=PROGRAM,
        participants=participants,
        days={key: day for key, day in changed.items() if day is not None},
    )


def test_a_lawful_assignment_has_its_criteria() -> None:
    verdict = audit(assigned(), PEOPLE)
    assert verdict.lawful
    assert verdict.violations == ()
    assert verdict.criteria == {
        Criterion.WORST: 1,
        Criterion.TOTAL: 1,
        Criterion.EVEN: 1,
        Criterion.FIRST: 1,
        Criterion.UNLISTED: 0,
        Criterion.SPREAD: 1,  # Åse and Eva in 2A; Eva stands in 1A, where Bo sits
        Criterion.AVOID_OWN: 0,
        Criterion.FRIENDS: 0,
        Criterion.MOVED: 0,
        Criterion.MOVED_SEATS: 0,
        Criterion.DISPLACED: 0,
    }


@pytest.mark.parametrize(
    ("law", "days", "who", "round_id", "message"),
    [
        (Law.SEATED, {BO.key: None}, BO, "", "Bo is not seated at all"),
        (Law.SEATED, {BO.key: ("1A",)}, BO, "", "Bo has 1 sessions for 2 rounds"),
        (Law.SEATED, {BO.key: ("1A", "2B", "2B")}, BO, "", "Bo has 3 sessions for 2 rounds"),
        (Law.SEATED, {BO.key: ("1A", "")}, BO, "R2", "Bo has no session in R2"),
        (Law.ROUND, {BO.key: ("1A", "1B")}, BO, "R2", "Bo is in 1B, which is not a session of R2"),
        (Law.ROUND, {BO.key: ("9X", "2B")}, BO, "R1", "Bo is in 9X, which is not a session of R1"),
        (Law.PRESENTING, {EVA.key: ("1B", "2A")}, EVA, "R1", "Eva presents 1A, but is in 1B"),
        (Law.SEATS, {AASE.key: ("1A", "2A")}, BO, "R1", "1A in Lokale 1A has 1 seat and 2 participants"),
        (
            Law.KNOWN,
            {"dea@example.dk": ("1B", "2B")},
            None,
            "",
            "dea@example.dk is seated, but is not a participant",
        ),
    ],
)
def test_each_law_can_be_broken_alone(
    law: Law, days: dict[str, Day | None], who: Participant | None, round_id: str, message: str
) -> None:
    verdict = audit(assigned(days), PEOPLE)
    (violation,) = verdict.violations
    assert (violation.law, violation.round_id, violation.message) == (law, round_id, message)
    assert violation.participant == (who.key if who else "dea@example.dk")
    assert not verdict.lawful
    assert verdict.criteria == {}


def test_who_is_seated_without_having_signed_up_is_named() -> None:
    dea = conferences.person("Dea", "", "")
    verdict = audit(assigned({dea.key: ("1B", "2B")}, (*PEOPLE, dea)), PEOPLE)
    assert [(violation.law, violation.message) for violation in verdict.violations] == [
        (Law.KNOWN, "Dea is seated, but is not a participant")
    ]


def test_who_is_seated_must_stand_on_a_roster() -> None:
    verdict = audit(assigned(participants=(AASE, EVA)), PEOPLE)
    assert [(violation.law, violation.participant) for violation in verdict.violations] == [
        (Law.KNOWN, BO.key)
    ]


def test_each_participant_beyond_the_seats_is_a_violation() -> None:
    crowd = tuple(conferences.person(name, "", "") for name in ("Finn", "Gry", "Hans"))
    days: dict[str, Day | None] = {person.key: ("1A", "2A") for person in crowd}
    verdict = audit(assigned(days, (*PEOPLE, *crowd)), (*PEOPLE, *crowd))
    # In 1A Bo has the seat and Eva, who presents, needs none; in 2A Åse and Eva have the seats.
    assert [(violation.round_id, violation.participant) for violation in verdict.violations] == [
        (round_id, person.key) for round_id in ("R1", "R2") for person in crowd
    ]
    assert {violation.message for violation in verdict.violations} == {
        "1A in Lokale 1A has 1 seat and 4 participants",
        "2A in Lokale 2A has 2 seats and 5 participants",
    }


def seats_kept(days: dict[str, Day]) -> bool:
    """Tell from sets alone whether no session has more in its audience than seats."""
    return all(
        len({person.key for person in PEOPLE if code in days[person.key] and code not in person.presents})
        <= session.seats
        for code, session in PROGRAM.sessions.items()
    )


def test_lawful_is_what_keeps_every_law_and_nothing_else() -> None:
    lawful = 0
    for choices in product(product(PROGRAM.sessions, repeat=2), repeat=len(PEOPLE)):
        days = {person.key: day for person, day in zip(PEOPLE, choices, strict=True)}
        expected = (
            all(first in ("1A", "1B") and second in ("2A", "2B") for first, second in choices)
            and days[EVA.key][0] == "1A"
            and seats_kept(days)
        )
        assert audit(assigned({**days}), PEOPLE).lawful is expected
        lawful += expected
    assert lawful == 3 * 6  # Åse and Bo in 1A and 1B or both in 1B; not all three in 2A, or in 2B


def test_all_breaches_are_said_at_once() -> None:
    verdict = audit(assigned({AASE.key: None, BO.key: ("2A", "2B"), EVA.key: ("1B", "2A")}), PEOPLE)
    assert {violation.law for violation in verdict.violations} == {Law.SEATED, Law.ROUND, Law.PRESENTING}


def stage(criterion: Criterion, value: int, bound: int) -> Stage:
    return Stage(criterion=criterion, value=value, bound=bound, recomputable=bound)


def test_what_is_lawful_and_worth_what_it_says_passes() -> None:
    certify(assigned(), PEOPLE, (stage(Criterion.WORST, 1, 0), stage(Criterion.TOTAL, 1, 1)))
    certify(assigned(), PEOPLE, ())


def complaints(assignment: Assignment, *stages: Stage) -> tuple[str, ...]:
    with pytest.raises(UnlawfulResult) as rejected:
        certify(assignment, PEOPLE, stages)
    return rejected.value.complaints


def test_a_wrong_value_is_rejected() -> None:
    assert complaints(assigned(), stage(Criterion.TOTAL, 0, 0)) == ("total is 1, said to be 0",)


def test_a_value_below_its_bound_is_rejected() -> None:
    assert complaints(assigned(), stage(Criterion.EVEN, 1, 2)) == ("even 1 is below its bound 2",)


def test_an_unlawful_result_is_rejected_whatever_it_says_of_itself() -> None:
    said = stage(Criterion.WORST, 1, 1)
    assert complaints(assigned({BO.key: None}), said) == ("Bo is not seated at all",)
