"""A few conferences, small enough to check by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import (
    Block,
    Event,
    Kind,
    Offer,
    Presenter,
    Program,
    Room,
    Round,
    Session,
    tell_sittings_apart,
)
from midtvejs.domain.rules import Company, Group, Pin, Rules


def session(code: str, seats: int, *, hour: int = 10, presenters: tuple[Presenter, ...] = ()) -> Session:
    """A session of half an hour in a room of its own."""
    return Session(
        code=code,
        title=f"Foredrag {code}",
        room=Room(name=f"Lokale {code}", seats=seats),
        start=dt.time(hour),
        end=dt.time(hour, 30),
        kind=Kind.SALON if code.startswith("S") else Kind.PECHA_KUCHA,
        presenters=presenters,
    )


def program(
    *rounds: dict[str, int], rules: Rules | None = None, presenters: dict[str, str] | None = None
) -> Program:
    """A day whose rounds R1, R2, ... hold sessions by code with their seats; ``presenters``: code to name."""
    names = presenters or {}
    made = tuple(
        Round(
            id=f"R{number}",
            name=f"Runde {number}",
            start=dt.time(9 + number),
            end=dt.time(9 + number, 30),
            sessions=tuple(
                session(
                    code,
                    seats,
                    hour=9 + number,
                    presenters=(Presenter(name=names[code]),) if code in names else (),
                )
                for code, seats in seats_by_code.items()
            ),
        )
        for number, seats_by_code in enumerate(rounds, start=1)
    )
    return Program(
        event=Event(name="Prøvedagen", date=dt.date(2018, 1, 30), start=dt.time(9), end=dt.time(20)),
        rooms=tuple(s.room for round_ in made for s in round_.sessions),
        rounds=made,
        rules=rules or Rules(),
    )


def one_list(
    held: dict[str, dict[int, int]],
    *,
    rounds: int,
    lasting: dict[str, tuple[int, ...]] | None = None,
    rules: Rules | None = None,
) -> Program:
    """A day with one list, ``wishes``, for all of its rounds 1, 2, ...: ``held[code][round]`` are seats.

    What is ``lasting`` is held once, through the rounds that it names, with the seats of the first.
    """
    through = {code: tuple(f"R{number}" for number in over) for code, over in (lasting or {}).items()}

    def sittings(number: int) -> tuple[Session, ...]:
        found = []
        for code, seats in held.items():
            over = (lasting or {}).get(code, (number,))
            if number in over and over[0] in seats:
                sitting = session(code, seats[over[0]], hour=9 + over[0])
                found.append(replace(sitting, through=through.get(code, ())))
        return tuple(found)

    made = tuple(
        Round(
            id=f"R{number}",
            name=f"Runde {number}",
            start=dt.time(9 + number),
            end=dt.time(9 + number, 30),
            sessions=sittings(number),
        )
        for number in range(1, rounds + 1)
    )
    day = program({"0": 1}, rules=rules)
    return replace(
        day,
        rooms=tuple({s.room.name: s.room for round_ in made for s in round_.sessions}.values()),
        rounds=tell_sittings_apart(made),
        lists=(Block(id="wishes", rounds=tuple(range(rounds))),),
    )


def person(name: str, *wishes: str, presents: str = "") -> Participant:
    """Somebody whose wishes are written as in prefs.csv: ``"1A > 1B"`` for each list."""
    return Participant(
        name=name,
        email=f"{name.casefold()}@example.dk",
        organisation="Vejle Kommune",
        wishes=tuple(Wishes(tuple(cell.split(" > ")) if cell else ()) for cell in wishes),
        presents=frozenset(presents.split()),
    )


def pinned(who: Participant, code: str, *, holds: bool = True) -> Participant:
    return replace(
        who,
        pins=(
            *who.pins,
            Pin(code=code, holds=holds, participant=who.name),
        ),
    )


def grouped(day: Program, company: Company, *people: Participant) -> tuple[Program, list[Participant]]:
    group = Group(company=company, participants=tuple(each.name for each in people))
    ruled = replace(day, rules=replace(day.rules, groups=(group,)))
    return ruled, [replace(each, groups=(group,)) for each in people]


def each_session(day: Program, change: Callable[[Session], Session]) -> Program:
    rounds = (replace(each, sessions=tuple(map(change, each.sessions))) for each in day.rounds)
    return replace(day, rounds=tuple(rounds))


def cancelled(day: Program, *codes: str, round_id: str = "") -> Program:
    """The same day, with these sessions cancelled; of one round alone, where that is said."""

    def cancel(round_: Round) -> Round:
        off = [each for each in round_.sessions if each.code in codes and round_id in {"", round_.id}]
        held = tuple(each for each in round_.sessions if each not in off)
        return replace(round_, sessions=held, cancelled=tuple(replace(each, sitting="") for each in off))

    held_once = each_session(day, lambda each: replace(each, sitting=""))
    return replace(day, rounds=tell_sittings_apart(map(cancel, held_once.rounds)))


def one_round() -> tuple[Program, tuple[Participant, ...]]:
    """Three people, two sessions, one of whom has to give way."""
    return program({"1A": 2, "1B": 2}), (
        person("Åse", "1A > 1B"),
        person("Bo", "1A > 1B"),
        person("Cai", "1A"),
    )


def full_house() -> tuple[Program, tuple[Participant, ...]]:
    """Every seat of both rounds is needed; all want 1A and then 2A, so that two rounds even out."""
    return program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 2}), tuple(
        person(name, "1A > 1B", "2A > 2B") for name in ("Åse", "Bo", "Cai", "Dea")
    )


def oversubscribed() -> tuple[Program, tuple[Participant, ...]]:
    """Four people for three seats in the second round."""
    return program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 1}), tuple(
        person(name, "1A > 1B", "2A > 2B") for name in ("Åse", "Bo", "Cai", "Dea")
    )


def raised() -> tuple[Program, tuple[Participant, ...]]:
    """Six people whose least `first`, after `even`, is one more than any prices prove."""
    day = program({"1A": 2, "1B": 2, "1C": 1, "1D": 2}, {"2A": 3, "2B": 1, "2C": 1, "2D": 1})
    order = (Criterion.EVEN, Criterion.FIRST, Criterion.TOTAL)
    return day.replace_rules(fairness=order), (
        person("Åse", "1D > 1C", "2B > 2A > 2D > 2C"),
        person("Bo", "1A > 1D > 1B > 1C", "2B"),
        person("Cai", "1A > 1C", "2A > 2B > 2D"),
        person("Dea", "1D", "2B > 2C > 2A > 2D"),
        person("Eva", "1C > 1D", "2A > 2D"),
        person("Finn", "1A > 1C > 1B > 1D", "2D > 2C > 2A > 2B"),
    )


def held_twice() -> tuple[Program, tuple[Participant, ...]]:
    """Three sessions, each held in both rounds; A, which all three want, has but one seat in each."""
    both = {1: 9, 2: 9}
    return one_list({"A": {1: 1, 2: 1}, "B": both, "C": both}, rounds=2), tuple(
        person(name, "A > B > C") for name in ("Åse", "Bo", "Cai")
    )


def open_day(
    offers: dict[str, Offer | None], *, rounds: int, rooms: tuple[int, ...], rules: Rules | None = None
) -> Program:
    """A day with one list, ``wishes``, whose sessions are all still to be placed, in rooms of so many seats.

    None stands for an offer that is held once, in whichever round.
    """
    ids = tuple(f"R{number}" for number in range(1, rounds + 1))
    made = tuple(
        Round(id=id_, name=f"Runde {id_[1:]}", start=dt.time(9 + at), end=dt.time(9 + at, 30), sessions=())
        for at, id_ in enumerate(ids, start=1)
    )
    return Program(
        event=Event(name="Prøvedagen", date=dt.date(2018, 1, 30), start=dt.time(9), end=dt.time(20)),
        rooms=tuple(
            Room(name=f"Lokale {number}", seats=seats) for number, seats in enumerate(rooms, start=1)
        ),
        rounds=made,
        rules=rules or Rules(),
        lists=(Block(id="wishes", rounds=tuple(range(rounds))),) if rounds > 1 else (),
        offers=tuple(offer or Offer(session=session(code, 1), rounds=ids) for code, offer in offers.items()),
    )
