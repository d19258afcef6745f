"""What is still to be placed can be: each session is left rounds, and all of them fit into the rooms."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from midtvejs.domain.matching import Matching
from midtvejs.domain.participants import fold
from midtvejs.domain.wording import first_few, listing, quantity
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import Span, quote
from midtvejs.reading.files.yaml_nodes import Keys
from midtvejs.reading.program.draft import DayDraft, OfferDraft, SessionDraft, free_rooms
from midtvejs.reading.program.fields import Draft
from midtvejs.reading.program.presenters import Identity, identities


def report_held_and_open(day: DayDraft) -> None:
    """Look for sessions that say in which rounds they are held, and something else of it, too."""
    for draft in (found.value for found in day.draft.value("sessions") or ()):
        rounds, name = draft.value("rounds"), f"session {draft.value('code') or '?'}"
        if rounds is None:
            continue
        if "times" in draft.node.entries:
            message = f"{name} says in which rounds it is held: how often is no question"
            hint = "leave out times; or leave out rounds, where midtvejs plan is to find them"
            day.source.report(Fault.HELD_AND_OPEN, _key(draft, "times"), message, hint)
        held = {found.value for found in rounds}
        for found in draft.value("not_in") or ():
            if found.value in held:
                message = f"{name} is held in {found.value}, where it is not to be (not_in)"
                hint = f"leave {found.value} out of rounds, or out of not_in"
                day.source.report(Fault.HELD_AND_OPEN, found.span, message, hint)


def report_settled_keys(day: DayDraft) -> None:
    """Look for what cannot be said of a session while it is open in which rounds it is held."""
    said = {
        "lasts": "lasts through several rounds",
        "start": "begins at a time of its own",
        "end": "ends at a time of its own",
    }
    for draft in _drafts(day):
        name = f"session {draft.value('code') or '?'}"
        for key, what in said.items():
            if key in draft.node.entries and draft.value(key) != 1:
                message = f"{name} {what}: it has to say in which round"
                hint = f"write, for example, rounds: [R1]; or leave out {key}"
                day.source.report(Fault.ONLY_SETTLED, _key(draft, key), message, hint)
        if isinstance(draft.value("cancelled"), tuple):
            message = f"{name} is still to be placed: it cannot be cancelled in some of its rounds"
            hint = "write cancelled: true where it is off; or not_in where it is only not to be in these"
            day.source.report(Fault.ONLY_SETTLED, _key(draft, "cancelled"), message, hint)


def report_codes_twice(day: DayDraft) -> None:
    """Look for open sessions whose code another session has: how often it is held, ``times`` says."""
    first: dict[str, tuple[str, Draft]] = {}
    for session in day.planned():
        first.setdefault(fold(session.code), (session.code, session.draft))
    for offer in day.offers:
        code, draft = first.setdefault(fold(offer.code), (offer.code, offer.draft))
        if offer.code and draft is not offer.draft:
            line = day.source.line_of(draft.values["code"].span)
            message = f"the code {offer.code} is used twice; first on line {line}"
            message += "" if code == offer.code else f" as {code}, which differs only in case"
            hint = "give it a code of its own; if it is that session again, leave one out, and write times: 2"
            day.source.report(Fault.DOUBLED_SESSION, offer.draft.span("code"), message, hint)


def report_titles_twice(day: DayDraft) -> None:
    """Look for an open session with the title of another one: it may have been meant as that one."""
    first: dict[str, tuple[str, Draft]] = {}
    for session in day.planned():
        first.setdefault(fold(session.draft.value("title") or ""), (session.code, session.draft))
    for offer in day.offers:
        title = fold(offer.draft.value("title") or "")
        code, draft = first.setdefault(title, (offer.code, offer.draft))
        if title and offer.code and fold(code) != fold(offer.code):
            line = day.source.line_of(draft.values["title"].span)
            message = f"{offer.name} has the title of session {code} (line {line}), and is another session"
            hint = (
                "if they are one, leave one out and say how often it is held (times: 2), "
                "and nobody attends it twice; else give it a title of its own"
            )
            day.source.report(Fault.SAME_TITLE, offer.draft.span("title"), message, hint)


def report_closed_rooms(day: DayDraft) -> None:
    """Look for rooms in rounds that their session cannot be in."""
    for offer in day.offers if day.rounds_known else ():
        _, node = offer.draft.node.entries.get("room", (None, None))
        ids = [sitting.round.id for sitting in offer.sittings]
        for id_, (key, _) in node.entries.items() if isinstance(node, Keys) else ():
            if id_ not in ids:
                why = f": {offer.closed[id_]}" if id_ in offer.closed else ""
                message = f"{offer.name} cannot be held in {quote(id_)}{why}"
                near = "" if why else day.source.did_you_mean(id_, ids)
                hint = (
                    near or f"name rooms of {listing(ids) if ids else 'other rounds'}, or let it be in {id_}"
                )
                day.source.report(Fault.NOT_HELD, key.span, message, hint)


def report_nowhere(day: DayDraft) -> None:
    """Look for sessions to which no round is left, or fewer than the times that they are to be held."""
    for offer in day.offers if day.rounds_known and day.rooms is not None else ():
        held = [sitting.round.id for sitting in offer.sittings]
        why = _reasons(offer)
        if not day.open_rounds:
            message = f"{offer.name} can be held nowhere: each round has sessions of its own"
            hint = "let a round do without sessions, and name it where they are: rounds: [R1]"
            day.source.report(Fault.NOWHERE, offer.draft.heading, message, hint)
        elif not held:
            ways = {
                "leave a round out of not_in": "not_in" in offer.closed.values(),
                "name another room (room: auto stands for any)": "room" in offer.draft.node.entries,
            }
            hint = ", or ".join(way for way, helps in ways.items() if helps)
            hint = hint or "describe more rooms, or name its presenters at one of the two sessions alone"
            day.source.report(
                Fault.NOWHERE, offer.draft.heading, f"{offer.name} can be held nowhere ({why})", hint
            )
        elif offer.fewest > len(held) or offer.most > len(day.open_rounds):
            times = quantity(offer.fewest if offer.fewest > len(held) else offer.most, "time")
            also = f" ({why})" if why else ""
            message = (
                f"{offer.name} is to be held {times}, and can be in {quantity(len(held), 'round')}{also}"
            )
            fits = f"{offer.fewest}-{len(held)}" if offer.fewest < len(held) else str(len(held))
            hint = f"write times: {fits}, or open more rounds to it"
            day.source.report(Fault.TOO_OFTEN, offer.draft.span("times"), message, hint)


def report_nothing_to_keep(day: DayDraft, keep: Collection[str]) -> None:
    """Look for rounds and sessions that are to stay as they are, and of which nothing is placed."""
    rounds = {round_.id: round_ for round_ in day.rounds}
    offers = {offer.code: offer for offer in day.offers}
    for word in keep:
        hint = f"leave out --keep {word}"
        if word in rounds and not rounds[word].planned:
            message = f"nothing is placed in {word} yet: there is nothing to keep"
            hint += f", or write where a session is to stay: rounds: [{word}]"
            day.source.report(Fault.NOTHING_TO_KEEP, rounds[word].draft.span("id"), message, hint)
        elif word in offers and word not in rounds:
            message = f"{offers[word].name} is still to be placed: there is nothing to keep"
            hint += ", or write in which rounds it is to stay: rounds: [...]"
            day.source.report(Fault.NOTHING_TO_KEEP, offers[word].draft.heading, message, hint)


def report_tracks(day: DayDraft) -> None:
    """Look for sessions of one track that run in one round: they are for the same people."""
    for round_ in day.rounds:
        by_track: dict[str, list[SessionDraft]] = {}
        for sitting in round_.sessions:
            if (track := sitting.draft.value("track")) and sitting.round is round_:
                by_track.setdefault(track, []).append(sitting)
        for track, sittings in by_track.items():
            if len(sittings) > 1:
                *others, last = sittings
                codes = listing([f"{each.code} (line {day.line_of(each.draft)})" for each in others])
                message = f"{last.name} runs in {round_.id} as {codes} of the same track, {quote(track)}"
                hint = "hold one in another round, if those who want both are to hear both"
                day.source.report(Fault.TRACK_AT_ONCE, last.draft.span("track"), message, hint)


def _reasons(offer: OfferDraft) -> str:
    """Return ``R1 and R2: not_in``: why an open session cannot be in some rounds."""
    by_reason: dict[str, list[str]] = {}
    for id_, why in offer.closed.items():
        by_reason.setdefault(why, []).append(id_)
    return "; ".join(f"{listing(ids)}: {why}" for why, ids in by_reason.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Squeeze:
    """Sessions that have to be in some ``rounds`` together more ``often`` than there is ``room`` for it."""

    offers: tuple[OfferDraft, ...]
    rounds: tuple[str, ...]
    often: int
    room: int

    @property
    def last(self) -> Span:
        return self.offers[-1].draft.heading

    @property
    def codes(self) -> str:
        return first_few([offer.code for offer in self.offers], most=8)


def report_squeezes(day: DayDraft) -> None:
    """Look for more sittings than rooms and rounds, or than one room or one person has rounds for."""
    offers = _placeable(day)
    room_for = {
        round_.id: len(free_rooms(day, round_)) - sum(session.open_room for session in round_.sessions)
        for round_ in day.open_rounds
    }
    if squeeze := find_squeeze(offers, room_for):
        _report_many(day, squeeze)
    for name, those in _by_room(offers).items():
        if squeeze := find_squeeze(those, dict.fromkeys(room_for, 1)):
            message = f"{quote(name)} is to hold {squeeze.codes}: {_times(squeeze)}"
            hint = "leave the room of one of them open: room: auto"
            day.source.report(Fault.MANY_SITTINGS, squeeze.last, message, hint)
    for who, those in _by_presenter(offers):
        if squeeze := find_squeeze(those, dict.fromkeys(room_for, 1)):
            message = f"{quote(who)} presents {squeeze.codes}: {_times(squeeze)}"
            hint = "hold one of them less often, let another present it, or add a round"
            day.source.report(Fault.PRESENTER_TOO_OFTEN, squeeze.last, message, hint)


def _times(squeeze: Squeeze) -> str:
    rounds = quantity(squeeze.room, "round")
    return f"{quantity(squeeze.often, 'time')} in {rounds} ({', '.join(squeeze.rounds)})"


def _report_many(day: DayDraft, squeeze: Squeeze) -> None:
    missing = squeeze.often - squeeze.room
    has = "has" if len(squeeze.rounds) == 1 else "have"
    have = f"{listing(squeeze.rounds)} {has} {quantity(squeeze.room, 'free room')}"
    message = f"{squeeze.codes} are to be held {quantity(squeeze.often, 'time')} in all, and {have}"
    more = quantity(-(-missing // len(squeeze.rounds)), "more room")
    often = sorted((offer for offer in squeeze.offers if offer.fewest > 1), key=lambda each: -each.fewest)
    fewer = f"leave out {quantity(missing, 'session')}"
    if often:
        fewer = f"hold {often[0].code} less often than {quantity(often[0].fewest, 'time')}"
    hint = f"{missing} too many: describe {more}, add a round, or {fewer}"
    day.source.report(Fault.MANY_SITTINGS, squeeze.last, message, hint)


def report_empty_rounds(day: DayDraft) -> None:
    """Look for rounds that nothing is left for: everybody has to be somewhere."""
    offers = _placeable(day)
    empty = [round_.id for round_ in day.open_rounds if not round_.sessions] if offers else []
    could: dict[str, list[tuple[str, int]]] = {id_: [] for id_ in empty}
    for offer in offers:
        most = min(offer.most, len(offer.sittings))
        for sitting in offer.sittings:
            if sitting.round.id in could:
                could[sitting.round.id] += [(offer.code, time) for time in range(most)]
    matching = Matching(could)
    if not matching.whole:
        round_ = next(each for each in day.open_rounds if each.id in could and each.id not in matching.taken)
        there = quantity(len({each for those in could.values() for each in those}), "session")
        message = f"{listing(empty)} need a session each, and {there} can be placed in them"
        hint = "leave out a round, or let a session be held more often: times: 2"
        day.source.report(Fault.EMPTY_ROUND, round_.draft.span("id"), message, hint)


def find_squeeze(offers: Sequence[OfferDraft], room_for: Mapping[str, int]) -> Squeeze | None:
    """Place offers as often as they have to be held, and find where that fails; None where it does not.

    ``room_for`` says how many can be in each round. One that finds no place makes others move (a maximum flow
    by augmenting paths); where that ends, the rounds that were reached are too few for those who are in them.
    """
    held: dict[str, list[int]] = {id_: [] for id_ in room_for}
    fitting = [[each.round.id for each in offer.sittings] for offer in offers]
    for number in (number for number, offer in enumerate(offers) for _ in range(offer.fewest)):
        came_from: dict[str, tuple[int, str]] = {}
        end = _find_way(number, fitting, held, room_for, came_from)
        if not end:
            reached = {number, *(each for id_ in came_from for each in held[id_])}
            return _squeeze(offers, sorted(reached), came_from, room_for)
        while end:
            seeker, left = came_from[end]
            held[end].append(seeker)
            if left:
                held[left].remove(seeker)
            end = left
    return None


def _find_way(
    number: int,
    fitting: Sequence[Sequence[str]],
    held: Mapping[str, Sequence[int]],
    room_for: Mapping[str, int],
    came_from: dict[str, tuple[int, str]],
) -> str:
    """Return a round with room to which one can go, by others' moving; empty where there is none.

    ``came_from`` then says who comes into each round that was reached, and which round they leave for it.
    """
    seekers = deque([(number, "")])
    while seekers:
        seeker, left = seekers.popleft()
        for id_ in fitting[seeker]:
            if id_ in came_from or seeker in held[id_]:
                continue
            came_from[id_] = (seeker, left)
            if len(held[id_]) < room_for[id_]:
                return id_
            seekers += [(each, id_) for each in held[id_]]
    return ""


def _squeeze(
    offers: Sequence[OfferDraft],
    reached: Sequence[int],
    full: Mapping[str, object],
    room_for: Mapping[str, int],
) -> Squeeze:
    often: Counter[int] = Counter()
    for number in reached:
        elsewhere = sum(sitting.round.id not in full for sitting in offers[number].sittings)
        often[number] = max(0, offers[number].fewest - elsewhere)
    rounds = tuple(id_ for id_ in room_for if id_ in full)
    return Squeeze(
        offers=tuple(offers[number] for number in reached if often[number]),
        rounds=rounds,
        often=often.total(),
        room=sum(max(0, room_for[id_]) for id_ in rounds),
    )


def _drafts(day: DayDraft) -> Iterator[Draft]:
    """Return the sessions that do not say in which rounds they are held, those that are cancelled, too."""
    drafts = (found.value for found in day.draft.value("sessions") or ())
    return (draft for draft in drafts if "rounds" not in draft.node.entries)


def _placeable(day: DayDraft) -> tuple[OfferDraft, ...]:
    """Return all that is still to be placed; nothing where some of it is faulty in itself."""
    known = day.rounds_known and day.rooms is not None
    sound = all(
        offer.draft.values.keys() == offer.draft.node.entries.keys() and offer.fewest <= len(offer.sittings)
        for offer in day.offers
    )
    return day.offers if known and sound else ()


def _by_room(offers: Sequence[OfferDraft]) -> dict[str, list[OfferDraft]]:
    """Return those that are to be in one room, whichever the round, by that room."""
    by_room: dict[str, list[OfferDraft]] = {}
    for offer in offers:
        names = {sitting.room.value if sitting.room else "" for sitting in offer.sittings}
        if names and len(names) == 1 and (name := names.pop()):
            by_room.setdefault(name, []).append(offer)
    return by_room


def _by_presenter(offers: Sequence[OfferDraft]) -> list[tuple[str, list[OfferDraft]]]:
    """Return each presenter, by the first of the ways in which they are written, with what they present."""
    found: list[tuple[str, list[OfferDraft]]] = []
    numbers: dict[Identity, int] = {}
    for offer in offers:
        for presenter in (each.value for each in offer.sittings[0].presenters):
            known_by = identities(presenter)
            number = next((numbers[each] for each in known_by.ask if each in numbers), len(found))
            if number == len(found):
                found.append((presenter.value("name"), []))
            for each in known_by.has:
                numbers.setdefault(each, number)
            if offer not in found[number][1]:
                found[number][1].append(offer)
    return found


def _key(draft: Draft, key: str) -> Span:
    return draft.node.entries[key][0].span


CHECKS = (
    report_held_and_open,
    report_settled_keys,
    report_codes_twice,
    report_titles_twice,
    report_closed_rooms,
    report_nowhere,
    report_squeezes,
    report_empty_rounds,
)
