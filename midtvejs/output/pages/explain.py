"""Why one participant got what they got, in sentences for them; for a program, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.changes import Change
from midtvejs.domain.counterfactual import Counterfactual
from midtvejs.domain.explanation import Claim, Explained, Explanation, Ground, Missed, Obstacle, Place
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.program import Program, Round, Session
from midtvejs.domain.roles import ORGANISATION, beside, label_of
from midtvejs.domain.rules import Company
from midtvejs.domain.words import words_for
from midtvejs.domain.words.words import ExplainWords, Words
from midtvejs.output.language import span
from midtvejs.output.layout import line, section, stack, words_of
from midtvejs.output.roster import in_reading_order, tell_apart
from midtvejs.output.screen import Page, printable
from midtvejs.output.tables.json_text import json_text
from midtvejs.output.timeline import dates

if TYPE_CHECKING:
    from rich.console import RenderableType

Paragraph = tuple[str, list[str]]
"""A heading, and the lines below it."""


@dataclass(frozen=True, kw_only=True)
class Letters:
    """Writes to participants of an assignment; with ``named``, others are named in it.

    Without it nothing that is written names another participant: neither do the coordinator's reasons.
    """

    assignment: Assignment
    named: bool = False

    def page(self, explanation: Explanation) -> Page:
        return Page(
            plain=lambda: map(printable, self._plain(explanation)),
            rich=lambda: self._rich(explanation),
        )

    def text(self, explanation: Explanation) -> str:
        """Return the whole letter, as a file of its own."""
        return "".join(f"{printable(each)}\n" for each in self._plain(explanation))

    def _plain(self, explanation: Explanation) -> Iterator[str]:
        yield from self._head(explanation.participant)
        for heading, lines in self._paragraphs(explanation):
            yield ""
            yield from filter(None, (heading, *lines))

    def _rich(self, explanation: Explanation) -> RenderableType:
        name, *rest = self._head(explanation.participant)
        head = stack((line((name, "bold")), *map(words_of, rest)))
        parts = [
            section(heading, lines) if heading else stack(map(words_of, lines))
            for heading, lines in self._paragraphs(explanation)
        ]
        return stack((head, *parts), gap=True)

    def _head(self, person: Participant) -> list[str]:
        about = ", ".join(filter(None, (self._names[person.key], beside(person))))
        return [about, f"{self._program.event.name}, {dates(self._program)}"]

    def _paragraphs(self, explanation: Explanation) -> Iterator[Paragraph]:
        for each in explanation.lists:
            yield self._heading(each), list(self._lines(explanation.participant, each))
        if closing := list(self._closing(explanation)):
            yield "", closing

    def _heading(self, explained: Explained) -> str:
        rounds = [place.round for place in explained.places]
        if len(rounds) > 1:
            return ", ".join(round_.name for round_ in rounds)
        return f"{rounds[0].name}, {span(rounds[0].start, rounds[0].end)}"

    def _closing(self, explanation: Explanation) -> Iterator[str]:
        told, regret, worst = self._told, explanation.regret, explanation.worst
        if not any(_had_wishes(each) for each in explanation.lists):
            return
        if not regret:
            yield told.day_best
        elif regret == worst:
            yield told.day_furthest.format(told.count_steps(regret))
        else:
            yield told.day.format(regret=told.count_steps(regret), worst=told.count_steps(worst))
        if regret:
            yield told.what_steps_are

    # What they got

    def _lines(self, person: Participant, explained: Explained) -> Iterator[str]:
        told = self._told
        if _had_wishes(explained):
            yield told.wishes.format(", ".join(map(" = ".join, explained.wishes.tiers)))
        yield from map(told.called_off.format, self._called_off(explained))
        for place in explained.places:
            if place.session is None or not place.round.has_begun(place.session):
                got = " ".join(self._say_place(person, place, explained))
                yield got if len(explained.places) == 1 else f"{place.round.name}: {got}"
        for missed in explained.missed:
            yield " ".join(self._say_missed(person, missed, explained))
        if explained.further:
            yield told.also_missed.format(", ".join(session.code for session in explained.further))

    def _called_off(self, explained: Explained) -> Iterator[str]:
        """Return what is cancelled where a participant would have chosen.

        Who wished for it is no longer known.
        """
        attended = [
            place.round for place in explained.places if place.ground not in {Ground.AWAY, Ground.PRESENTS}
        ]
        held = {session.code for session in self._program.sessions_in(explained.block)}
        off = {session.code: session for round_ in attended for session in round_.cancelled}
        return (self._called(session) for code, session in off.items() if code not in held)

    def _say_place(self, person: Participant, place: Place, explained: Explained) -> Iterator[str]:
        told = self._told
        session = self._called(place.session) if place.session else ""
        match place.ground:
            case Ground.AWAY:
                yield told.away
            case Ground.PRESENTS:
                yield told.presents.format(session)
            case Ground.DECIDED:
                reason = place.pin.reason if place.pin else ""
                yield from self._say_decision(person, told.decided.format(session), reason)
            case Ground.ONLY_ONE:
                yield told.only_one.format(session)
            case Ground.WISHES if not explained.wishes.codes:
                yield told.no_wishes.format(session)
            case Ground.WISHES if place.rank is None:
                yield told.got_unlisted.format(session)
            case Ground.WISHES if place.rank == 1:
                yield told.got_first.format(session)
            case Ground.WISHES:
                yield told.got.format(rank=place.rank, session=session)
        for group, others in place.companies:
            said = told.together if group.company is Company.TOGETHER else told.apart
            yield from self._say_decision(person, said.format(self._name_others(others)), group.reason)

    def _say_decision(self, person: Participant, said: str, reason: str) -> Iterator[str]:
        yield said
        if reason and (self.named or not self._mentions_others(reason, person)):
            yield self._told.because.format(reason.strip().removesuffix("."))

    # What they did not get

    def _say_missed(self, person: Participant, missed: Missed, explained: Explained) -> Iterator[str]:
        told, session = self._told, self._called(missed.session)
        match missed.obstacle:
            case Obstacle.CANCELLED:
                yield told.cancelled.format(session)
            case Obstacle.BANNED:
                yield from self._say_ban(person, missed)
            case Obstacle.STEPS:
                yield told.up_steps.format(session)
            case Obstacle.NOT_THEN:
                yield told.not_then.format(session)
            case _:
                yield self._say_demand(missed, explained)
                if missed.of_own:
                    yield self._say_limit(missed.of_own, missed.own_group)
                if missed.claim:
                    yield told.all_more if missed.claim is Claim.ALL_MORE else told.none_less
                if missed.counterfactual:
                    yield from self._say_counterfactual(missed.counterfactual)
                else:
                    yield told.impossible

    def _say_limit(self, count: int, group: str) -> str:
        """Say how many of their own organisation, or other group, are in a session that may have no more."""
        there = self._words.count_participants(count)
        if group == ORGANISATION.name:
            return self._told.own_limit.format(there)
        return self._told.group_limit.format(there, group)

    def _say_ban(self, person: Participant, missed: Missed) -> Iterator[str]:
        """Say that they are not to be in a session, or that they are to be in another one when it is held."""
        if missed.pin and missed.pin.holds:
            session, said = self._program.sessions[missed.pin.code], self._told.decided
        else:
            session, said = missed.session, self._told.decided_against
        reason = missed.pin.reason if missed.pin else ""
        yield from self._say_decision(person, said.format(self._called(session)), reason)

    def _say_demand(self, missed: Missed, explained: Explained) -> str:
        count_seats = self._words.count_seats_at_most if missed.is_open else self._words.count_seats
        said = self._told.demand if explained.block.alone else self._told.demand_of_list
        people = self._words.count_participants(missed.first) if missed.first else self._words.nobody
        seats = count_seats(missed.seats)
        return said.format(
            session=self._called(missed.session),
            seats=self._told.in_all.format(seats) if len(missed.sittings) > 1 else seats,
            people=people,
        )

    def _say_counterfactual(self, what_if: Counterfactual) -> Iterator[str]:
        told, where = self._told, self._called_then(what_if.round, what_if.session)
        if what_if.others:
            others = self._name_others(tuple(change.participant for change in what_if.others))
            yield told.move.format(session=where, others=others)
            yield from self._say_losses(what_if)
        else:
            yield told.no_move.format(where)
        gain = what_if.own.gain
        if gain > 0:
            yield told.you_gain.format(told.count_steps(gain))
        elif gain == 0:
            yield told.you_gain_nothing
        else:
            yield told.you_lose.format(told.count_steps(-gain))
        yield self._judge(what_if)
        if not what_if.proven:
            yield told.not_proven

    def _say_losses(self, what_if: Counterfactual) -> Iterator[str]:
        told, lost, most = self._told, what_if.lost, what_if.most_lost
        alone = len(what_if.others) == 1
        if lost > 0 and alone:
            yield told.one_loses.format(told.count_steps(lost))
        elif lost > 0:
            yield told.they_lose.format(lost=told.count_steps(lost), most=told.count_steps(most))
        elif lost == 0:
            yield told.one_loses_nothing if alone else told.they_lose_nothing
        else:
            yield (told.one_gains if alone else told.they_gain).format(told.count_steps(-lost))
        if lost <= 0 < most:
            yield told.one_of_them.format(told.count_steps(most))

    def _judge(self, what_if: Counterfactual) -> str:
        """Say by what it is less fair, or that it is as fair, or fairer."""
        told, decider = self._told, what_if.decider
        if decider is None:
            return told.tie
        if what_if.is_fairer:
            return told.fairer
        before, after = what_if.before, what_if.after
        more = after[Criterion.TOTAL] - before[Criterion.TOTAL]
        if decider is Criterion.EVEN and more > 0:
            decider = Criterion.TOTAL
        return told.criteria[decider].format(
            before=told.count_steps(before[Criterion.WORST]),
            after=told.count_steps(after[Criterion.WORST]),
            more=told.count_steps(more),
            group=label_of(self._program.rules.spread_of, self._program.event.language),
        )

    # Names

    def _called(self, session: Session) -> str:
        return self._told.session.format(code=session.code, title=session.title)

    def _called_then(self, round_: Round, session: Session) -> str:
        """Return how people read a session in the one round of several that is meant."""
        return f"{session.code} ({round_.name})" if session.sitting else session.code

    def _name_others(self, others: Sequence[Participant]) -> str:
        """Return how many others, and with names in brackets where they may be named."""
        count = self._told.count_others(len(others))
        if not self.named:
            return count
        people = in_reading_order(others, self._program.event.language)
        return f"{count} ({', '.join(self._names[person.key] for person in people)})"

    def _mentions_others(self, text: str, person: Participant) -> bool:
        """Return whether any word of a text is a part of another participant's name or email."""
        return not self._all_names.isdisjoint(set(_words_in(text)) - set(_name_words(person)))

    @cached_property
    def _all_names(self) -> frozenset[str]:
        people = self.assignment.participants
        return frozenset(word for each in people for word in _name_words(each))

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return tell_apart(self.assignment.participants)

    @property
    def _program(self) -> Program:
        return self.assignment.program

    @cached_property
    def _words(self) -> Words:
        return words_for(self._program.event.language)

    @property
    def _told(self) -> ExplainWords:
        return self._words.explain


def _had_wishes(explained: Explained) -> bool:
    """Return whether there were wishes where the participant neither presents nor is away."""
    standing = {Ground.AWAY, Ground.PRESENTS, Ground.ONLY_ONE}
    return bool(explained.wishes.codes) and any(place.ground not in standing for place in explained.places)


def _name_words(person: Participant) -> list[str]:
    return _words_in(f"{person.name} {person.email.partition('@')[0]}")


def _words_in(text: str) -> list[str]:
    """Return the words of a text as they are compared, and without a Danish genitive's s."""
    spaced = "".join(letter if letter.isalnum() else " " for letter in fold(text))
    words = spaced.split()
    return [*words, *(word.removesuffix("s") for word in words)]


# For programs


def explanation_json(explanation: Explanation, *, named: bool) -> str:
    """Return one object; with ``named``, those who would have to move are in it by name and email."""
    person = explanation.participant
    content = {
        "name": person.name,
        "email": person.email,
        "regret": explanation.regret,
        "worst": explanation.worst,
        "lists": [_list(each, named) for each in explanation.lists],
    }
    return json_text(content)


def _list(explained: Explained, named: bool) -> Mapping[str, object]:
    return {
        "id": explained.block.id,
        "wishes": [list(tier) if len(tier) > 1 else tier[0] for tier in explained.wishes.tiers],
        "rounds": [_place(place) for place in explained.places],
        "missed": [_missed(missed, named) for missed in explained.missed],
        "further": [session.code for session in explained.further],
    }


def _place(place: Place) -> Mapping[str, object]:
    return {
        "round": place.round.id,
        "session": place.session.code if place.session else None,
        "ground": place.ground.name.lower(),
        "rank": place.rank,
        **({group.company.value: len(others) for group, others in place.companies}),
    }


def _missed(missed: Missed, named: bool) -> Mapping[str, object]:
    what_if = missed.counterfactual
    return {
        "session": missed.session.code,
        "rank": missed.rank,
        "seats": sum(each.seats for each in missed.sittings),
        "taken": missed.taken,
        "first_wishes": missed.first,
        "obstacle": missed.obstacle.name.lower() if missed.obstacle else None,
        "claim": missed.claim.name.lower() if missed.claim else None,
        "counterfactual": _counterfactual(what_if, named) if what_if else None,
    }


def _counterfactual(what_if: Counterfactual, named: bool) -> Mapping[str, object]:
    """``decided_by`` is the criterion that comes to something else, ``fairer`` whether that is to less."""
    return {
        "round": what_if.round.id,
        "gain": what_if.own.gain,
        "others": len(what_if.others),
        "seats": what_if.seats,
        "lost": what_if.lost,
        "most_lost": what_if.most_lost,
        "before": {criterion.value: value for criterion, value in what_if.before.items()},
        "after": {criterion.value: value for criterion, value in what_if.after.items()},
        "decided_by": what_if.decider.value if what_if.decider else None,
        "fairer": what_if.is_fairer,
        "proven": what_if.proven,
        **({"moves": _moves(what_if.others)} if named else {}),
    }


def _moves(changes: Iterable[Change]) -> list[Mapping[str, object]]:
    return [
        {
            "name": change.participant.name,
            "email": change.participant.email,
            "gain": change.gain,
            "moves": [
                {"round": move.round.id, "before": move.before, "after": move.after} for move in change.moves
            ],
        }
        for change in changes
    ]
