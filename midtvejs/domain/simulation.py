"""Made-up participants and wishes, to plan ahead of real sign-ups.

The same program, number and seed give the same people on every machine and under every Python: all chance
comes from ``Random.random()``, whose numbers never change, and only sums, products and comparisons are made
of them.

Common Danish names, from which made-up participants get theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, chain, islice
from random import Random

from midtvejs.domain.participants import NO_WISHES, Participant, Wishes, fold
from midtvejs.domain.program import Block, Program
from midtvejs.domain.recognition import recognise_decisions, recognise_presenters
from midtvejs.domain.traits import same

SILENT_ALL_DAY = 0.02
SILENT_IN_ONE_ROUND = 0.04
PARTIAL_LIST = 0.2
MIDDLE_NAME = 0.5
DOUBLE_SURNAME = 0.1
LISTS_IN_POOL = 10_000

IN_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "é": "e"})


def simulate(program: Program, *, participants: int, seed: int) -> tuple[Participant, ...]:
    """Make up people who sign up for a program: its presenters first, then delegates of its organisations.

    Those whom its rules name sign up first of all: without them the rules mean nobody. Each session draws
    its own popularity, so that some are far over-subscribed. Presenters have no wishes in the round in which
    they present, and none for their own session; external ones do not sign up. However many participants
    there are, the first ones stay who they are.
    """
    wishing = _Wishing(program, seed)
    known = tuple(replace(person, wishes=wishing.of(person)) for person in _sign_up_known(program, seed))
    delegates = _delegates(program, seed, known, wishing)
    people = _with_traits(program, seed, islice(chain(known, delegates), participants))
    return tuple(map(_without_closed, recognise_decisions(program, people).participants))


def _with_traits(program: Program, seed: int, people: Iterable[Participant]) -> Iterator[Participant]:
    """Draw what everybody is in each group: something that the program speaks of, if it does."""
    named: dict[str, dict[str, str]] = {group: {} for group in program.groups}
    for group, values in (pin.meant for pin in program.rules.pins if pin.group in named):
        for value in values:
            named[group].setdefault(same(group, value), value)
    dice = _dice(seed, "groups")
    for person in people:
        drawn = {group: _one_of(tuple(values.values()), dice) for group, values in named.items() if values}
        yield replace(person, traits=tuple(drawn.items())) if drawn else person


def _without_closed(person: Participant) -> Participant:
    """Let nobody wish for what is only for others in all rounds."""
    closed = {pin.code for pin in person.pins if pin.others and not pin.round_id} - person.presents
    return replace(person, wishes=tuple(each.without(closed) for each in person.wishes)) if closed else person


class _Wishing:
    """Draws everybody's wishes, from one pool for each list: a million people wish for much the same."""

    def __init__(self, program: Program, seed: int) -> None:
        self._dice = _dice(seed, "wishes")
        self._program = program
        self._pools = [_Pool(program, block, seed) for block in program.blocks]

    def of(self, person: Participant) -> tuple[Wishes, ...]:
        """Draw a presenter's wishes: nothing where they present all along, and never their own session."""
        return tuple(
            NO_WISHES
            if all(map(person.presents_in, self._program.rounds_in(block)))
            else wishes
            if block.alone
            else wishes.without(person.presents)
            for block, wishes in zip(self._program.blocks, self.day(), strict=True)
        )

    def day(self) -> tuple[Wishes, ...]:
        """Draw the wishes of a participant who is free all day."""
        silent = self._silence()
        return tuple(
            NO_WISHES if number in silent else pool.list_at(self._dice.random())
            for number, pool in enumerate(self._pools)
        )

    def _silence(self) -> range:
        """Draw the lists in which a participant says nothing: mostly none, sometimes one, seldom all."""
        draw = self._dice.random()
        if draw < SILENT_ALL_DAY:
            return range(len(self._pools))
        if draw < SILENT_ALL_DAY + SILENT_IN_ONE_ROUND:
            number = int(self._dice.random() * len(self._pools))
            return range(number, number + 1)
        return range(0)


class _Pool:
    """The lists of wishes for a block, each drawn when it is first taken; the same ones are one object.

    Lists are drawn after Plackett and Luce: each next wish is one of the sessions left, by their popularity.
    """

    def __init__(self, program: Program, block: Block, seed: int) -> None:
        self._dice = _dice(seed, f"lists {block.id}")
        sessions = program.sessions_in(block)
        self._popularity = {session.code: _draw_size(seed, session.code) for session in sessions}
        nothing = None if block in program.asked else NO_WISHES
        self._lists: list[Wishes | None] = [nothing] * LISTS_IN_POOL
        self._shared: dict[Wishes, Wishes] = {}

    def list_at(self, draw: float) -> Wishes:
        number = int(draw * LISTS_IN_POOL)
        wishes = self._lists[number]
        if wishes is None:
            wishes = Wishes(self._ranking(self._length()))
            wishes = self._lists[number] = self._shared.setdefault(wishes, wishes)
        return wishes

    def _length(self) -> int:
        sessions = len(self._popularity)
        if sessions > 1 and self._dice.random() < PARTIAL_LIST:
            return 1 + int(self._dice.random() * (sessions - 1))
        return sessions

    def _ranking(self, length: int) -> tuple[str, ...]:
        left = dict(self._popularity)
        codes = []
        for _ in range(length):
            codes.append(_pick(left, self._dice.random()))
            del left[codes[-1]]
        return tuple(codes)


def _sign_up_known(program: Program, seed: int) -> tuple[Participant, ...]:
    """Sign up everybody that the program names, those first whom its rules name."""
    presenters = _presenters(program)
    everybody = (*presenters, *_sign_up_named(program, seed, presenters))
    decided = recognise_decisions(program, everybody).participants
    named = {each.key for each in decided if each.groups or any(pin.participant for pin in each.pins)}
    return tuple(sorted(everybody, key=lambda person: person.key not in named))


def _sign_up_named(program: Program, seed: int, presenters: tuple[Participant, ...]) -> Iterator[Participant]:
    """Sign up whom rules name and no session does; who is named by email has a made-up name."""
    rules = program.rules
    members = chain.from_iterable(group.participants for group in rules.groups)
    said = {fold(name): name for name in (*(pin.participant for pin in rules.pins), *members) if name}
    dice, sizes = _dice(seed, "named"), _sizes(program, seed)
    known = {name for person in presenters for name in (person.key, fold(person.name))}
    taken = known | said.keys()
    for name in (said[each] for each in said if each not in known):
        organisation = _pick(sizes, dice.random())
        by_email = "@" in name
        new = _free_name(dice, taken) if by_email else _free_email(name, _domain(organisation), taken)
        taken.add(fold(new))
        called, email = (new, name) if by_email else (name, new)
        yield Participant(name=called, email=email, organisation=organisation, wishes=())


def _sizes(program: Program, seed: int) -> Mapping[str, int]:
    """Draw how many each organisation of the program sends, as parts of all."""
    said = (name for session in program.sessions.values() for name in session.by)
    return {
        organisation: _draw_size(seed, organisation) for organisation in list(dict.fromkeys(said)) or [""]
    }


def _presenters(program: Program) -> tuple[Participant, ...]:
    """Sign up presenters, each once, but for external ones; with their own sessions, and without wishes."""
    said = [
        (session, presenter)
        for session in program.sessions.values()
        for presenter in session.presenters
        if not presenter.external
    ]
    emails = {fold(presenter.name): presenter.email for _, presenter in said if presenter.email}
    taken = {fold(presenter.email) for _, presenter in said if presenter.email}
    people: dict[str, Participant] = {}
    for session, presenter in said:
        organisation = presenter.organisation or next(iter(session.by), "")
        email = presenter.email or emails.get(fold(presenter.name))
        email = email or _free_email(presenter.name, _domain(organisation), taken)
        emails.setdefault(fold(presenter.name), email)
        taken.add(fold(email))
        person = Participant(name=presenter.name, email=email, organisation=organisation, wishes=())
        people.setdefault(person.key, person)
    return recognise_presenters(program, people.values()).participants


def _delegates(
    program: Program, seed: int, known: tuple[Participant, ...], wishing: _Wishing
) -> Iterator[Participant]:
    """Make up people without end; none has the name of one who is known; some organisations send far more."""
    dice = _dice(seed, "people")
    sizes = _sizes(program, seed)
    domains = {organisation: _domain(organisation) for organisation in sizes}
    names = {fold(person.name) for person in known}
    taken = {person.key for person in known}
    while True:
        name = _name(dice)
        organisation = _pick(sizes, dice.random())
        if fold(name) not in names:
            email = _free_email(name, domains[organisation], taken)
            taken.add(email)
            yield Participant(name=name, email=email, organisation=organisation, wishes=wishing.day())


def _name(dice: Random) -> str:
    first, last = _one_of(FIRST_NAMES, dice), _one_of(SURNAMES, dice)
    draw = dice.random()
    if draw < MIDDLE_NAME:
        return f"{first} {_one_of(SURNAMES, dice)} {last}"
    if draw < MIDDLE_NAME + DOUBLE_SURNAME:
        return f"{first} {_one_of(SURNAMES, dice)}-{last}"
    return f"{first} {last}"


def _free_name(dice: Random, taken: set[str]) -> str:
    """Make up a name that nobody has yet."""
    name = _name(dice)
    while fold(name) in taken:
        name = _name(dice)
    return name


def _free_email(name: str, domain: str, taken: set[str]) -> str:
    """Make up an address that nobody has yet."""
    local = ".".join(filter(None, map(_slug, name.split())))[:64].strip(".") or "participant"
    email = f"{local}@{domain}"
    number = 2
    while email in taken:
        email = f"{local}.{number}@{domain}"
        number += 1
    return email


def _domain(organisation: str) -> str:
    """Make up a domain to which nothing is ever delivered: RFC 2606 keeps ``.example`` free."""
    return f"{_slug(organisation) or 'conference'}.example"


@lru_cache(maxsize=10_000)
def _slug(text: str) -> str:
    """Keep a to z and 0 to 9, and no more than a part of a domain may be long."""
    return re.sub("[^a-z0-9]+", "-", text.casefold().translate(IN_ASCII))[:63].strip("-")


def _draw_size(seed: int, what: str) -> int:
    """Draw how popular or large something is, from 5 to 20: most are modest, a few are far ahead.

    Drawn of its own, so that it stays as it is whatever else the program holds.
    """
    draw = _dice(seed, what).random()
    return 5 + int(16 * draw * draw)


def _pick(weights: Mapping[str, int], draw: float) -> str:
    """Return what a draw of 0 to 1 falls on, each thing as wide as its weight."""
    bounds = list(accumulate(weights.values()))
    return list(weights)[bisect_right(bounds, draw * bounds[-1])]


def _one_of(things: tuple[str, ...], dice: Random) -> str:
    return things[int(dice.random() * len(things))]


def _dice(seed: int, purpose: str) -> Random:
    """Each purpose has dice of its own, so that one more draw for the one changes nothing in the other."""
    return Random(f"{seed} {purpose}")  # noqa: S311 - made-up people, no secrets


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _names(
    """
    Aage Agnete Ahmed Aksel Alexander Allan Amalie Anders Andreas Ane Anette Anita Anna Anne Annelise
    Annika Arne Asger Astrid Ayse Bente Bent Berit Birgit Birgitte Birthe Bjarne Bjørn Bo Bodil Børge
    Brian Britta Camilla Carina Carl Carsten Cecilie Charlotte Christian Christina Christoffer Claus
    Connie Dagny Dan Daniel David Dennis Ditte Dorte Dorthe Ebbe Egon Ejnar Elin Elisabeth Ella Ellen
    Else Emil Emilie Emma Erik Esben Esther Eva Fatima Finn Flemming Frede Frederik Freja Frida Gitte
    Gorm Grethe Gry Gunnar Hanne Hans Hassan Heidi Helle Helga Henning Henriette Henrik Hjalte Holger Ib
    Ida Inge Ingelise Inger Ingrid Iris Ivan Jacob Jakob Jan Jane Janne Jens Jeppe Jesper Jette Joan
    Johan Johanne Johnny Jonas Jørgen Jørn Josefine Julie Kaj Karen Karin Karina Karl Karsten Kasper
    Katja Katrine Kenneth Kent Kim Kirsten Kirstine Kjeld Klaus Knud Kristian Kristine Kurt Käte Lars
    Lasse Laura Laurits Leif Lena Lene Line Linda Lis Lisbeth Lise Liselotte Liv Lone Lotte Louise Lykke
    Mads Magnus Maja Maren Margit Margrethe Maria Marianne Marie Mark Marlene Martin Mathias Mathilde
    Max Merete Mette Mia Michael Mikkel Mona Morten Nadia Nana Nanna Niels Nikolaj Nina Ole Oliver
    Olivia Orla Oskar Otto Palle Per Pernille Peter Philip Pia Poul Preben Ragnhild Rasmus Rebecca
    Regitze Rikke Rita Rolf Rosa Rune Ruth René Sabrina Sanne Sara Sebastian Selma Signe Sigrid Simon
    Simone Sine Sofie Solveig Stefan Steen Stig Stine Susanne Svend Søren Søs Tanja Thea Thomas Thorkild
    Tilde Tim Tina Tine Tobias Tom Tommy Torben Tove Trine Troels Ulla Ulrik Vagn Vera Vibeke Victor
    Viggo Villads Winnie Yasmin Yrsa Zeynep Åge Åse Åsa Øjvind
    """
)

SURNAMES = _names(
    """
    Aagaard Abildgaard Ahmed Albertsen Ali Andersen Andreasen Bach Bak Bang Bech Beck Berg Berthelsen
    Bertelsen Bisgaard Bjerre Bjerregaard Boesen Bonde Brandt Bredahl Bruun Brøndum Buch Buhl Bundgaard
    Carlsen Carstensen Christensen Christiansen Christoffersen Clausen Dahl Dalgaard Dall Dam Damgaard
    Danielsen Davidsen Due Ebbesen Eriksen Eskildsen Fischer Fisker Foged Frandsen Frederiksen Friis
    Frost Gade Gammelgaard Gram Gregersen Groth Grøn Gundersen Hald Hansen Hansson Hassan Hede Hedegaard
    Heide Henningsen Henriksen Hermansen Hjort Hjorth Hoffmann Holm Holst Hougaard Hussain Husted Høj
    Højgaard Højlund Ibsen Iversen Jacobsen Jakobsen Jensen Jepsen Jespersen Jessen Johannesen Johannsen
    Johansen Juhl Juul Jørgensen Karlsen Kaya Kirkegaard Kjeldsen Kjær Kjærgaard Klausen Knudsen Koch
    Kofoed Korsgaard Kragh Kristensen Kristiansen Krogh Kruse Kvist Larsen Lassen Lauridsen Laursen
    Laustsen Lind Lindberg Lorentzen Lund Lundgaard Lundsgaard Madsen Markussen Mathiasen Mathiesen
    Meyer Michelsen Mikkelsen Mogensen Mortensen Munk Møller Mørch Nguyen Nielsen Nikolajsen Nissen
    Nygaard Nørgaard Olesen Olsen Ottosen Overgaard Paulsen Pedersen Petersen Poulsen Rasmussen Ravn
    Riis Rohde Rosenkilde Sand Schmidt Schou Schrøder Schultz Simonsen Skov Skovgaard Skytte Sommer
    Sonne Steffensen Storm Strand Svendsen Søgaard Søndergaard Sørensen Thomsen Thorsen Thygesen Toft
    Tran Vester Vestergaard Vinther Villadsen Vognsen Wagner Winther Yilmaz Ærø Østergaard Øster Åkjær
    """
)
