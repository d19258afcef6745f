"""The midsummer conference with everything that a real day may need: open rooms, least audiences, pins."""

from __future__ import annotations

from dataclasses import replace

from midtvejs.domain.assignment import Assignment, Clash, Impasse
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Presenter, Program, Room, Session
from midtvejs.domain.rules import Company, Group, Pin, Rules
from tests.output.midsummer import FJORD, HIDDEN, PANORAMA, midsummer, seated

WIDE = replace(PANORAMA, seats=6, keep_free=2, step_free=True)
ROOMS = (WIDE, FJORD, HIDDEN)
ABSENT = (Presenter(name="Lis Dam"), Presenter(name="Per Dam"))
SPARE: tuple[Room, ...] = (FJORD, HIDDEN)

RULES = Rules(
    fairness=(Criterion.WORST, Criterion.SPREAD, Criterion.AVOID_OWN),
    at_most=3,
    presenters_take_seats=True,
    pins=(
        Pin(code="1A", participant="Åse Berg", reason="holder oplægget i gang"),
        Pin(code="S2", holds=False, organisation="Kolding Kommune"),
    ),
    groups=(
        Group(company=Company.TOGETHER, participants=("Bo Ærø", "Kim Funk"), round_id="R1"),
        Group(company=Company.APART, participants=("Bo Ærø", "Åse Berg"), reason="de taler nok til daglig"),
    ),
)


def planned(language: str = "da") -> Program:
    """The rooms of all talks but one are open; 1C needs five to come, and may be cancelled."""
    day = midsummer(language)
    talks, salons = day.rounds
    changed = {
        "1A": {"room": WIDE},
        "1B": {"room": FJORD, "rooms": SPARE, "least": 1, "seated_presenters": 1},
        "1C": {"room": FJORD, "rooms": SPARE, "least": 5, "may_be_cancelled": True, "presenters": ABSENT},
        "S1": {"room": WIDE, "keep_free": 1, "seated_presenters": 2},
        "S2": {"least": 2},
    }

    def ruled(session: Session) -> Session:
        return replace(session, **changed[session.code])  # type: ignore[arg-type]  # fields as they are named

    rounds = tuple(replace(round_, sessions=tuple(map(ruled, round_.sessions))) for round_ in (talks, salons))
    return replace(day, rooms=ROOMS, rounds=rounds, rules=RULES)


def seated_by_rules(language: str = "da") -> Assignment:
    """Two do not attend a round each; nobody is in 1C; rooms are still open."""
    before = seated(language)
    days = dict(before.days)
    people: list[Participant] = []
    for person in before.participants:
        match person.name:
            case "Zacharias Dahl":
                people.append(replace(person, absent=frozenset({"S"})))
                days[person.key] = ("1A", "")
            case "[/b]":
                people.append(replace(person, absent=frozenset({"R1"})))
                days[person.key] = ("", "S1")
            case _:
                people.append(person)
    return Assignment(program=planned(language), participants=tuple(people), days=days)


STAGES = (
    Stage(criterion=Criterion.WORST, value=2, bound=2, recomputable=2),
    Stage(criterion=Criterion.SPREAD, value=1, bound=0, recomputable=0),
    Stage(criterion=Criterion.AVOID_OWN, value=1, bound=1, recomputable=1),
)

IMPASSE = Impasse(
    round=planned().rounds[0],
    clashes=(
        Clash(
            rules=(
                "1B in Fjordsalen has 2 seats",
                "Åse Berg is in 1B (program.yaml:61)",
                "Bo Ærø is in 1B (program.yaml:62)",
                "Ida [intern] Hansen is in 1B (program.yaml:63)",
            ),
            changes=(
                "find 1 more seat for 1B",
                *(
                    f"release the pin: {name} is in 1B"
                    for name in ("Åse Berg", "Bo Ærø", "Ida [intern] Hansen")
                ),
            ),
        ),
        Clash(
            rules=tuple(f"rule {number}" for number in range(22)),
            changes=tuple(f"give up rule {number}" for number in range(9)),
        ),
        Clash(rules=("nothing helps this one",), changes=()),
    ),
    smallest=("find 1 more seat for 1B", "give up rule 0"),
)
ONE_CLASH = replace(IMPASSE, round=planned().rounds[1], clashes=IMPASSE.clashes[:1], smallest=())
