"""The questions as text, to be pasted into an online form."""

from __future__ import annotations

from collections.abc import Iterator

from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program, Round
from midtvejs.domain.words import words_for
from midtvejs.domain.words.words import FormWords
from midtvejs.output.form.columns import attendance_matters, option, steps_matter
from midtvejs.output.language import span
from midtvejs.output.screen import printable


def form_text(program: Program) -> str:
    """Return title, introduction and questions, with an empty line between any two.

    First comes how to make a form of it. A question begins with what is to head its answers, so that they are
    read back without further ado.
    """
    return "\n\n".join(_paragraphs(program)) + "\n"


def _paragraphs(program: Program) -> Iterator[str]:
    event, told = program.event, words_for(program.event.language).form
    yield told.editor.format(_ranks(program, told))
    yield printable(told.title.format(event.name))
    yield "\n".join(map(printable, _when_and_where(program)))
    deadline = _deadline(program)
    together = f"{told.after_deadline if deadline else told.together} {told.short_lists}"
    yield "\n".join(filter(None, (told.how, together, deadline)))
    yield from (told.name, told.email, told.organisation)
    if attendance_matters(program):
        named = ", ".join(f"{round_.id} {printable(round_.name)}" for round_ in program.rounds)
        yield "\n".join(
            (told.attends, f"{told.nothing_is_all} {named}", *(round_.id for round_ in program.rounds))
        )
    if steps_matter(program):
        yield "\n".join((told.step_free, *told.yes_or_no))
    yield from (_ranking(program, round_) for round_ in program.rounds)


def _ranks(program: Program, told: FormWords) -> str:
    """Return the labels of a grid's ranks, in quotes; the first few say how the others are."""
    most = max(len(round_.sessions) for round_ in program.rounds)
    quoted = ", ".join(f'"{rank}"' for rank in told.ranks[:most])
    return f"{quoted}, ..." if most > len(told.ranks) else quoted


def _when_and_where(program: Program) -> Iterator[str]:
    event, language = program.event, words_for(program.event.language)
    yield f"{language.long_date(event.date)}, {span(event.start, event.end)}"
    if event.venue:
        yield ", ".join(filter(None, (event.venue.name, event.venue.address)))


def _deadline(program: Program) -> str:
    sign_up, language = program.event.sign_up, words_for(program.event.language)
    if sign_up is None or sign_up.deadline is None:
        return ""
    return language.form.deadline.format(language.short_date(sign_up.deadline))


def question(program: Program, round_: Round) -> str:
    """Return a round as it is asked about, and recognised when the answers are read: by its name alone.

    Its id stands before it where another round has the same name, or has it for its id; and instead of it
    where that, too, is what another round is called.
    """
    others = [each for each in program.rounds if each is not round_]
    taken = {fold(text) for each in others for text in (each.id, each.name, f"{each.id} {each.name}")}
    fitting = (text for text in (round_.name, f"{round_.id} {round_.name}") if fold(text) not in taken)
    return printable(next(fitting, round_.id))


def _ranking(program: Program, round_: Round) -> str:
    return "\n".join((question(program, round_), *map(option, round_.sessions)))
