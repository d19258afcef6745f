"""Conferences to try things on: lawful ones by construction, and ones with rules that may ask too much."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
from math import comb, prod

from hypothesis import strategies as st

from midtvejs.domain.fairness import OF_WISHES, Criterion
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import Block, Presenter, Program, Room, Round, Session, tell_sittings_apart
from midtvejs.domain.recognition import recognise_decisions
from midtvejs.domain.rules import Company, Group, Pin, Quota
from midtvejs.domain.seated import Day
from tests import conferences

NAMES = ("Åse", "Bo", "Cai", "Dea", "Eva", "Finn", "Gry")
FEW = 1000
"""How many ways to fill the rooms, counting heads alone, brute force can look through in no time."""

Conference = tuple[Program, tuple[Participant, ...]]

criteria_in_order = st.lists(st.sampled_from(OF_WISHES), min_size=1, max_size=3, unique=True).map(tuple)
seeds = st.integers(min_value=0, max_value=2**64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """One round: who presents what, and everybody's wishes, both by name."""

    round: Round
    presents: dict[str, str]
    wishes: dict[str, Wishes]


@st.composite
def lawful_conferences(
    draw: st.DrawFn, *, max_rounds: int = 3, max_sessions: int = 4, max_people: int = len(NAMES)
) -> Conference:
    """Draw 1 to 3 rounds of 1 to 4 sessions, and as many people as brute force can manage.

    In each round there is room, or exactly room; wishes are full, partial or empty; some people present.
    """
    sizes = draw(st.lists(st.integers(1, max_sessions), min_size=1, max_size=max_rounds))
    most = min(max_people, _manageable(sizes))
    names = NAMES[: most - draw(st.integers(0, most - 1)) // 2]
    drawn = [draw(_rounds(number, size, names)) for number, size in enumerate(sizes, start=1)]
    program = replace(
        conferences.program({"0": 1}),
        rooms=tuple(session.room for one in drawn for session in one.round.sessions),
        rounds=tuple(one.round for one in drawn),
    )
    participants = tuple(
        replace(
            conferences.person(name),
            wishes=tuple(one.wishes[name] for one in drawn),
            presents=frozenset(one.presents[name] for one in drawn if name in one.presents),
        )
        for name in names
    )
    return program, participants


def _manageable(sizes: list[int]) -> int:
    people = 1
    while people < len(NAMES) and prod(comb(people + size, size - 1) for size in sizes) <= FEW:
        people += 1
    return people


@st.composite
def _rounds(draw: st.DrawFn, number: int, size: int, names: tuple[str, ...]) -> _Drawn:
    codes = [f"{number}{letter}" for letter in "ABCD"[:size]]
    presents = draw(st.dictionaries(st.sampled_from(names), st.sampled_from(codes), max_size=2))
    seats = Counter(codes)
    spare = draw(st.integers(0, 2))
    chairs = max(0, len(names) - len(presents) - size + spare)
    seats.update(draw(st.lists(st.sampled_from(codes), min_size=chairs, max_size=chairs)))
    sessions = tuple(
        conferences.session(
            code,
            seats[code],
            hour=9 + number,
            presenters=tuple(Presenter(name=name) for name, own in presents.items() if own == code),
        )
        for code in codes
    )
    round_ = Round(
        id=f"R{number}",
        name=f"Runde {number}",
        start=dt.time(9 + number),
        end=dt.time(9 + number, 30),
        sessions=sessions,
    )
    return _Drawn(round=round_, presents=presents, wishes=draw(_wishes(codes, names)))


@st.composite
def _wishes(draw: st.DrawFn, codes: list[str], names: tuple[str, ...]) -> dict[str, Wishes]:
    """Draw a few lists, of which everybody writes down the beginning: many want the same.

    In about every other one some sessions are wished for equally.
    """
    lists = draw(st.lists(st.permutations(codes), min_size=1, max_size=3))
    ends = st.sets(st.integers(1, len(codes)), max_size=len(codes)).map(sorted)
    breaks = draw(st.sampled_from([[*range(1, len(codes))]]) | ends)
    beginnings = [
        _in_tiers(ranked[:length], breaks) for length in range(len(codes), -1, -1) for ranked in lists
    ]
    size = len(names)
    written = draw(st.lists(st.sampled_from(beginnings), min_size=size, max_size=size))
    return dict(zip(names, written, strict=True))


# Sessions held more than once

Hours = tuple[int, ...]
Held = dict[str, tuple[Hours, ...]]
"""The sittings of each session, by its code: the numbers of the rounds that each of them goes on through."""


@st.composite
def listed_conferences(draw: st.DrawFn, *, max_sessions: int = 5, max_people: int = 5) -> Conference:
    """Draw 2 or 3 rounds with one list over all of them, or over two of three.

    Sessions are held once or several times, one perhaps through two rounds. Some people present, or do not
    attend a round. Everybody has a day, and in each sitting there are seats for those whose day has it, or
    one or two more.
    """
    count = draw(st.integers(2, 3))
    alone = draw(st.sampled_from([None, None, *range(count)])) if count > 2 else None
    listed = tuple(number for number in range(count) if number != alone)
    held = draw(_held(listed, max_sessions))
    held |= {code: ((alone,),) for code in draw(st.sampled_from(["P", "PQ"])) if alone is not None}
    sizes = [sum(number in over for over in _all(held)) for number in range(count)]
    most = min(max_people, max(3, _manageable(sizes)))
    names = NAMES[: most - draw(st.integers(0, most - 1)) // 2]
    presents, absent, days = draw(_lawful_days(held, names, count))
    seats = Counter(
        sitting
        for name, day in days.items()
        for sitting in _sittings_of(day, held)
        if sitting[0] != presents.get(name)
    )
    seats.update(draw(st.lists(st.sampled_from([(c, over) for c in held for over in held[c]]), max_size=2)))
    rounds = _rounds_of(held, seats, presents, count)
    lists = (Block(id="wishes", rounds=listed),)
    program = replace(conferences.program({"0": 1}), rounds=tell_sittings_apart(rounds), lists=lists)
    rooms = tuple(session.room for session in program.sittings.values())
    program = replace(program, rooms=rooms)
    wishes = [
        draw(_wishes([session.code for session in program.sessions_in(block)], names))
        for block in program.blocks
    ]
    return program, tuple(
        replace(
            conferences.person(name),
            wishes=tuple(_without(of_block[name], presents.get(name)) for of_block in wishes),
            presents=frozenset({presents[name]} if name in presents else ()),
            absent=frozenset(f"R{number + 1}" for number in absent[name]),
        )
        for name in names
    )


def _in_tiers(ranked: list[str], breaks: list[int]) -> Wishes:
    """Rank codes; those between two of the ``breaks`` are equals."""
    edges = [0, *(number for number in breaks if number < len(ranked)), len(ranked)]
    return Wishes.of_tiers(ranked[start:end] for start, end in pairwise(edges) if start < end)


def _without(wishes: Wishes, own: str | None) -> Wishes:
    return wishes.without({own} if own else ())


def _all(held: Held) -> list[Hours]:
    return [over for sittings in held.values() for over in sittings]


@st.composite
def _held(draw: st.DrawFn, listed: Hours, max_sessions: int) -> Held:
    """Draw when each session is held; in each round there is another one that nobody has sat in before."""
    codes = draw(st.permutations("ABCDE"[: draw(st.integers(len(listed), max_sessions))]))
    times = {code: {number} for code, number in zip(codes, listed, strict=False)}
    for code in codes:
        more = st.sets(st.sampled_from(listed), min_size=code not in times, max_size=2)
        times.setdefault(code, set()).update(draw(more))
    held: Held = {code: tuple((number,) for number in sorted(times[code])) for code in sorted(codes)}
    through = [over for over in pairwise(listed) if over[1] == over[0] + 1]
    if not (lasting := draw(st.sampled_from([None, None, *through]))):
        return held
    # Now and then it is held again, in a round alone.
    again = [(number,) for number in listed if number not in lasting and draw(st.booleans())]
    return held | {"L": tuple(sorted([lasting, *again]))}


@st.composite
def _lawful_days(
    draw: st.DrawFn, held: Held, names: tuple[str, ...], count: int
) -> tuple[dict[str, str], dict[str, frozenset[int]], dict[str, Day]]:
    """Draw who presents what, who does not attend which rounds, and a day for everybody."""
    presents = draw(st.dictionaries(st.sampled_from(names), st.sampled_from([*held]), max_size=1))
    absent: dict[str, frozenset[int]] = {}
    days: dict[str, Day] = {}
    for name in names:
        absent[name] = frozenset(draw(st.sampled_from([(), (), (), *combinations(range(count), 1)])))
        if not (possible := _days(held, presents.get(name), absent[name], count)):
            absent[name] = frozenset()
            possible = _days(held, presents.get(name), frozenset(), count)
        if not possible:
            del presents[name]
            possible = _days(held, None, frozenset(), count)
        days[name] = draw(st.sampled_from(possible))
    return presents, absent, days


def _days(held: Held, own: str | None, absent: frozenset[int], count: int) -> list[Day]:
    """Return every day for somebody who takes a seat in no session twice."""

    def choices(number: int) -> list[str]:
        here = [code for code, sittings in held.items() if any(number in over for over in sittings)]
        return [""] if number in absent else [own] if own in here and own else here

    return [day for day in product(*map(choices, range(count))) if _is_whole(day, held, own)]


def _is_whole(day: Day, held: Held, own: str | None) -> bool:
    return all(
        code == own or tuple(number for number, other in enumerate(day) if other == code) in held[code]
        for code in set(day) - {""}
    ) and not any(day[number] == "" for over in held.get(own or "", ()) for number in over)


def _sittings_of(day: Day, held: Held) -> set[tuple[str, Hours]]:
    return {(code, over) for number, code in enumerate(day) if code for over in held[code] if number in over}


def _rounds_of(
    held: Held, seats: Counter[tuple[str, Hours]], presents: dict[str, str], count: int
) -> tuple[Round, ...]:
    def sitting(code: str, over: Hours) -> Session:
        by = tuple(Presenter(name=name) for name, own in presents.items() if own == code)
        one = conferences.session(code, max(1, seats[code, over]), hour=10 + over[0], presenters=by)
        through = tuple(f"R{number + 1}" for number in over) if len(over) > 1 else ()
        room = replace(one.room, name=f"Lokale {code}{over[0] + 1}")
        return replace(one, end=dt.time(10 + over[-1], 30), room=room, through=through)

    made = {(code, over): sitting(code, over) for code, sittings in held.items() for over in sittings}
    return tuple(
        Round(
            id=f"R{number + 1}",
            name=f"Runde {number + 1}",
            start=dt.time(10 + number),
            end=dt.time(10 + number, 30),
            sessions=tuple(session for (_, over), session in made.items() if number in over),
        )
        for number in range(count)
    )


@st.composite
def listed_conferences_with_rules(
    draw: st.DrawFn, *, max_sessions: int = 4, max_people: int = 4
) -> Conference:
    """Draw such a conference of people from up to three organisations, with 1 to 3 rules."""
    conference = draw(listed_conferences(max_sessions=max_sessions, max_people=max_people))
    conference = draw(_ruled(conference))
    return _pinned(draw, conference) if draw(st.booleans()) else conference


# Rules


@st.composite
def conferences_with_rules(
    draw: st.DrawFn, *, max_rounds: int = 2, max_sessions: int = 3, max_people: int = 5
) -> Conference:
    """Draw a small conference of people from up to three organisations, with 1 to 3 rules.

    Nobody can be sure that the rules, or the seats that they leave, allow of any assignment.
    """
    conference = draw(
        lawful_conferences(max_rounds=max_rounds, max_sessions=max_sessions, max_people=max_people)
    )
    return draw(_ruled(conference))


@st.composite
def _ruled(draw: st.DrawFn, conference: Conference) -> Conference:
    conference = _organised(draw, conference)
    rules = draw(
        st.lists(st.sampled_from(RULES), min_size=1, max_size=3, unique_by=lambda rule: rule.__name__)
    )
    for rule in rules:
        conference = rule(draw, conference)
    return conference


def _organised(draw: st.DrawFn, conference: Conference) -> Conference:
    program, people = conference
    names = st.sampled_from(["", "Vejle", "VEJLE ", "Ærø"])
    behind = st.lists(names.filter(bool), max_size=1).map(tuple)
    program = _with_sessions(program, lambda session: replace(session, by=draw(behind)))
    return program, tuple(replace(person, organisation=draw(names)) for person in people)


def _with_sessions(program: Program, change: Callable[[Session], Session]) -> Program:
    changed = {key: change(session) for key, session in program.sittings.items()}
    rounds = (
        replace(round_, sessions=tuple(changed[session.key] for session in round_.sessions))
        for round_ in program.rounds
    )
    return replace(program, rounds=tuple(rounds))


def _changed(people: tuple[Participant, ...], changed: dict[str, Participant]) -> tuple[Participant, ...]:
    return tuple(changed.get(person.key, person) for person in people)


def _pinned(draw: st.DrawFn, conference: Conference) -> Conference:
    """Pin somebody who takes a seat, or everybody of an organisation; or ban them."""
    program, people = conference
    round_ = draw(st.sampled_from(program.rounds))
    code = draw(st.sampled_from([session.code for session in round_.sessions]))
    free = [person for person in people if person.presents_in(round_) is None and person.attends(round_)]
    whom = draw(st.sampled_from(people))
    holds = draw(st.booleans())
    # In any of the rounds in which it is held, or in this one.
    when = draw(st.sampled_from(["", "", round_.id])) if code in program.repeated else ""
    if whom in free and draw(st.booleans()):
        pin, bound = Pin(code=code, holds=holds, participant=whom.name, round_id=when), [whom]
    elif whom.organisation:
        pin = Pin(code=code, holds=holds, organisation=whom.organisation, round_id=when)
        bound = [each for each in people if each.organisation == whom.organisation and each.attends(round_)]
    else:
        return conference
    program = replace(program, rules=replace(program.rules, pins=(*program.rules.pins, pin)))
    return program, _changed(people, {each.key: replace(each, pins=(*each.pins, pin)) for each in bound})


def _graded(draw: st.DrawFn, conference: Conference) -> Conference:
    """Say which grade everybody is in, if that is not said yet."""
    program, people = conference
    if program.groups:
        return conference
    grades = st.sampled_from(["8", "9", "9th", ""])
    graded = (replace(each, traits=(("grade", grade),) if (grade := draw(grades)) else ()) for each in people)
    return replace(program, groups=("grade",)), tuple(graded)


def _closed(draw: st.DrawFn, conference: Conference) -> Conference:
    """Close a session to all but one or two grades, and say which grade everybody is in; or pin a grade."""
    program, people = _graded(draw, conference)
    code = draw(st.sampled_from(sorted(program.sessions)))
    of = tuple(draw(st.sets(st.sampled_from(["8", "9"]), min_size=1)))
    others = draw(st.sampled_from([True, True, False]))
    pin = Pin(code=code, holds=not others and draw(st.booleans()), group="grade", of=of, others=others)
    rules = replace(program.rules, pins=(*program.rules.pins, pin))
    program = replace(program, rules=rules)
    meant = recognise_decisions(replace(program, rules=replace(rules, groups=(), pins=(pin,))), people)
    pinned = zip(people, meant.participants, strict=True)
    return program, tuple(replace(each, pins=(*each.pins, *other.pins)) for each, other in pinned)


def _absent(draw: st.DrawFn, conference: Conference) -> Conference:
    """Let somebody miss a round, but none in which they present, or are to be somewhere."""
    program, people = conference
    round_, whom = draw(st.sampled_from(program.rounds)), draw(st.sampled_from(people))
    held = {session.code for session in round_.sessions}
    if whom.presents_in(round_) or any(pin.code in held for pin in whom.pins):
        return conference
    return program, _changed(people, {whom.key: replace(whom, absent=whom.absent | {round_.id})})


def _step_free(draw: st.DrawFn, conference: Conference) -> Conference:
    program, people = conference
    ways = {room.name: draw(st.sampled_from([True, True, False])) for room in program.rooms}

    def built(room: Room) -> Room:
        return replace(room, step_free=ways[room.name])

    program = _with_sessions(
        replace(program, rooms=tuple(map(built, program.rooms))),
        lambda session: replace(session, room=built(session.room), rooms=tuple(map(built, session.rooms))),
    )
    whom = draw(st.sampled_from(people))
    return program, _changed(people, {whom.key: replace(whom, step_free=True)})


def _least(draw: st.DrawFn, conference: Conference) -> Conference:
    """Ask for an audience, of one session or of all of them; they may be cancelled, or not."""
    program, people = conference
    presented = [code for code, session in program.sessions.items() if session.presenters]
    asked = [*program.sessions, *presented, *presented]
    codes = draw(st.sampled_from([frozenset([code]) for code in asked] + [frozenset(program.sessions)]))
    least, may = draw(st.integers(1, 3)), draw(st.sampled_from([True, True, False]))
    return _with_sessions(
        program,
        lambda session: (
            replace(session, least=least, may_be_cancelled=may) if session.code in codes else session
        ),
    ), people


def _grouped(draw: st.DrawFn, conference: Conference) -> Conference:
    program, people = conference
    if len(people) == 1:
        return conference
    members = draw(st.lists(st.sampled_from(people), min_size=2, max_size=3, unique_by=lambda each: each.key))
    group = Group(
        company=draw(st.sampled_from(Company)),
        participants=tuple(person.name for person in members),
        round_id=draw(st.sampled_from(["", *(round_.id for round_ in program.rounds)])),
    )
    if group in program.rules.groups:
        return conference
    program = replace(program, rules=replace(program.rules, groups=(*program.rules.groups, group)))
    return program, _changed(
        people, {each.key: replace(each, groups=(*each.groups, group)) for each in members}
    )


def _at_most(draw: st.DrawFn, conference: Conference) -> Conference:
    program, people = conference
    most, of = draw(st.sampled_from([2, 1, 3])), draw(st.sampled_from(["organisation", "grade"]))
    program, people = _graded(draw, (program, people))
    return replace(program, rules=replace(program.rules, at_most=most, at_most_of=of)), people


def _quotas(draw: st.DrawFn, conference: Conference) -> Conference:
    """Say of a session how many of a grade, or of an organisation, it may or must have."""
    program, people = _graded(draw, conference)
    code, least = draw(st.sampled_from(sorted(program.sessions))), draw(st.booleans())
    group = draw(st.sampled_from(["grade", "grade", "organisation"]))
    value = draw(st.sampled_from(["", "", "8", "9"])) if group == "grade" else ""
    quota = Quota(group=group, number=draw(st.sampled_from([1, 1, 2])), value=value)

    def ask(session: Session) -> Session:
        if session.code != code:
            return session
        if least:
            return replace(session, at_least=(*session.at_least, quota))
        return replace(session, at_most=(*session.at_most, quota))

    return _with_sessions(program, ask), people


def _open_rooms(draw: st.DrawFn, conference: Conference) -> Conference:
    """Leave the rooms of some sessions of a round open, sometimes with a small room more to choose from."""
    program, people = conference
    round_ = draw(st.sampled_from(program.rounds))
    settled = [session.key for session in round_.sessions if not session.through]
    if not settled:
        return conference
    keys = draw(st.sets(st.sampled_from(settled), min_size=1))
    spare = tuple(Room(name=f"Loftet {seats}", seats=seats) for seats in draw(st.sets(st.integers(1, 3))))
    rooms = (*(session.room for session in round_.sessions if session.key in keys), *spare)

    def opened(session: Session) -> Session:
        if session.key not in keys:
            return session
        return replace(session, rooms=rooms, room=max(rooms, key=session.seats_in))

    return _with_sessions(replace(program, rooms=(*program.rooms, *spare)), opened), people


def _seats_held_back(draw: st.DrawFn, conference: Conference) -> Conference:
    """Keep a seat free, or let presenters sit: often nobody has lost a seat, as rooms grow as well."""
    program, people = conference
    grown, kept, seated = (draw(st.integers(0, 1)) for _ in range(3))

    def larger(room: Room) -> Room:
        return replace(room, seats=room.seats + grown, keep_free=kept)

    def tighter(session: Session) -> Session:
        return replace(
            session,
            room=larger(session.room),
            rooms=tuple(map(larger, session.rooms)),
            keep_free=draw(st.sampled_from([None, None, 0, 1])),
            seated_presenters=seated * len(session.presenters),
        )

    rules = replace(program.rules, presenters_take_seats=bool(seated))
    program = replace(program, rooms=tuple(map(larger, program.rooms)), rules=rules)
    return _with_sessions(program, tighter), people


def _other_fairness(draw: st.DrawFn, conference: Conference) -> Conference:
    """Ask for other criteria, at least one of which has to do with organisations, or with friends."""
    program, people = _befriended(draw, conference)
    listed = draw(st.lists(st.sampled_from(OF_WISHES), max_size=2, unique=True))
    asked = draw(st.sampled_from([Criterion.SPREAD, Criterion.AVOID_OWN, Criterion.FRIENDS]))
    listed.insert(draw(st.integers(0, len(listed))), asked)
    program, people = _graded(draw, (program, people))
    rules = replace(program.rules, spread_of=draw(st.sampled_from(["organisation", "grade"])))
    return replace(program, rules=rules).replace_rules(fairness=tuple(listed)), people


def _befriended(draw: st.DrawFn, conference: Conference) -> Conference:
    """Have some name others, of whom not all name them back; a key may be nobody's by now."""
    program, people = conference
    keys = st.sampled_from([*(person.key for person in people), "gone@a.example"])
    wants = {person.key: draw(st.lists(keys, max_size=2, unique=True)) for person in people}
    back = draw(st.booleans())
    for key, named in list(wants.items()) if back else ():
        for other in named:
            wants[other] = [*wants.get(other, ()), key]
    return program, tuple(replace(person, wants=tuple(dict.fromkeys(wants[person.key]))) for person in people)


@st.composite
def bound_together(draw: st.DrawFn) -> Conference:
    """Draw a conference with rules in which two or three are together, in a round or all day.

    Mostly not everybody of an organisation may be in one session.
    """
    program, people = draw(conferences_with_rules())
    most = draw(st.sampled_from([1, 2, program.rules.at_most]))
    program = replace(program, rules=replace(program.rules, at_most=most))
    if len(people) == 1:
        return program, people
    members = draw(st.lists(st.sampled_from(people), min_size=2, max_size=3, unique_by=lambda each: each.key))
    group = Group(
        company=Company.TOGETHER,
        participants=tuple(person.name for person in members),
        round_id=draw(st.sampled_from(["", "", *(round_.id for round_ in program.rounds)])),
        reason="drawn",
    )
    keys = {person.key for person in members}
    rules = replace(program.rules, groups=(*program.rules.groups, group))
    return replace(program, rules=rules), tuple(
        replace(each, groups=(*each.groups, group)) if each.key in keys else each for each in people
    )


@st.composite
def kept(draw: st.DrawFn, conferences: st.SearchStrategy[Conference]) -> Conference:
    """Draw a conference with an earlier assignment, of some days that may be open no more, to be kept.

    That is asked for before all else, or somewhere among the other criteria.
    """
    program, people = draw(conferences)
    codes = [[*(session.code for session in round_.sessions), "", "gone"] for round_ in program.rounds]
    day = st.tuples(*(st.sampled_from(of_round) for of_round in codes))
    people = tuple(replace(person, earlier=draw(day)) if draw(st.booleans()) else person for person in people)
    before = draw(st.integers(0, 1))
    order = program.rules.fairness
    fewest = draw(st.sampled_from([(Criterion.MOVED, Criterion.MOVED_SEATS), (Criterion.DISPLACED,)]))
    asked = (*order[:before], *fewest, *order[before:])
    return program.replace_rules(fairness=asked), people


Rule = Callable[[st.DrawFn, Conference], Conference]
RULES: tuple[Rule, ...] = (
    *(_pinned, _closed, _absent, _step_free, _least, _grouped, _at_most, _quotas),
    *(_open_rooms, _seats_held_back, _other_fairness),
)


@st.composite
def conferences_in_open_rooms(draw: st.DrawFn) -> Conference:
    """Draw a small conference with open rooms, sessions that need an audience, and up to two other rules."""
    conference = draw(lawful_conferences(max_rounds=2, max_sessions=3, max_people=6))
    conference = _organised(draw, conference)
    others = draw(st.lists(st.sampled_from([_grouped, _at_most, _step_free, _absent]), max_size=2))
    for rule in (_open_rooms, _least, *others):
        conference = rule(draw, conference)
    return conference


@st.composite
def conferences_in_grades(draw: st.DrawFn) -> Conference:
    """Draw a small conference with rules of grades: sessions for some only, limits, a criterion."""
    conference = draw(lawful_conferences(max_rounds=2, max_sessions=3, max_people=5))
    conference = _organised(draw, conference)
    for rule in draw(
        st.lists(st.sampled_from([_closed, _at_most, _quotas, _other_fairness]), min_size=1, max_size=3)
    ):
        conference = rule(draw, conference)
    return conference


@st.composite
def conferences_of_friends(draw: st.DrawFn) -> Conference:
    """Draw a small conference that asks to keep friends together, first or last, maybe with other rules."""
    conference = draw(lawful_conferences(max_rounds=2, max_sessions=3, max_people=5))
    conference = _organised(draw, conference)
    for rule in draw(st.lists(st.sampled_from([_pinned, _least, _grouped, _absent]), max_size=2)):
        conference = rule(draw, conference)
    program, people = _befriended(draw, conference)
    order = (Criterion.FRIENDS, *program.rules.fairness)
    return program.replace_rules(fairness=draw(st.sampled_from([order, (*order[1:], order[0])]))), people
