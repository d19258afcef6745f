"""Which words a language has: one that lacks any of them is not loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from midtvejs.domain.program import Session, is_unlimited


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """What the form says to those who fill it in.

    ``editor`` is for anyone who makes an online form of the text; ``ranks`` are the labels of a grid, and
    ``wish`` is read, too, where it heads a column.
    """

    editor: str
    ranks: tuple[str, ...]
    title: str
    how: str
    several_rounds: str
    together: str
    after_deadline: str
    short_lists: str
    deadline: str
    name: str
    email: str
    organisation: str
    attends: str
    nothing_is_all: str
    step_free: str
    friends: str
    yes_or_no: tuple[str, str]
    wishes_sheet: str
    sessions_sheet: str
    round: str
    time: str
    code: str
    session: str
    presenters: str
    room: str
    seats: str
    option: str
    wish: str
    fill_in: str
    choose: str
    not_an_option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWords:
    """Headings of exported tables, and what index.html says; ``{}`` stands for a number."""

    participants: str
    sessions: str
    first_name: str
    name: str
    email: str
    calendar: str
    round: str
    date: str
    time: str
    room: str
    code: str
    title: str
    role: str
    by: str
    presenters: str
    seats: str
    taken: str
    free: str
    state: str
    you_present: str
    menu: str
    program: str
    find: str
    your_name: str
    how_to_find: str
    without_script: str
    nobody: str
    one: str
    several: str
    more: str
    who_is_where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """What only papers say; ``own`` is said to presenters of their own session."""

    rosters: str
    signs: str
    days: str
    own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWords:
    """What a mail to one participant says about their own day; ``{}`` stands for their name."""

    greeting: str
    day: str
    changed: str
    gone: str
    attached: str
    attached_gone: str
    regards: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainWords:
    """Sentences to one participant about their own day: what they got, and why.

    ``got`` is said of a wish by its rank. ``demand`` is about a wish they did not get, ``demand_of_list`` the
    same where one list is for several rounds. ``move`` and what follows are about the seating in which they
    would have it: who would have to move, what those (``one_``, ``they_``) and they themselves would lose or
    gain, and by which criterion of fairness that is worse (by its name), as good (``tie``) or ``fairer``.
    """

    session: str
    wishes: str
    got_first: str
    got: str
    got_unlisted: str
    no_wishes: str
    presents: str
    away: str
    only_one: str
    called_off: str
    decided: str
    decided_against: str
    because: str
    together: str
    apart: str
    demand: str
    demand_of_list: str
    in_all: str
    also_missed: str
    cancelled: str
    up_steps: str
    not_then: str
    impossible: str
    own_limit: str
    group_limit: str
    all_more: str
    none_less: str
    move: str
    no_move: str
    one_loses: str
    one_loses_nothing: str
    one_gains: str
    they_lose: str
    they_lose_nothing: str
    they_gain: str
    one_of_them: str
    you_gain: str
    you_gain_nothing: str
    you_lose: str
    criteria: Mapping[str, str]
    tie: str
    fairer: str
    not_proven: str
    day: str
    day_furthest: str
    day_best: str
    what_steps_are: str
    step: str
    steps: str
    another: str
    others: str

    def count_steps(self, count: int) -> str:
        return f"{count} {self.step if count == 1 else self.steps}"

    def count_others(self, count: int) -> str:
        return self.another if count == 1 else self.others.format(count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The order of letters. ``last`` follow z, each with the foreign letters that stand where it stands.

    ``read_as`` says as which letters others are read: ``aa`` as ``å``, ``ü`` as ``y``. Of all other letters
    only the accents are taken away.
    """

    last: tuple[str, ...] = ()
    read_as: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingWords:
    """What headings of columns of people say, all in small letters.

    ``columns`` are the headings of each column of people, by its role, the surest first; the first one is
    also what heads it in exports. ``asking`` and ``possessives`` may stand before them, as in "enter your
    name", and so may ``attendees``, which are what those who take part are called, or with ``of_whom`` behind
    them: "student's email", "name of the child", "elevnavn".

    ``first_name`` are those of the columns of names below which it is the first name alone, ``last_first``
    those that say that the surname goes first; ``conjunctions`` may part the two.

    ``people``, ``belonging`` and ``chosen`` are words of headings below which people are named, or it says
    what they belong to, or what they chose and may choose otherwise the next time.
    """

    columns: Mapping[str, tuple[str, ...]]
    first_name: tuple[str, ...]
    last_first: tuple[str, ...]
    conjunctions: tuple[str, ...]
    attendees: tuple[str, ...]
    of_whom: tuple[str, ...]
    asking: tuple[str, ...]
    possessives: tuple[str, ...]
    people: tuple[str, ...]
    belonging: tuple[str, ...]
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWords(HeadingWords):
    """What is read in files of answers: in headings first, then in cells. It is all in small letters.

    ``rounds`` are words for a stretch of the day. ``prepositions`` part a rank from what is ranked:
    "2nd choice for round 1". ``before_dates`` and ``before_times`` are such words in moments: "den 30. januar
    2018 kl. 14.30".

    What products call the columns that they add depends on the language in which the answers are exported.

    ``said_or_not`` are words of an organisation's name that some write and others leave out.
    """

    ranks: tuple[str, ...]
    rounds: tuple[str, ...]
    ordinals: tuple[tuple[str, ...], ...]
    number: tuple[str, ...]
    prepositions: tuple[str, ...]
    before_dates: tuple[str, ...]
    before_times: tuple[str, ...]
    started: tuple[str, ...]
    completed: tuple[str, ...]
    microsoft_forms: tuple[str, ...]
    limesurvey: tuple[str, ...]
    limesurvey_beside: tuple[str, ...]
    limesurvey_handed_in: tuple[str, ...]
    moodle: tuple[str, ...]
    quiz: tuple[str, ...]
    said_or_not: tuple[str, ...]
    nobody: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    all_day: tuple[str, ...]
    no_wishes: tuple[str, ...]
    totals: tuple[str, ...]
    failed_formulas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language; ``date`` is written behind a weekday, ``day`` without one.

    ``list_separator`` is what parts the cells of CSV where a computer speaks the language.
    """

    venue: str
    expected: str
    price: str
    sign_up: str
    contact: str
    latest: str
    starts: str
    ends: str
    pause: str
    room: str
    seat: str
    seats: str
    unlimited_seats: str
    taken: str
    presenter: str
    presenters: str
    participant: str
    participants: str
    nobody: str
    no_organisation: str
    without: str
    cancelled: str
    away: str
    goes_on: str
    one_list: str
    open_room: str
    at_most: str
    at_least: str
    number_of: str
    of_one: str
    of_each: str
    may_be_cancelled: str
    kept_free: str
    not_in: str
    to_be_placed: str
    held_once: str
    held_times: str
    in_track: str
    step_free: str
    rules: str
    presenters_sit: str
    spread: str
    spread_group: str
    avoid_own: str
    friends: str
    friends_together: str
    pinned: str
    banned: str
    everybody_of: str
    only_for: str
    together: str
    apart: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    date: str
    day: str
    list_separator: str
    letters: Letters
    form: FormWords
    exports: ExportWords
    papers: PaperWords
    mail: MailWords
    explain: ExplainWords
    read: ReadWords

    def count_seats(self, count: int) -> str:
        if is_unlimited(count):
            return self.unlimited_seats
        return f"{count} {self.seat if count == 1 else self.seats}"

    def count_seats_at_most(self, count: int) -> str:
        """Say how many seats there are at most, where a room is open and may be the largest."""
        seats = self.count_seats(count)
        return seats if is_unlimited(count) else self.at_most.format(seats)

    def count_participants(self, count: int) -> str:
        return f"{count} {self.participant if count == 1 else self.participants}"

    def presented_by(self, session: Session) -> str:
        """Return ``oplægsholdere: skoleleder Ida Bo, Vejle Kommune; Jan Falk``."""
        label = self.presenter if len(session.presenters) == 1 else self.presenters
        names = (
            ", ".join(filter(None, (f"{each.role} {each.name}".strip(), each.organisation)))
            for each in session.presenters
        )
        return f"{label}: {'; '.join(names)}"

    def long_date(self, date: dt.date) -> str:
        """Return ``tirsdag den 30. januar 2018``, ``Tuesday 30 January 2018``."""
        return f"{self.weekdays[date.weekday()]} {self.date}".format(
            day=date.day, month=self.months[date.month - 1], year=date.year
        )

    def short_date(self, date: dt.date) -> str:
        """Return ``20. december 2017``, ``20 December 2017``."""
        return self.day.format(day=date.day, month=self.months[date.month - 1], year=date.year)
