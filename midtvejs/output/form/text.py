"""The questions as text, to be pasted into an online form."""

from __future__ import annotations

from collections.abc import Iterator

from midtvejs.domain.friends import asks_for_friends
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Block, Program, Round
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
    deadline = deadline_line(program)
    together = f"{told.after_deadline if deadline else told.together} {told.short_lists}"
    lists = told.several_rounds if program.lists else ""
    yield "\n".join(filter(None, (told.how, lists, together, *_closed(program), deadline)))
    yield from (told.name, told.email, told.organisation, *map(printable, program.groups))
    if attendance_matters(program):
        named = ", ".join(f"{round_.id} {printable(round_.name)}" for round_ in program.rounds)
        yield "\n".join(
            (told.attends, f"{told.nothing_is_all} {named}", *(round_.id for round_ in program.rounds))
        )
    if steps_matter(program):
        yield "\n".join((told.step_free, *told.yes_or_no))
    if asks_for_friends(program.rules):
        yield told.friends
    yield from (_ranking(program, block) for block in program.asked)


def _closed(program: Program) -> Iterator[str]:
    """Say which sessions are only for some, whose wishes alone count."""
    said = words_for(program.event.language).only_for
    for pin in program.rules.pins:
        if pin.others:
            yield printable(f"{said.format(pin.code, pin.of_whom)}.")


def _ranks(program: Program, told: FormWords) -> str:
    """Return the labels of a grid's ranks, in quotes; the first few say how the others are."""
    most = max(len(program.sessions_in(block)) for block in program.asked)
    quoted = ", ".join(f'"{rank}"' for rank in told.ranks[:most])
    return f"{quoted}, ..." if most > len(told.ranks) else quoted


def _when_and_where(program: Program) -> Iterator[str]:
    event, language = program.event, words_for(program.event.language)
    yield f"{language.long_date(event.date)}, {span(event.start, event.end)}"
    if event.venue:
        yield ", ".join(filter(None, (event.venue.name, event.venue.address)))


def deadline_line(program: Program) -> str:
    """Say until when wishes are handed in; nothing where the program does not."""
    sign_up, language = program.event.sign_up, words_for(program.event.language)
    if sign_up is None or sign_up.deadline is None:
        return ""
    return language.form.deadline.format(language.short_date(sign_up.deadline))


def question(program: Program, asked: Block | Round) -> str:
    """Return a list as it is asked about, and recognised in the answers: by the names of its rounds alone.

    Its id stands before them where another list has the same name, or has it for its id; and instead of them
    where that, too, is what another list is called. A round is a list of its own.
    """
    names = {block.id: program.name_of(block) for block in program.blocks}
    name = names.pop(asked.id)
    taken = {fold(text) for id_, other in names.items() for text in (id_, other, f"{id_} {other}")}
    fitting = (text for text in (name, f"{asked.id} {name}") if fold(text) not in taken)
    return printable(next(fitting, asked.id))


def _ranking(program: Program, block: Block) -> str:
    return "\n".join((question(program, block), *map(option, program.sessions_in(block))))
