"""index.html: the program, everybody's day by their name, and the rosters. It needs nothing from the net.

HTML written as elements, so that no text can be taken for markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from importlib.resources import files as resources

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Round, Session
from midtvejs.domain.roles import beside
from midtvejs.domain.words import words_for
from midtvejs.domain.words.words import ExportWords
from midtvejs.output.export.timetable import Common, date_of, in_order
from midtvejs.output.export.wanted import Making, Wanted
from midtvejs.output.language import span
from midtvejs.output.roster import Rosters, days_away
from midtvejs.output.screen import printable
from midtvejs.output.timeline import date_and_time, lasts_days

WIDTH_OF_THE_DEVICE = "width=device-width, initial-scale=1"


def files(rosters: Rosters, wanted: Wanted) -> Making:
    """Return index.html; of the participants nothing is in it where it is to be ``public``."""
    return {"index.html": partial(index_html, rosters, public=wanted.public)}


def index_html(rosters: Rosters, *, public: bool) -> str:
    event = rosters.assignment.program.event
    told = words_for(event.language).exports
    look, behaviour = _resource("page.css"), "" if public else _resource("page.js")
    private = () if public else (element("meta", name="robots", content="noindex"),)
    head = (
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content=WIDTH_OF_THE_DEVICE),
        content_policy(look, behaviour),
        *private,
        element("title", event.name),
        style(look),
    )
    parts = [_program(rosters, told)]
    if not public:
        parts = [_finder(told), *parts, _rosters(rosters, told)]
    body = [_header(rosters), _menu(told, public=public), element("main", lines(parts))]
    if not public:
        body += [data("day", _days(rosters, told)), script(behaviour)]
    page = element("html", element("head", lines(head)), element("body", lines(body)), lang=event.language)
    return f"<!doctype html>\n{page.text}\n"


def _resource(name: str) -> str:
    return resources(__package__).joinpath(name).read_text(encoding="utf-8")


def _header(rosters: Rosters) -> Html:
    event = rosters.assignment.program.event
    when = date_and_time(rosters.assignment.program)
    where = ", ".join(filter(None, (event.venue.name, event.venue.address))) if event.venue else ""
    texts = filter(None, (event.part_of, _capital(when), where))
    return element("header", element("h1", event.name), *(element("p", text) for text in texts))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _menu(told: ExportWords, *, public: bool) -> Html:
    if public:
        return Html("")
    places = {"find": told.find, "program": told.program, "rosters": told.who_is_where}
    items = (element("li", element("a", name, href=f"#{place}")) for place, name in places.items())
    return element("nav", element("ul", *items), aria_label=told.menu)


def _finder(told: ExportWords) -> Html:
    box = element(
        "input", type="search", id="name", autocomplete="off", spellcheck="false", aria_describedby="hint"
    )
    finder = (
        element("label", told.your_name, for_="name"),
        element("p", told.how_to_find, id="hint", class_="quiet"),
        box,
        element("p", role="status", id="count", class_="quiet"),
        element("ul", id="found"),
    )
    return element(
        "section",
        element("h2", told.find, id="find-heading"),
        element("p", told.without_script, id="without-script"),
        element("div", *finder, id="finder", hidden=""),
        id="find",
        aria_labelledby="find-heading",
    )


# The program


def _program(rosters: Rosters, told: ExportWords) -> Html:
    order = in_order(rosters.assignment.program)
    dates = _dates(rosters, order)
    parts: list[Html] = []
    for at, each in enumerate(order):
        parts += [_date_heading(dates[at])] if at in dates else []
        parts.append(_common(each) if isinstance(each, Common) else _round(rosters, each))
    heading = element("h2", told.program, id="program-heading")
    return element("section", heading, lines(parts), id="program", aria_labelledby="program-heading")


def _dates(rosters: Rosters, order: Sequence[Round | Common]) -> Mapping[int, str]:
    """Return the day that begins with each place in ``order``; of a single day nothing."""
    program = rosters.assignment.program
    if not lasts_days(program):
        return {}
    days = [date_of(program, each) for each in order]
    begins = (at for at, day in enumerate(days) if day not in days[:at])
    return {at: _capital(rosters.words.long_date(days[at])) for at in begins}


def _date_heading(date: str) -> Html:
    return element("h3", date, class_="date")


def _common(common: Common) -> Html:
    """Return what is on for everybody, at its place between the rounds."""
    time = element("span", span(common.item.start, common.item.end), class_="time")
    place = [element("p", common.item.room, class_="quiet")] if common.item.room else []
    return lines((element("h3", time, f" {common.item.title}"), *place))


def _round(rosters: Rosters, round_: Round) -> Html:
    planned = (*round_.sessions, *round_.cancelled)
    sessions = (_session(rosters, round_, session) for session in planned)
    return lines((_round_heading(round_), element("ul", lines(sessions), class_="sessions")))


def _round_heading(round_: Round) -> Html:
    return element("h3", element("span", span(round_.start, round_.end), class_="time"), f" {round_.name}")


def _session(rosters: Rosters, round_: Round, session: Session) -> Html:
    if round_.has_begun(session) and not rosters.is_cancelled(session):
        return element("li", element("p", rosters.words.goes_on.format(session.code), class_="quiet"))
    own_time = (session.start, session.end) != (round_.start, round_.end)
    cancelled = rosters.is_cancelled(session)
    place = rosters.words.cancelled if cancelled else session.room.name
    about = (
        ", ".join(filter(None, (span(session.start, session.end) if own_time else "", place))),
        ", ".join(filter(None, (*session.by, session.school))),
        _capital(rosters.words.presented_by(session)) if session.presenters else "",
    )
    return element(
        "li",
        _title_of("h4", session),
        *(element("p", text, class_="quiet") for text in about if text),
        *([element("p", session.description)] if session.description else []),
        **({"class_": "cancelled"} if cancelled else {}),
    )


def _title_of(tag: str, session: Session) -> Html:
    return element(tag, element("span", session.code, class_="code"), f" {session.title}")


# Who is where


def _rosters(rosters: Rosters, told: ExportWords) -> Html:
    parts = [element("h2", told.who_is_where, id="rosters-heading")]
    rounds = rosters.assignment.program.rounds
    dates = _dates(rosters, rounds)
    for at, round_ in enumerate(rounds):
        parts += [_date_heading(dates[at])] if at in dates else []
        begin = [session for session in round_.sessions if not round_.has_begun(session)]
        held = [session for session in begin if not rosters.is_cancelled(session)]
        # Where all goes on from an earlier round, there is nothing to say.
        parts += [_round_heading(round_)] if begin else []
        parts += (_roster(rosters, session) for session in held)
    return element("section", lines(parts), id="rosters", aria_labelledby="rosters-heading")


def _roster(rosters: Rosters, session: Session) -> Html:
    people = rosters.rosters[session.key]
    summary = element(
        "summary",
        element("strong", session.room.name),
        " · ",
        _title_of("span", session),
        # What goes on outlasts the round that it stands below.
        *([element("span", f" · {span(session.start, session.end)}")] if session.through else []),
        element("span", f" · {rosters.seats(session)}", class_="quiet"),
    )
    names = (_on_roster(rosters, person, session) for person in people)
    listed = element("ul", lines(names), class_="names") if people else element("p", rosters.words.nobody)
    return element("details", summary, listed)


def _on_roster(rosters: Rosters, person: Participant, session: Session) -> Html:
    role = rosters.role(person, session)
    rest = ", ".join(filter(None, (beside(person), role)))
    about = [element("span", f", {rest}", class_="quiet")] if rest else []
    return element("li", rosters.names[person.key], *about)


# Everybody's day, for the script


def _days(rosters: Rosters, told: ExportWords) -> dict[str, object]:
    order = in_order(rosters.assignment.program)
    stops = [list(_stops(rosters, each)) for each in order]
    places = {
        (each.id, session.key): at
        for each in order
        if isinstance(each, Round)
        for at, session in enumerate(each.sessions, start=1)
    }
    people = [
        [
            printable(rosters.names[person.key]),
            printable(beside(person)),
            *_own(rosters, person, order, places),
        ]
        for person in rosters.people
    ]
    words = {
        "presenter": rosters.words.presenter,
        "nobody": told.nobody,
        "one": told.one,
        "several": told.several,
        "more": told.more,
    }
    dates = {str(at): date for at, date in _dates(rosters, order).items()}
    return {"people": people, "stops": stops, "dates": dates, "words": words}


def _own(
    rosters: Rosters,
    person: Participant,
    order: Sequence[Round | Common],
    places: Mapping[tuple[str, str], int],
) -> tuple[list[int], list[int]]:
    """Return which of the stops at each place in ``order`` are a participant's, and where they present.

    -1 is none at all: of the agenda of a day on which they are not there, and of what goes on from before.
    """
    own = {round_.id: session for round_, session in rosters.day(person)}
    away = days_away(rosters, person)
    stops, presents = list[int](), list[int]()
    for at, each in enumerate(order):
        if isinstance(each, Common):
            stops.append(-1 if each.date in away else 0)
        elif each.id not in own:
            stops.append(-1)
        elif session := own[each.id]:
            stops.append(places[each.id, session.key])
            presents += [at] if session.code in person.presents else []
        else:
            stops.append(0)
    return stops, presents


def _stops(rosters: Rosters, each: Round | Common) -> Iterator[list[str]]:
    """Return where one can be in a round: first nowhere, then each session. Or what is on for everybody."""
    if isinstance(each, Common):
        time = span(each.item.start, each.item.end)
        yield [time, printable(each.item.room), "", printable(each.item.title)]
        return
    yield [span(each.start, each.end), "", "", _capital(rosters.words.away)]
    for session in each.sessions:
        what = (session.room.name, session.code, session.title)
        yield [span(session.start, session.end), *map(printable, what)]


VOID = {"meta", "input", "br"}


@dataclass(frozen=True, slots=True)
class Html:
    """Markup, as it goes into the file."""

    text: str


def element(tag: str, *content: Html | str, **attributes: str) -> Html:
    """Return ``<tag attribute="value">content</tag>``; in the name of an attribute ``_`` stands for ``-``.

    A ``_`` at its end is dropped, so that there can be a ``class_``.
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_escape_text(value)}"' for name, value in attributes.items()
    )
    inside = "".join(each.text if isinstance(each, Html) else _escape_text(each) for each in content)
    return Html(f"<{tag}{written}>" if tag in VOID else f"<{tag}{written}>{inside}</{tag}>")


def lines(parts: Iterable[Html]) -> Html:
    """Put parts below each other."""
    return Html("".join(f"{part.text}\n" for part in parts))


def style(text: str) -> Html:
    return Html(f"<style>{text}</style>")


def script(text: str) -> Html:
    return Html(f"<script>{text}</script>")


def data(name: str, value: object) -> Html:
    """Return JSON for a script to read, in which nothing can end its element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Html(f'<script type="application/json" id="{_escape_text(name)}">{text}</script>')


def content_policy(style_text: str, script_text: str) -> Html:
    """Return the policy by which a browser fetches nothing, and runs this style and this script alone."""
    policy = (
        "default-src 'none'",
        f"style-src '{_digest(style_text)}'",
        f"script-src '{_digest(script_text)}'" if script_text else "script-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return Html(f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(policy)}">')


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _escape_text(text: str) -> str:
    return escape(printable(text))
