"""Every round is in one list, and what is held in several rounds in the same one, whichever it is."""

from __future__ import annotations

from midtvejs.domain.matching import Matching
from midtvejs.domain.participants import fold
from midtvejs.domain.wording import quantity
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.program.checks.names import COLUMNS
from midtvejs.reading.program.draft import DayDraft
from midtvejs.reading.program.fields import Found
from midtvejs.reading.program.lists import (
    USUAL,
    joined_rounds,
    lists_of,
    lists_to_write,
    named_lists,
    rounds_of,
    shared_by,
)


def report_unknown_rounds(day: DayDraft) -> None:
    ids = [round_.id for round_ in day.rounds]
    for covered in (found.value for found in named_lists(day).values() if day.rounds_known):
        for id_ in covered:
            if id_.value not in ids:
                hint = day.source.did_you_mean(id_.value, ids) or f"the rounds are {', '.join(ids)}"
                message = f"there is no round {quote(id_.value)}"
                day.source.report(Fault.NO_SUCH_ROUND, id_.span, message, hint)


def report_overlapping_lists(day: DayDraft) -> None:
    first: dict[str, tuple[str, Found[str]]] = {}
    for list_, found in named_lists(day).items():
        for id_ in found.value:
            other, earlier = first.setdefault(id_.value, (list_, id_))
            if earlier is not id_:
                line = day.source.line_of(earlier.span)
                message = f"{id_.value} is in the list {other} already (line {line})"
                hint = "name each round once: a round is in one list"
                day.source.report(Fault.LISTS_CLASH, id_.span, message, hint)


def report_clashing_list_names(day: DayDraft) -> None:
    """Look for lists whose column would be that of something else."""
    rounds = {fold(round_.id): round_.id for round_ in day.rounds if round_.id}
    first: dict[str, str] = {}
    for list_, found in named_lists(day).items():
        other = rounds.get(fold(list_))
        hint = "give the list another name"
        if fold(list_) in COLUMNS:
            message = f"the list {list_} is named like another column of the preferences"
        elif other and other not in {id_.value for id_ in found.value}:
            message = f"the list {list_} is named like round {other}, which it does not cover"
        elif first.setdefault(fold(list_), list_) != list_:
            message = f"the list {list_} is named like {first[fold(list_)]}"
        else:
            continue
        day.source.report(Fault.LISTS_CLASH, found.span, message, hint)
    usual = rounds.get(fold(USUAL))
    if usual and not named_lists(day) and len(joined := joined_rounds(day)) == 1 and usual not in joined[0]:
        round_ = next(each for each in day.rounds if each.id == usual)
        message = f"the id {usual} is that of the list for {', '.join(joined[0])}"
        hint = "give the round another id, or the list a name"
        paste = ("wishes:", f"  list-1: [{', '.join(joined[0])}]")
        day.source.report(Fault.LISTS_CLASH, round_.draft.span("id"), message, hint, paste=paste)


def report_unnamed_lists(day: DayDraft) -> None:
    """Look for sessions held in several rounds that no list, or more than one, covers."""
    if not day.rounds_known or day.draft.faulty("wishes"):
        return
    named = named_lists(day)
    if not named and len(joined_rounds(day)) < 2:
        return
    lists = lists_to_write(day)
    paste = ("wishes:", *(f"  {id_}: [{', '.join(rounds)}]" for id_, rounds in lists.items()))
    if not named:
        each = "; ".join(", ".join(rounds) for rounds in joined_rounds(day))
        second = next(round_ for round_ in day.rounds if round_.id == joined_rounds(day)[1][0])
        message = f"rounds that share a session have one list, and these lists have no names: {each}"
        hint = "name them: a list's name heads its column"
        day.source.report(Fault.LISTS_CLASH, second.draft.span("id"), message, hint, paste=paste)
        return
    list_of: dict[str, str] = {}
    for list_, found in named.items():
        for id_ in found.value:
            list_of.setdefault(id_.value, list_)
    for code, sittings in shared_by(day).items():
        held = rounds_of(sittings)
        in_lists = {list_of.get(id_, "") for id_ in held}
        if len(in_lists) > 1 or "" in in_lists:
            message = f"session {code} runs in {', '.join(held)}, and no list covers all of these"
            hint = "let one list cover them: anyone who wishes for it ranks it once"
            day.source.report(Fault.LISTS_CLASH, sittings[0].draft.span("code"), message, hint, paste=paste)
            return


def report_short_lists(day: DayDraft) -> None:
    """Look for rounds with one list in which nobody can be in another session each time.

    While anything is wrong, sessions may be missing that are meant to be there.
    """
    if day.source.faulty or not day.rounds_known:
        return
    held: dict[str, dict[str, None]] = {round_.id: {} for round_ in day.rounds}
    for session in (*day.sessions(), *day.sittings_to_be()):
        for round_ in session.rounds:
            held[round_.id][session.code] = None
    lasting = {round_.id for session in day.sessions() for round_ in session.rounds if session.later}
    for rounds in lists_of(day).values():
        here = {id_: list(held[id_]) for id_ in rounds if id_ in held}
        # What goes on fills several rounds at once, and may be what is missing.
        if not lasting.intersection(here) and not Matching(here).whole:
            different = {code for codes in here.values() for code in codes}
            count = quantity(len(different), "different session")
            message = f"{', '.join(here)} have one list and hold {count}: nobody can attend all of them"
            hint = "hold other sessions in some of these rounds: nobody is in a session twice"
            first = next(round_ for round_ in day.rounds if round_.id in here)
            day.source.report(Fault.FEW_SESSIONS, first.draft.span("id"), message, hint)


CHECKS = (
    report_unknown_rounds,
    report_overlapping_lists,
    report_clashing_list_names,
    report_unnamed_lists,
    report_short_lists,
)
