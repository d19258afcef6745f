"""What ``show`` shows: who invites, when the day happens, what is on where, and the rules of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Event, Program, Round, Session
from midtvejs.domain.rules import RULES, Company, Group, Pin, Rules, amounts
from midtvejs.domain.words import words_for
from midtvejs.domain.words.words import Words
from midtvejs.output.language import clock, span
from midtvejs.output.layout import Fitted, grid, indent, line, stack, words_of
from midtvejs.output.rooms import about, capitalise, rooms_by_rounds, seats_of, sessions_in, without_room
from midtvejs.output.screen import Page, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

Moment = tuple[str, str, Round | None]
"""A line of the timeline: when, what, and the round that is held then."""


def day_page(program: Program) -> Page:
    return Page(plain=lambda: _plain(program), rich=lambda: _rich(program))


def _words(program: Program) -> Words:
    return words_for(program.event.language)


def _when(program: Program) -> str:
    event = program.event
    return f"{_words(program).long_date(event.date)}, {span(event.start, event.end)}"


def _facts(event: Event, language: Words) -> list[tuple[str, str]]:
    """Return what the file says of the event, each with its label; nothing for what it leaves out."""
    facts: list[tuple[str, str]] = []
    if event.venue:
        facts.append((language.venue, _join_parts(event.venue.name, event.venue.address)))
    if event.expected_participants:
        facts.append((language.expected, language.count_participants(event.expected_participants)))
    if price := event.price:
        facts.append((language.price, f"{price.amount} {price.currency} {price.note}".rstrip()))
    if sign_up := event.sign_up:
        deadline = sign_up.deadline
        latest = f"{language.latest} {language.short_date(deadline)}" if deadline else ""
        facts.append((language.sign_up, _join_parts(sign_up.url, latest)))
    if contact := event.contact:
        about = (contact.name, contact.role, contact.organisation, contact.phone, contact.email)
        facts.append((language.contact, _join_parts(*about)))
    return facts


def _join_parts(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _timeline(program: Program) -> list[Moment]:
    """Return the day from start to end. What no round fills between two of them is a pause."""
    event, language = program.event, _words(program)
    moments: list[Moment] = [(clock(event.start), language.starts, None)]
    free_from: dt.time | None = None
    for round_ in program.rounds:
        if free_from and free_from < round_.start:
            moments.append((span(free_from, round_.start), language.pause, None))
        moments.append((span(round_.start, round_.end), round_.name, round_))
        free_from = round_.end
    return [*moments, (clock(event.end), language.ends, None)]


def _behind(session: Session) -> str:
    """Say who stands behind a session: organisations, and the school."""
    return _join_parts(*session.by, session.school)


def _details(session: Session, round_: Round, language: Words) -> list[str]:
    """Return what there is to know of a session beside its code and title, a line each."""
    own_time = (session.start, session.end) != (round_.start, round_.end)
    seats = language.count_seats(session.seats)
    if session.rooms:
        place = f"{language.open_room} ({language.at_most.format(seats)})"
    else:
        kept_free = language.kept_free.format(session.kept_free) if session.kept_free else ""
        place = f"{session.room.name} ({_join_parts(seats, kept_free)})"
    return list(
        filter(
            None,
            (
                _join_parts(span(session.start, session.end) if own_time else "", place, _behind(session)),
                _terms_of(session, language),
                language.presented_by(session) if session.presenters else "",
                session.description,
            ),
        )
    )


def _terms_of(session: Session, language: Words) -> str:
    """Return ``mindst 8 deltagere, ellers aflyst``."""
    if not session.least:
        return ""
    least = language.at_least.format(language.count_participants(session.least))
    return _join_parts(least, language.may_be_cancelled if session.may_be_cancelled else "")


# Plain


def _plain(program: Program) -> Iterator[str]:
    language = _words(program)
    event = program.event
    head = [event.name, event.part_of, _when(program), event.purpose]
    yield from map(printable, filter(None, head))
    yield from (printable(f"{label}: {fact}") for label, fact in _facts(event, language))
    yield from map(printable, event.notes)
    yield ""
    yield from (printable(_moment(moment, language)) for moment in _timeline(program))
    yield ""
    for room in program.rooms:
        places = [
            f"{round_.id} {'+'.join(session.code for session in sessions_in(round_, room)) or '–'}"
            for round_ in program.rounds
        ]
        yield printable(f"{room.name} ({about(room, language)}): {', '.join(places)}")
    if any(map(without_room, program.rounds)):
        places = [
            f"{round_.id} {'+'.join(session.code for session in without_room(round_)) or '–'}"
            for round_ in program.rounds
        ]
        yield printable(f"{capitalise(language.open_room)}: {', '.join(places)}")
    for round_ in program.rounds:
        yield ""
        yield printable(f"{round_.id} {round_.name}, {span(round_.start, round_.end)}")
        for session in round_.sessions:
            yield printable(f"  {session.code} {session.title}")
            yield from (printable(f"    {detail}") for detail in _details(session, round_, language))
    if rules := rules_in_words(program):
        yield ""
        yield language.rules
        yield from (printable(f"  {rule}") for rule in rules)


def _moment(moment: Moment, language: Words) -> str:
    when, what, round_ = moment
    return f"{when} {what}" + (f", {seats_of(round_, language)}" if round_ else "")


# On a terminal


def _rich(program: Program) -> RenderableType:
    from rich.rule import Rule

    language = _words(program)
    rules = [words_of(rule) for rule in rules_in_words(program)]
    return stack(
        (
            _head(program),
            _timeline_table(program),
            Fitted(partial(rooms_by_rounds, program)),
            Rule(style="dim"),
            *(_round(round_, language) for round_ in program.rounds),
            *([stack((line((language.rules, "bold")), *map(indent, rules)))] if rules else []),
        ),
        gap=True,
    )


def _head(program: Program) -> RenderableType:
    event, facts = program.event, grid(2)
    for label, fact in _facts(event, _words(program)):
        facts.add_row(words_of(label, "dim"), words_of(fact))
    title = [line((event.name, "bold")), line((event.part_of, "dim")), words_of(_when(program))]
    notes = [words_of(note) for note in (event.purpose, *event.notes) if note]
    parts = [stack(filter(None, title)), *([facts] if facts.row_count else [])]
    return stack([*parts, stack(notes)] if notes else parts, gap=True)


def _timeline_table(program: Program) -> RenderableType:
    table = grid(3)
    for when, what, round_ in _timeline(program):
        seats = seats_of(round_, _words(program)) if round_ else ""
        style = "bold" if round_ else "dim"
        table.add_row(line((when, "" if round_ else "dim")), words_of(what, style), line((seats, "dim")))
    return table


def _round(round_: Round, language: Words) -> RenderableType:
    title = line((round_.name, "bold"), (f" · {span(round_.start, round_.end)}", "dim"))
    parts = [_session(session, round_, language) for session in round_.sessions]
    return stack((title, *map(indent, parts)))


def _session(session: Session, round_: Round, language: Words) -> RenderableType:
    title = line((session.code, "bold cyan"), " ", (session.title, "bold"))
    *about, last = _details(session, round_, language)
    details = [line((detail, "dim")) for detail in about]
    details.append(words_of(last) if session.description else line((last, "dim")))
    return stack((title, *map(indent, details)))


def rules_in_words(program: Program) -> list[str]:
    """Return a line for each rule; none for those that every day has."""
    language = program.event.language
    words = words_for(language)
    return [*_of_the_day(program.rules, language, words), *_decisions(program.rules, words)]


def _of_the_day(rules: Rules, language: str, words: Words) -> Iterator[str]:
    if rules.presenters_take_seats:
        yield words.presenters_sit
    for law, number in amounts(rules).items():
        if amount := RULES[law].amount:
            yield amount.words[language].format(number)
    if Criterion.SPREAD in rules.fairness:
        yield words.spread
    if Criterion.AVOID_OWN in rules.fairness:
        yield words.avoid_own


def _decisions(rules: Rules, language: Words) -> Iterator[str]:
    for pin in rules.pins:
        yield _because(_pin(pin, language), pin.reason)
    for group in rules.groups:
        yield _because(_group(group, language), group.reason)


def _because(decided: str, reason: str) -> str:
    return f"{decided} ({reason})" if reason else decided


def _pin(pin: Pin, language: Words) -> str:
    whom = pin.participant or language.everybody_of.format(pin.organisation)
    said = language.pinned if pin.holds else language.banned
    return said.format(whom, pin.code)


def _group(group: Group, language: Words) -> str:
    company = language.together if group.company is Company.TOGETHER else language.apart
    when = f" ({group.round_id})" if group.round_id else ""
    return f"{company}{when}: {', '.join(group.participants)}"
