"""A file of wishes to be looked at: too few seats, small audiences, headings and names of every kind."""

from __future__ import annotations

from dataclasses import replace

from midtvejs.domain.answers import ColumnUse, Provenance, Shape
from midtvejs.domain.concerns import concerns
from midtvejs.domain.demand import demand, turnout
from midtvejs.domain.diagnostic import Diagnostic, Place, Severity
from midtvejs.domain.program import Program
from midtvejs.output.pages.check import Checked
from tests.output.midsummer import midsummer, seated

PROVENANCE = Provenance(
    file="svar [1].xlsx",
    shape=Shape.MICROSOFT_RANKING,
    encoding="",
    sheet="Form1",
    columns=(
        ColumnUse(number=1, heading="ID", use=""),
        ColumnUse(number=2, heading="Navn", use="name"),
        ColumnUse(number=3, heading="email", use="email"),
        ColumnUse(
            number=4, heading="R1 Pecha Kucha: Runde 1\nSæt dem i rækkefølge, den bedste først", use="R1"
        ),
        ColumnUse(number=5, heading="S", use="S"),
        ColumnUse(number=6, heading=" ", use=""),
    ),
    rows=12,
    doubled=2,
    late=1,
    strangers=3,
    unanswered=4,
)
WARNING = Diagnostic(
    code="MV125",
    severity=Severity.WARNING,
    place=Place(file="svar [1].xlsx", line=1),
    hint="who stands on the stage needs no seat",
    message="1 presenter did not sign up and is not seated: Jan Møller-Iversen (S1)",
)


def _program() -> Program:
    """The same day, but that S2 needs four people, and the room of 1C is open."""
    day = midsummer()
    talks, salons = day.rounds
    open_room = replace(talks.sessions[2], rooms=day.rooms[1:])
    needy = replace(salons.sessions[1], least=4, may_be_cancelled=True)
    return replace(
        day,
        rounds=(
            replace(talks, sessions=(*talks.sessions[:2], open_room)),
            replace(salons, sessions=(salons.sessions[0], needy)),
        ),
    )


def checked() -> Checked:
    day, people = _program(), seated().participants
    crowd = tuple(
        replace(people[1], name=f"Gæst {number:02}", email=f"{number}@example.dk") for number in range(12)
    )
    slips = (
        replace(people[1], name="Zenia Dahl", email="z@example.dk", organisation="Koldning Kommune"),
        replace(people[1], email="zd@example.dk"),
    )
    everybody = (*people, *crowd, *slips)
    absent = crowd[:5]
    demands = demand(day, everybody)
    lines = {person.key: number for number, person in enumerate(everybody, start=2)}
    return Checked(
        program=day,
        participants=len(everybody),
        answers=len(everybody) - len(absent),
        too_late=absent[:1],
        unanswered=absent[1:],
        provenance=PROVENANCE,
        turnout=turnout(day, everybody),
        demands=demands,
        concerns=concerns(day, everybody, lines, demands),
        warnings=(WARNING,),
        next="midtvejs check 'svar [1].xlsx'",
    )
