"""Days with a rule that wishes are against, one for each kind: whoever does not know of it breaks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Program, Room, Session
from midtvejs.domain.rules import Company, Group, Law, Pin, Quota, Rules
from tests.conferences import person, program
from tests.strategies import Conference

ASE, BO, CAI, DEA = (
    replace(person(name, "1A > 1B"), organisation=f"{name} A/S") for name in ("Åse", "Bo", "Cai", "Dea")
)
ROOMY = program({"1A": 4, "1B": 4})
LARGE = Room(name="Panorama", seats=3)
STEPS, FLAT = Room(name="Loftet", seats=3), Room(name="Fjorden", seats=3, step_free=True)
ANY_WILL_DO = (Criterion.SPREAD,)
"""Nothing to make small: what the solver begins with is what it comes back with."""


def ruled(day: Program, **given: object) -> Program:
    return replace(day, rules=Rules(**given))  # type: ignore[arg-type]  # whichever rules are named


def sessions_with(day: Program, change: Callable[[Session], Session]) -> Program:
    rounds = (replace(each, sessions=tuple(map(change, each.sessions))) for each in day.rounds)
    return replace(day, rounds=tuple(rounds))


def too_few_seats() -> Conference:
    return ruled(program({"1A": 1, "1B": 1}), fairness=ANY_WILL_DO), (ASE, BO)


def one_large_room() -> Conference:
    rooms = (LARGE, Room(name="Loftet", seats=1))
    day = sessions_with(ROOMY, lambda each: replace(each, room=LARGE, rooms=rooms))
    wants_b = replace(person("Eva", "1B"), organisation="Eva A/S")
    return day, (ASE, BO, wants_b, replace(wants_b, name="Finn", email="finn@example.dk"))


def up_steps() -> Conference:
    """One of the rooms is reached without steps, and two participants need it, who want to be apart."""
    day = sessions_with(ROOMY, lambda each: replace(each, room=STEPS, rooms=(STEPS, FLAT)))
    return day, tuple(replace(person(each, of), step_free=True) for each, of in (("Åse", "1A"), ("Bo", "1B")))


def pinned() -> Conference:
    """It would be the fewest who move if the one did that is pinned."""
    pin = Pin(code="1A", participant="Åse")
    group = Group(company=Company.TOGETHER, participants=("Bo", "Cai"))
    day = ruled(program({"1A": 2, "1B": 4}), fairness=ANY_WILL_DO, pins=(pin,), groups=(group,))
    return day, (replace(ASE, pins=(pin,)), *(replace(each, groups=(group,)) for each in (BO, CAI)))


def least_audience() -> Conference:
    return sessions_with(ROOMY, lambda each: replace(each, least=2)), (ASE, BO, CAI, DEA)


def most_of_one() -> Conference:
    return ruled(ROOMY, at_most=1), tuple(replace(each, organisation="Vejle") for each in (ASE, BO))


def least_of_each() -> Conference:
    """Nobody wants 1B, and it needs one of each grade."""
    quota = Quota(group="grade", number=1)
    day = sessions_with(ROOMY, lambda each: replace(each, at_least=(quota,) if each.code == "1B" else ()))
    grades = ("8", "8", "9", "9")
    people = (
        replace(each, traits=(("grade", grade),))
        for each, grade in zip((ASE, BO, CAI, DEA), grades, strict=True)
    )
    return replace(day, groups=("grade",)), tuple(people)


def together() -> Conference:
    group = Group(company=Company.TOGETHER, participants=("Åse", "Bo"))
    bo = replace(person("Bo", "1B"), groups=(group,))
    return ruled(ROOMY, groups=(group,)), (replace(ASE, groups=(group,)), bo, CAI)


def apart() -> Conference:
    group = Group(company=Company.APART, participants=("Åse", "Bo"))
    return ruled(ROOMY, groups=(group,)), (*(replace(each, groups=(group,)) for each in (ASE, BO)), CAI)


def presenting_and_away() -> Conference:
    day = ruled(program({"1A": 4, "1B": 4}, {"2A": 4}, presenters={"1B": "Eva"}), at_most=3)
    eva = person("Eva", "1A", "2A", presents="1B")
    return day, (eva, replace(person("Finn", "1A", ""), absent=frozenset({"R2"})))


DAYS: dict[Law, Callable[[], Conference]] = {
    Law.SEATS: too_few_seats,
    Law.ROOMS: one_large_room,
    Law.STEP_FREE: up_steps,
    Law.LEAST: least_audience,
    Law.AT_MOST: most_of_one,
    Law.AT_LEAST: least_of_each,
    Law.TOGETHER: together,
    Law.APART: apart,
    Law.PINS: pinned,
}
