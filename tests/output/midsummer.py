"""A conference to be looked at: long titles, æøå, namesakes, presenters, an empty room, hostile names."""

from __future__ import annotations

import datetime as dt

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import (
    Contact,
    Event,
    Kind,
    Presenter,
    Price,
    Program,
    Room,
    Round,
    Session,
    SignUp,
    Venue,
)
from tests.conferences import program

PANORAMA = Room(name="Panorama", seats=4)
FJORD = Room(name="Fjordsalen", seats=3)
HIDDEN = Room(name="Kælder [lukket]", seats=1)
FIRST_NAMES = (
    *("Ane", "Bo", "Carl", "Dorthe", "Egon", "Fie", "Gry", "Hans", "Ida", "Jan"),
    *("Kim", "Lone", "Mads", "Nanna", "Ole", "Per", "Rie", "Søs", "Tim"),
)
KIM = Presenter(name="Kim Funk", role="skoleleder", organisation="Nordfyns Kommune")


def midsummer(language: str = "da") -> Program:
    return Program(event=_event(language), rooms=(PANORAMA, FJORD, HIDDEN), rounds=(_talks(), _salons()))


def _event(language: str) -> Event:
    return Event(
        name="Midsommerkonferencen",
        date=dt.date(2018, 6, 22),
        start=dt.time(9, 30),
        end=dt.time(14),
        language=language,
        expected_participants=8,
        part_of="Program for læringsledelse",
        venue=Venue(name="Munkebjerg Hotel", address="Munkebjergvej 125, 7100 Vejle"),
        price=Price(amount=695, currency="DKK", note="ekskl. moms"),
        sign_up=SignUp(deadline=dt.date(2018, 5, 1), url="https://example.dk/midsommer"),
        contact=Contact(name="Line Mortensen", role="koordinator", email="lm@example.dk"),
        notes=("Gratis parkering.",),
    )


def _talks() -> Round:
    start, end = dt.time(10), dt.time(10, 30)
    return Round(
        id="R1",
        name="Pecha Kucha: Runde 1",
        start=start,
        end=end,
        sessions=(
            Session(
                code="1A",
                title="Feedback fra voksen til barn med afsæt i data og fokus på den gode relation",
                room=PANORAMA,
                start=start,
                end=end,
                by=("Kolding Kommune", "Vesthimmerlands Kommune"),
                description="Om feedback, der bygger på data.",
            ),
            Session(
                code="1B",
                title="Data understøtter synsninger",
                room=FJORD,
                start=start,
                end=end,
                by=("Nordfyns Kommune",),
                school="Havrehedskolen",
                presenters=(KIM,),
            ),
            Session(code="1C", title="Ingen kommer her", room=HIDDEN, start=start, end=end),
        ),
    )


def _salons() -> Round:
    start, end = dt.time(11), dt.time(12, 10)
    return Round(
        id="S",
        name="Samtalesaloner",
        start=start,
        end=end,
        sessions=(
            Session(
                code="S1",
                title="Ledelse af professionelle læringsfællesskaber kræver ny form for ledelse?",
                room=PANORAMA,
                start=start,
                end=end,
                kind=Kind.SALON,
                presenters=(Presenter(name="Jan Møller-Iversen"), Presenter(name="Åse Berg")),
            ),
            Session(
                code="S2",
                title="Elevinddragelse 🎈",
                room=FJORD,
                start=dt.time(11, 10),
                end=end,
                kind=Kind.SALON,
            ),
        ),
    )


def seated(language: str = "da") -> Assignment:
    """Seven people, lawfully seated, two of them far down their lists."""
    people = (
        (_person("Åse Berg", "aase@example.dk", "Vejle Kommune", "1A > 1B", "", presents="S1"), "1A S1"),
        (_person("Zacharias Dahl", "", "Kolding Kommune", "1A > 1B > 1C", "S1 > S2"), "1A S1"),
        (_person("Ida [intern] Hansen", "ida@example.dk", "Kolding Kommune", "1A", "S1"), "1A S1"),
        (_person("[/b]", "", "", "", ""), "1A S1"),
        (_person("Bo Ærø", "bo@example.dk", "Ærø Kommune", "1A > 1B", "S1 > S2"), "1B S2"),
        (_person("Bo Ærø", "bo2@example.dk", "Vejle Kommune", "1A", "S1"), "1B S2"),
        (_person("Kim Funk", "", "Nordfyns Kommune", "", "S2 > S1", presents="1B"), "1B S2"),
    )
    return Assignment(
        program=midsummer(language),
        participants=tuple(person for person, _ in people),
        days={person.key: tuple(day.split()) for person, day in people},
    )


def crowd() -> Assignment:
    """Some forty people in one room; one name is far longer than the others."""
    names = [f"{first} {last}" for last in ("Ågård", "Møller-Iversen") for first in FIRST_NAMES]
    names.append("Christian Wilhelm Høegh-Guldberg Søndergaard-Lundsgaard")
    people = tuple(
        _person(name, f"{number}@example.dk", "Vesthimmerlands Kommune", "1A")
        for number, name in enumerate(names)
    )
    return Assignment(
        program=program({"1A": 60}), participants=people, days={each.key: ("1A",) for each in people}
    )


PROVEN = (
    Stage(criterion=Criterion.WORST, value=2, bound=2, recomputable=2),
    Stage(criterion=Criterion.TOTAL, value=4, bound=4, recomputable=4),
    Stage(criterion=Criterion.EVEN, value=8, bound=5, recomputable=5),
)
DEALT = tuple(
    Stage(criterion=stage.criterion, value=stage.value, bound=0, recomputable=0) for stage in PROVEN
)


def _person(name: str, email: str, organisation: str, *wishes: str, presents: str = "") -> Participant:
    return Participant(
        name=name,
        email=email,
        organisation=organisation,
        wishes=tuple(Wishes(tuple(cell.split(" > ")) if cell else ()) for cell in wishes),
        presents=frozenset(presents.split()),
    )
