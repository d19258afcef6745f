"""What ``show`` shows: who invites, when the day happens, what is on where, and the rules of the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import AgendaItem, Event, Program, Round, Session
from midtvejs.domain.roles import ORGANISATION, label_of
from midtvejs.domain.rules import RULES, Company, Group, Pin, Quota, Rules, amounts
from midtvejs.domain.traits import called
from midtvejs.domain.words import words_for
from midtvejs.domain.words.words import Words
from midtvejs.output.language import clock, span
from midtvejs.output.layout import Fitted, columns_of, grid, indent, line, stack, words_of
from midtvejs.output.rooms import about, capitalise, rooms_by_rounds, seats_of, sessions_in, without_room
from midtvejs.output.screen import Page, printable
from midtvejs.output.timeline import Moment, date_and_time, in_order, lasts_days

if TYPE_CHECKING:
    from rich.console import RenderableType

Line = tuple[str, str, str, Round | None]
"""A line of the timeline: when, what, in which room if for all, and the round that is held then."""


def day_page(program: Program) -> Page:
    return Page(plain=lambda: _plain(program), rich=lambda: _rich(program))


def _words(program: Program) -> Words:
    return words_for(program.event.language)


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


def _timeline(program: Program) -> list[tuple[str, list[Line]]]:
    """Return each day from start to end, below its date; a single day has none.

    What nothing fills between two rounds, or what is on for everybody, is a pause.
    """
    event, language = program.event, _words(program)
    rounds = [Moment(program.date_of(each), each.start, each.end, each) for each in program.rounds]
    days = [
        (language.long_date(day), [_line(moment, language) for moment in of_day])
        for day, of_day in in_order(program, rounds)
    ]
    days[0][1].insert(0, (clock(event.start), language.starts, "", None))
    days[-1][1].append((clock(event.end), language.ends, "", None))
    return days if len(days) > 1 else [("", days[0][1])]


def _line(moment: Moment[Round], language: Words) -> Line:
    when, what = span(moment.start, moment.end), moment.what
    if what is None:
        return when, language.pause, "", None
    if isinstance(what, AgendaItem):
        return when, what.title, what.room, None
    return when, what.name, "", what


def _lists(program: Program) -> Iterator[str]:
    """Say which rounds each list covers that is for several."""
    for block in program.lists:
        rounds = ", ".join(round_.name for round_ in program.rounds_in(block))
        yield _words(program).one_list.format(column=block.id, rounds=rounds)


def _behind(session: Session) -> str:
    """Say who stands behind a session: organisations, and the school."""
    return _join_parts(*session.by, session.school)


def _details(session: Session, round_: Round, language: Words, *, again: bool = False) -> list[str]:
    """Return what there is to know of a session beside its code and title, a line each.

    Where it is held ``again``, that is when and where.
    """
    own_time = (session.start, session.end) != (round_.start, round_.end)
    if session.rooms:
        place = f"{language.open_room} ({language.count_seats_at_most(session.seats)})"
    else:
        seats = language.count_seats(session.seats)
        kept_free = language.kept_free.format(session.kept_free) if session.kept_free else ""
        place = f"{session.room.name} ({_join_parts(seats, kept_free)})"
    return list(
        filter(
            None,
            (
                _join_parts(span(session.start, session.end) if own_time else "", place, _behind(session)),
                _terms_of(session, language),
                *(() if again else _presented(session, language)),
            ),
        )
    )


def _presented(session: Session, language: Words) -> tuple[str, str]:
    return language.presented_by(session) if session.presenters else "", session.description


def _held(program: Program, round_: Round) -> list[tuple[Session, bool]]:
    """Return what begins in a round, and whether it was held before."""
    begin = (session for session in round_.sessions if not round_.has_begun(session))
    return [(session, program.sessions[session.code].key != session.key) for session in begin]


def _cancelled(round_: Round) -> list[Session]:
    """Return what would have begun in a round."""
    return [session for session in round_.cancelled if not round_.has_begun(session)]


def _heading(program: Program, round_: Round) -> list[str]:
    """Return a round's name, its day where there are several, and its time."""
    day = [_words(program).long_date(program.date_of(round_))] if lasts_days(program) else []
    return [round_.name, *day, span(round_.start, round_.end)]


def _terms_of(session: Session, language: Words) -> str:
    """Return ``mindst 8 deltagere, ellers aflyst``; and how many of one in a group it may or must have."""
    least = language.at_least.format(language.count_participants(session.least)) if session.least else ""
    dropped = language.may_be_cancelled if session.may_be_cancelled else ""
    fewest = (language.at_least.format(_quota(each, language.of_each, language)) for each in session.at_least)
    most = (language.at_most.format(_quota(each, language.of_one, language)) for each in session.at_most)
    return _join_parts(least, *fewest, dropped, *most)


def _quota(quota: Quota, of: str, language: Words) -> str:
    """Return ``5 fra hver klasse``, or ``5 fra klasse 9``."""
    group = language.form.organisation.lower() if quota.group == ORGANISATION.name else quota.group
    whom = called(quota.group, quota.value) if quota.value else of.format(group)
    return language.number_of.format(quota.number, whom)


# Plain


def _plain(program: Program) -> Iterator[str]:
    language = _words(program)
    event = program.event
    head = [event.name, event.part_of, date_and_time(program), event.purpose]
    yield from map(printable, filter(None, head))
    yield from (printable(f"{label}: {fact}") for label, fact in _facts(event, language))
    yield from map(printable, event.notes)
    for date, lines in _timeline(program):
        yield ""
        if date:
            yield printable(date)
        yield from (printable(_moment(each, language)) for each in lines)
    if program.lists:
        yield ""
        yield from map(printable, _lists(program))
    yield ""
    for room in program.rooms:
        places = [_codes(round_, sessions_in(round_, room), language) for round_ in program.rounds]
        yield printable(f"{room.name} ({about(program, room)}): {', '.join(places)}")
    if any(map(without_room, program.rounds)):
        places = [_codes(round_, without_room(round_), language) for round_ in program.rounds]
        yield printable(f"{capitalise(language.open_room)}: {', '.join(places)}")
    for round_ in program.rounds:
        yield ""
        yield printable(f"{round_.id} {', '.join(_heading(program, round_))}")
        for session, again in _held(program, round_):
            yield printable(f"  {session.code} {session.title}")
            details = _details(session, round_, language, again=again)
            yield from (printable(f"    {detail}") for detail in details)
        for session in _cancelled(round_):
            yield printable(f"  {session.code} {session.title}")
            yield printable(f"    {language.cancelled}")
    if rules := rules_in_words(program):
        yield ""
        yield language.rules
        yield from (printable(f"  {rule}") for rule in rules)


def _moment(moment: Line, language: Words) -> str:
    when, what, room, round_ = moment
    return ", ".join(filter(None, (f"{when} {what}", seats_of(round_, language) if round_ else room)))


def _codes(round_: Round, sessions: Sequence[Session], language: Words) -> str:
    """Return ``R1 1A+1B``: what is on in a place, or goes on there."""
    codes = (
        language.goes_on.format(session.code) if round_.has_begun(session) else session.code
        for session in sessions
    )
    return f"{round_.id} {'+'.join(codes) or '–'}"


# On a terminal


def _rich(program: Program) -> RenderableType:
    from rich.rule import Rule

    language = _words(program)
    rules = [words_of(rule) for rule in rules_in_words(program)]
    return stack(
        (
            _head(program),
            *_timelines(program),
            *([stack(map(words_of, _lists(program)))] if program.lists else []),
            Fitted(partial(rooms_by_rounds, program)),
            Rule(style="dim"),
            *(_round(program, round_) for round_ in program.rounds),
            *([stack((line((language.rules, "bold")), *map(indent, rules)))] if rules else []),
        ),
        gap=True,
    )


def _head(program: Program) -> RenderableType:
    event, facts = program.event, grid(2)
    for label, fact in _facts(event, _words(program)):
        facts.add_row(words_of(label, "dim"), words_of(fact))
    title = [line((event.name, "bold")), line((event.part_of, "dim")), words_of(date_and_time(program))]
    notes = [words_of(note) for note in (event.purpose, *event.notes) if note]
    parts = [stack(filter(None, title)), *([facts] if facts.row_count else [])]
    return stack([*parts, stack(notes)] if notes else parts, gap=True)


def _timelines(program: Program) -> Iterator[RenderableType]:
    timeline = _timeline(program)
    alone = len(timeline) == 1
    widest = (
        0 if alone else max(columns_of(printable(what)) for _, lines in timeline for _, what, *_ in lines)
    )
    for date, lines in timeline:
        table = _timeline_table(lines, widest, _words(program))
        yield stack((line((date, "bold")), indent(table))) if date else table


def _timeline_table(lines: Sequence[Line], widest: int, language: Words) -> RenderableType:
    def draw(width: int) -> RenderableType:
        table = grid(3)
        # So that the days of one event stand in the same columns.
        table.columns[1].min_width = min(widest, width // 2)
        for when, what, room, round_ in lines:
            beside = seats_of(round_, language) if round_ else room
            style = "bold" if round_ else "dim"
            table.add_row(line((when, "" if round_ else "dim")), words_of(what, style), line((beside, "dim")))
        return table

    return Fitted(draw)


def _round(program: Program, round_: Round) -> RenderableType:
    name, *when = _heading(program, round_)
    title = line((name, "bold"), *((f" · {each}", "dim") for each in when))
    parts = [_session(session, round_, _words(program), again) for session, again in _held(program, round_)]
    parts += [_off(session, _words(program)) for session in _cancelled(round_)]
    return stack((title, *map(indent, parts)))


def _off(session: Session, language: Words) -> RenderableType:
    title = line((session.code, "dim"), " ", (session.title, "dim strike"))
    return stack((title, indent(line((language.cancelled, "bold yellow")))))


def _session(session: Session, round_: Round, language: Words, again: bool) -> RenderableType:
    title = line((session.code, "bold cyan"), " ", (session.title, "bold"))
    *about, last = _details(session, round_, language, again=again)
    details = [line((detail, "dim")) for detail in about]
    details.append(words_of(last) if session.description and not again else line((last, "dim")))
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
            yield amount.words[language].format(number, label_of(rules.at_most_of, language))
    if Criterion.SPREAD in rules.fairness:
        group = rules.spread_of
        yield words.spread if group == ORGANISATION.name else words.spread_group.format(group)
    if Criterion.AVOID_OWN in rules.fairness:
        yield words.avoid_own
    if rules.friends_together:
        yield words.friends_together
    elif Criterion.FRIENDS in rules.fairness:
        yield words.friends


def _decisions(rules: Rules, language: Words) -> Iterator[str]:
    for pin in rules.pins:
        yield _because(_pin(pin, language), pin.reason)
    for group in rules.groups:
        yield _because(_group(group, language), group.reason)


def _because(decided: str, reason: str) -> str:
    return f"{decided} ({reason})" if reason else decided


def _pin(pin: Pin, language: Words) -> str:
    when = f" ({pin.round_id})" if pin.round_id else ""
    if pin.others:
        return language.only_for.format(pin.code, pin.of_whom) + when
    whom = pin.participant or language.everybody_of.format(pin.of_whom)
    said = language.pinned if pin.holds else language.banned
    return said.format(whom, pin.code) + when


def _group(group: Group, language: Words) -> str:
    company = language.together if group.company is Company.TOGETHER else language.apart
    when = f" ({group.round_id})" if group.round_id else ""
    return f"{company}{when}: {', '.join(group.participants)}"
