"""A day as it was planned by wishes, small enough to count by hand, and what a search may have said of it."""

from __future__ import annotations

from dataclasses import replace

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.offers import place
from midtvejs.domain.planning import Alternative, Planned
from midtvejs.domain.program import Offer, Presenter, Program, Session
from midtvejs.output.pages.plan import PlannedDay
from tests.conferences import open_day, person, session

BOTH = ("R1", "R2")
PLACED = {"A": ("R1",), "B": ("R1",), "C": ("R2",), "D": BOTH, "E": ("R2",)}
ROOMS = {"A": 0, "B": 1, "D@R1": 2, "C": 0, "D@R2": 2, "E": 1}
FIGURES = {Criterion.EVEN: 2, Criterion.WORST: 1, Criterion.TOTAL: 2}


def _held(code: str, *, presenter: str = "", track: str = "") -> Session:
    by = (Presenter(name=presenter),) if presenter else ()
    return replace(session(code, 1, presenters=by), track=track)


def before() -> Program:
    """Five sessions for two rounds: Bo presents two of them, A is in R1, and D may be held twice."""
    offers = {
        "A": Offer(session=_held("A", presenter="Bo Ærø", track="ledelse"), rounds=("R1",)),
        "B": Offer(session=_held("B", track="ledelse"), rounds=BOTH),
        "C": None,
        "D": Offer(session=session("D", 1), rounds=BOTH, most=2),
        "E": Offer(session=_held("E", presenter="Bo Ærø"), rounds=BOTH),
    }
    return open_day(dict(offers), rounds=2, rooms=(20, 10, 5))


def after() -> Program:
    program = before()
    return place(program, PLACED).with_rooms({key: program.rooms[at] for key, at in ROOMS.items()})


def seated() -> Assignment:
    """Five people: three have both of their first wishes, two one of them, and one had none."""
    people = {
        person("Åse", "A > C > B"): "A C",
        person("Cai", "B > C"): "B C",
        person("Dea", "A > B > E"): "A E",
        person("Eli", "C > E > D"): "D C",
        person("Fie", "A > D"): "A D",
        person("Gry", ""): "D E",
    }
    return Assignment(
        program=after(),
        participants=tuple(people),
        days={who.key: tuple(day.split()) for who, day in people.items()},
    )


STAGES = tuple(
    Stage(criterion=criterion, value=value, bound=value, recomputable=value)
    for criterion, value in FIGURES.items()
)


def planned(*, counted: bool = False, by_word: bool = False) -> Planned:
    """What a search may have said: figures that nobody counted; ``by_word``: nothing without the solver."""
    bound = dict.fromkeys(FIGURES, 0) | {Criterion.WORST: 1, Criterion.TOTAL: 1}
    other = Alternative(
        criterion=Criterion.TOTAL,
        placement=PLACED,
        figures={Criterion.EVEN: 5, Criterion.WORST: 1, Criterion.TOTAL: 1},
    )
    return Planned(
        placement=PLACED,
        program=after(),
        assignment=seated(),
        stages=STAGES,
        order=tuple(FIGURES),
        tried=240_000,
        seated=8,
        counted=counted,
        by_word=by_word,
        bound=bound,
        recomputable=dict.fromkeys(FIGURES, 0) if by_word else bound,
        alone=dict.fromkeys(FIGURES, 1),
        exist=240_000 if counted else None,
        alternatives=(other,),
    )


def by_wishes(*, counted: bool = False) -> PlannedDay:
    return PlannedDay(
        before=before(),
        program=after(),
        assignment=seated(),
        stages=STAGES,
        planned=planned(counted=counted),
    )


def by_law() -> PlannedDay:
    return PlannedDay(before=before(), program=after())
