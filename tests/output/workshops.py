"""Two days to be looked at: one list for three rounds, sessions held again, one that goes on, an agenda."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from midtvejs.domain.answers import ColumnUse, Provenance, Shape
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.concerns import concerns
from midtvejs.domain.demand import demand, turnout
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import (
    UNLIMITED,
    AgendaItem,
    Block,
    Event,
    Presenter,
    Program,
    Room,
    Round,
    Session,
    tell_sittings_apart,
)
from midtvejs.output.pages.check import Checked

WEDNESDAY, THURSDAY = dt.date(2027, 3, 10), dt.date(2027, 3, 11)
AULA = Room(name="Ærøsalen", seats=5, keep_free=1)
LAB = Room(name="Værkstedet", seats=2, step_free=True)
ONLINE = Room(name="Online", seats=UNLIMITED)
CELLAR = Room(name="Kælderen", seats=3, not_in=frozenset({"R1", "S"}))
SOEREN = Presenter(name="Søren Ågård", role="smed", organisation="Ærø Kommune")


def workshops(language: str = "da") -> Program:
    nurse = Session(
        code="A",
        title="Sygeplejerske på nattevagt",
        room=AULA,
        start=dt.time(9),
        end=dt.time(9, 45),
        by=("Region Syddanmark",),
        description="Om at være vågen, når andre sover.",
    )
    lawyer = _at(replace(nurse, description="", by=()), "C", "Jurist med løsøre", ONLINE, 9)
    smith = replace(_at(lawyer, "B", "Smed i en uge", LAB, 9), presenters=(SOEREN,))
    project = _at(lawyer, "D", "Byg et køleskab af træ fra en ålekvase", LAB, 10)
    together = _at(lawyer, "P1", "Fælles afslutning", ONLINE, 13)
    spirits = _at(lawyer, "E", "Ånd og ødeland", ONLINE, 10)
    project = replace(project, end=dt.time(11, 45), through=("R2", "R3"), least=1, may_be_cancelled=True)
    # fmt: off
    rounds = (
        _round("R1", "Runde 1", 9, (nurse, smith, lawyer)),
        _round("R2", "Runde 2", 10, (_again(nurse, 10), project, spirits)),
        _round("R3", "Runde 3", 11, (project, _again(lawyer, 11), _again(nurse, 11))),
        replace(
            _round("S", "Samtalesaloner", 9, (
                _at(lawyer, "S1", "Hvad nu, Åse?", AULA, 9), _at(lawyer, "S2", "Økonomi for alle", LAB, 9),
            )),
            date=THURSDAY,
        ),
        replace(_round("P", "Samling", 13, (together,)), date=THURSDAY),
    )
    # fmt: on
    return Program(
        event=Event(
            name="Emnedage på Ærø",
            date=WEDNESDAY,
            end_date=THURSDAY,
            start=dt.time(8, 30),
            end=dt.time(14),
            language=language,
        ),
        rooms=(AULA, LAB, ONLINE, CELLAR),
        rounds=tell_sittings_apart(rounds),
        lists=(Block(id="wishes", rounds=(0, 1, 2)),),
        agenda=(
            _item("Velkomst", (8, 30), (8, 50), room="Ærøsalen"),
            _item("Frokost", (12, 0), (12, 45), room="Kælderen"),
            _item("Frokost", (11, 45), (12, 30), date=THURSDAY),
            _item("Morgensang", (8, 30), (9, 0), date=THURSDAY, room="Ærøsalen"),
        ),
    )


def _round(id_: str, name: str, hour: int, sessions: tuple[Session, ...]) -> Round:
    return Round(id=id_, name=name, start=dt.time(hour), end=dt.time(hour, 45), sessions=sessions)


def _at(like: Session, code: str, title: str, room: Room, hour: int) -> Session:
    return replace(_again(like, hour), code=code, title=title, room=room)


def _again(session: Session, hour: int) -> Session:
    return replace(session, start=dt.time(hour), end=dt.time(hour, 45))


def _item(
    title: str, start: tuple[int, int], end: tuple[int, int], *, date: dt.date | None = None, room: str = ""
) -> AgendaItem:
    return AgendaItem(title=title, start=dt.time(*start), end=dt.time(*end), date=date, room=room)


def seated(language: str = "da") -> Assignment:
    """Seven people, lawfully seated. Nobody can attend both D and E: they run in the same round."""
    people = (
        (_person("Søren Ågård", "Ærø Kommune", "A > D", "", presents="B"), "B D D S2 P1"),
        (_person("Åse Berg", "Vejle Kommune", "A > C > B", "S1 > S2"), "B A C S1 P1"),
        (_person("Bo Ærø", "Ærø Kommune", "D > B > A", "S1"), "B D D S1 P1"),
        (_person("Cecilie Østergård", "Vejle Kommune", "C > A > B", "S1"), "C E A S1 P1"),
        (_person("Dorthe Ry", "Vejle Kommune", "B > D > C > A", "S2"), "C E A S2 P1"),
        (_person("Fie Aa", "Ærø Kommune", "E > D > A > C", ""), "A E C S1 P1"),
        (replace(_person("Egon Å", "", "", ""), absent=frozenset({"S", "P"})), "A E C  "),
    )
    return Assignment(
        program=workshops(language),
        participants=tuple(person for person, _ in people),
        days={person.key: tuple(day.split(" ")) for person, day in people},
    )


STAGES = (
    Stage(criterion=Criterion.WORST, value=6, bound=6, recomputable=6),
    Stage(criterion=Criterion.TOTAL, value=10, bound=10, recomputable=10),
)


def _person(name: str, organisation: str, *wishes: str, presents: str = "") -> Participant:
    cells = (*wishes, "")
    return Participant(
        name=name,
        organisation=organisation,
        wishes=tuple(Wishes(tuple(cell.split(" > ")) if cell else ()) for cell in cells),
        presents=frozenset(presents.split()),
    )


def checked() -> Checked:
    """Their wishes as a file with a column a rank."""
    assignment = seated()
    day, people = assignment.program, assignment.participants
    demands = demand(day, people)
    ranks = tuple(
        ColumnUse(number=rank + 1, heading=f"wishes {rank}", use=f"wishes rank {rank}")
        for rank in range(1, 5)
    )
    return Checked(
        program=day,
        participants=len(people),
        answers=len(people),
        provenance=Provenance(
            file="ønsker.csv",
            shape=Shape.RANKS,
            columns=(ColumnUse(number=1, heading="name", use="name"), *ranks),
            rows=len(people),
        ),
        turnout=turnout(day, people),
        demands=demands,
        concerns=concerns(day, people, {each.key: 0 for each in people}, demands),
        warnings=(),
        next="midtvejs assign ønsker.csv",
    )
