"""Write the first program.yaml of a sketch, commented in a language: as it stands, it has no faults."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from string import Template

from midtvejs.domain.diagnostic import column_letters
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Presenter
from midtvejs.domain.sketch import USUAL_SEATS, Sketch, SketchedRound, SketchedSession, usual_times
from midtvejs.reading.program.fields import CODE
from midtvejs.reading.program.fill_rooms import quote_name
from midtvejs.reading.program.mending import code_meant

UNWRITABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""What is in no text that is meant, or could be written in no YAML."""
AUTO = "auto"
SCHEMA_LINE = "# yaml-language-server: $schema={}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWords:
    """What stands in for whatever nobody has said yet; each has a number behind it but ``event``.

    ``to_place`` is said above sessions of which it is still to be found when they are held.
    """

    event: str
    round: str
    room: str
    session: str
    to_place: str


WORDS: Mapping[str, NewWords] = {
    "da": NewWords(
        event="Konferencen",
        round="Runde",
        room="Lokale",
        session="Titel på",
        to_place="Uden rounds finder `midtvejs plan` en tid; times: 2 (eller 1-3) er så mange gange.",
    ),
    "en": NewWords(
        event="The conference",
        round="Round",
        room="Room",
        session="Title of",
        to_place="Without rounds `midtvejs plan` finds a time; times: 2 (or 1-3) is how often.",
    ),
    "nb": NewWords(
        event="Konferansen",
        round="Runde",
        room="Rom",
        session="Tittel på",
        to_place="Uten rounds finner `midtvejs plan` en tid; times: 2 (eller 1-3) er så mange ganger.",
    ),
}


def clean(text: str) -> str:
    """Return a text as one line that can be written."""
    return " ".join(UNWRITABLE.sub(" ", text).split())


def quoted(text: str) -> str:
    """Write a text as YAML, whatever it is."""
    return quote_name(clean(text))


def sketch_day(
    name: str, date: dt.date, rounds: int, rooms: Mapping[str, int] | int, language: str
) -> Sketch:
    """Sketch a day with a session in each room, in each round."""
    words = WORDS[language]
    seats = (
        {f"{words.room} {number + 1}": USUAL_SEATS for number in range(rooms)}
        if isinstance(rooms, int)
        else rooms
    )
    sessions = [
        SketchedSession(title=f"{words.session} {code}", rooms={number: room}, code=code)
        for number in range(rounds)
        for place, room in enumerate(seats)
        for code in [made_code(number, place)]
    ]
    return Sketch(
        name=name,
        date=date,
        rounds=tuple(
            SketchedRound(name=f"{words.round} {number + 1}", start=start, end=end)
            for number, (start, end) in enumerate(usual_times(rounds))
        ),
        sessions=tuple(sessions),
        seats=seats,
    )


def made_code(round_: int, place: int) -> str:
    """Return ``2C`` for the third session of the second round, both counted from 0."""
    return f"{round_ + 1}{column_letters(place + 1)}"


def program_text(sketch: Sketch, language: str, event_id: str, schema: str = "") -> str:
    """Write program.yaml; ``schema`` is where its JSON Schema is, as seen from it."""
    template = files(__package__).joinpath("templates", f"{language}.yaml").read_text(encoding="utf-8")
    codes = codes_of(sketch.sessions)
    seats = _all_rooms(sketch, WORDS[language].room)
    text = Template(template).substitute(
        title=clean(sketch.name),
        date=sketch.date.isoformat(),
        event="\n".join(_event(sketch, language, event_id)),
        agenda="\n".join(_agenda(sketch)),
        rooms="\n".join(f"  {quoted(name)}: {{seats: {count}}}" for name, count in seats.items()),
        rounds="\n\n".join(
            "\n".join(_round(sketch, number, codes, seats)) for number in range(len(sketch.rounds))
        ),
        sessions="\n".join(_shared(sketch, codes, seats, WORDS[language].to_place)),
        seed=sketch.date.year,
    )
    return (SCHEMA_LINE.format(quoted(schema)) if schema else "") + text


def codes_of(sessions: Iterable[SketchedSession]) -> dict[int, str]:
    """Return a code for each session, by its number: its own if that is one, else a made one."""
    numbered = list(enumerate(sessions))
    codes = {number: code_meant(clean(each.code)) for number, each in numbered}
    taken: dict[str, int] = {}
    for number, _ in numbered:
        if CODE.fullmatch(codes[number]):
            taken.setdefault(codes[number].casefold(), number)
    places: dict[int, int] = defaultdict(int)
    for number, session in numbered:
        if taken.get(codes[number].casefold()) == number:
            continue
        of_round = min(session.rooms) if len(session.rooms) == 1 else -1
        while True:
            code = made_code(of_round, places[of_round]) if of_round >= 0 else column_letters(places[-1] + 1)
            places[of_round] += 1
            if taken.setdefault(code.casefold(), number) == number:
                break
        codes[number] = code
    return codes


def rooms_without_seats(sketch: Sketch) -> list[str]:
    """Return the rooms that are named, and of which nobody has said how many fit."""
    said = set(map(clean, sketch.seats))
    named = (clean(room) for session in sketch.sessions for room in _rooms_of(session) if _names_room(room))
    return [room for room in dict.fromkeys(named) if room not in said]


def _rooms_of(session: SketchedSession) -> list[str]:
    """Return a room for each time that a session is held; that of one that is open."""
    return list(session.rooms.values()) or [session.room]


def _all_rooms(sketch: Sketch, word: str) -> dict[str, int]:
    """Return the seats of every room, with as many more as sessions need that name none."""
    seats: dict[str, int] = {}
    for name, count in sketch.seats.items():
        if _names_room(name):
            seats[clean(name)] = max(1, count)
    for session in sketch.sessions:
        for name in filter(_names_room, _rooms_of(session)):
            seats.setdefault(clean(name), USUAL_SEATS)
    held = [sum(number in each.rooms for each in sketch.sessions) for number in range(len(sketch.rounds))]
    to_place = sum(int(each.times.rpartition("-")[2] or 1) for each in sketch.open)
    most = max(*held, -(-(sum(held) + to_place) // len(held))) if to_place else max(held)
    open_seats = max(
        (each.seats or 0 for each in sketch.sessions if not all(map(_names_room, _rooms_of(each)))),
        default=0,
    )
    number = 0
    while len(seats) < most:
        number += 1
        seats.setdefault(f"{word} {number}", open_seats or USUAL_SEATS)
    return seats


def _names_room(name: str) -> bool:
    return bool(clean(name)) and fold(clean(name)) != AUTO


def _event(sketch: Sketch, language: str, event_id: str) -> Iterator[str]:
    times = [
        *((each.start, each.end) for each in sketch.rounds),
        *((item.start, item.end) for item in sketch.agenda),
    ]
    yield f"  name: {quoted(sketch.name)}"
    yield f"  date: {sketch.date}"
    if sketch.end_date and sketch.end_date > sketch.date:
        yield f"  end_date: {sketch.end_date}"
    yield f'  start: "{min(start for start, _ in times):%H:%M}"'
    yield f'  end: "{max(end for _, end in times):%H:%M}"'
    if sketch.timezone:
        yield f"  timezone: {sketch.timezone}"
    yield f"  language: {language}"
    yield f"  id: {quoted(event_id)}"
    yield "  revision: 0"


def _agenda(sketch: Sketch) -> Iterator[str]:
    if not sketch.agenda:
        yield '# agenda: [{title: "...", start: "12:00", end: "13:00"}]'
    else:
        yield "agenda:"
    for item in sketch.agenda:
        keys = {"title": quoted(item.title), "start": f'"{item.start:%H:%M}"', "end": f'"{item.end:%H:%M}"'}
        if item.date and item.date != sketch.date:
            keys["date"] = item.date.isoformat()
        if _names_room(item.room):
            keys["room"] = quoted(item.room)
        yield f"  - {_in_braces(keys)}"
    yield ""


def _in_braces(keys: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}"


def _round(sketch: Sketch, number: int, codes: Mapping[int, str], seats: Mapping[str, int]) -> Iterator[str]:
    round_ = sketch.rounds[number]
    yield f"  - id: R{number + 1}"
    yield f"    name: {quoted(round_.name)}"
    if round_.date and round_.date != sketch.date:
        yield f"    date: {round_.date}"
    yield f'    start: "{round_.start:%H:%M}"'
    yield f'    end: "{round_.end:%H:%M}"'
    own = [(place, each) for place, each in enumerate(sketch.sessions) if list(each.rooms) == [number]]
    # Sessions that are open are placed only in rounds that hold none of their own.
    own = [] if sketch.open else own
    if own:
        yield "    sessions:"
    for place, session in own:
        room = session.rooms[number]
        named = {"room": quoted(room)} if _names_room(room) else {}
        yield from _session(session, codes[place], named, seats, margin=6)


def _shared(
    sketch: Sketch, codes: Mapping[int, str], seats: Mapping[str, int], to_place: str
) -> Iterator[str]:
    several = [(place, each) for place, each in enumerate(sketch.sessions) if len(each.rooms) > 1]
    shared = list(enumerate(sketch.sessions)) if sketch.open else several
    if shared:
        yield f"\n# {to_place}\nsessions:" if sketch.open else "\nsessions:"
    for place, session in shared:
        keys = {"rounds": f"[{', '.join(f'R{number + 1}' for number in sorted(session.rooms))}]"}
        if not session.rooms:
            keys = {"times": session.times} if session.times else {}
            keys |= {"room": quoted(session.room)} if _names_room(session.room) else {}
        rooms = {
            f"R{number + 1}": room for number, room in sorted(session.rooms.items()) if _names_room(room)
        }
        if len(set(map(clean, rooms.values()))) == 1 and len(rooms) == len(session.rooms):
            keys["room"] = quoted(next(iter(rooms.values())))
        elif rooms:
            keys["room"] = _in_braces({number: quoted(room) for number, room in rooms.items()})
        yield from _session(session, codes[place], keys, seats, margin=2)
    if shared:
        yield ""


def _session(
    session: SketchedSession, code: str, keys: Mapping[str, str], seats: Mapping[str, int], *, margin: int
) -> Iterator[str]:
    written = {"code": quoted(code), "title": quoted(session.title), **keys}
    if session.by:
        written["by"] = f"[{', '.join(quoted(each) for each in session.by)}]"
    if session.presenters:
        written["presenters"] = f"[{', '.join(_in_braces(_presenter(each)) for each in session.presenters)}]"
    if clean(session.description):
        written["description"] = quoted(session.description)
    if session.start:
        written["start"] = f'"{session.start:%H:%M}"'
    if session.end:
        written["end"] = f'"{session.end:%H:%M}"'
    held_in = [seats[clean(room)] for room in _rooms_of(session) if _names_room(room)]
    if session.seats and (not held_in or session.seats < max(held_in)):
        written["max_participants"] = str(session.seats)
    for number, (key, value) in enumerate(written.items()):
        yield f"{' ' * margin}{'  ' if number else '- '}{key}: {value}"


def _presenter(presenter: Presenter) -> dict[str, str]:
    said = {"name": presenter.name, "role": presenter.role, "organisation": presenter.organisation}
    return {key: quoted(value) for key, value in said.items() if clean(value)}
