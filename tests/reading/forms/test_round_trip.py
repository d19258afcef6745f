"""What is exported is what was answered, whichever product wrote it, in whichever dialect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.answers import Shape
from midtvejs.domain.participants import Participant, Wishes, fold
from midtvejs.domain.program import Forms, Program, Ratings
from midtvejs.reading.answers.preferences import read_preferences_with_lines
from midtvejs.reading.forms.words import rank_of, role_of, tidy
from tests.conferences import program, session
from tests.examples import examples
from tests.reading.forms.exports import LABELS, RATED_WRITERS, WRITERS, Export, csv_of, xlsx_of

SHAPES = {
    "wide": Shape.WIDE,
    "a_column_a_rank": Shape.RANKS,
    "microsoft_ranking": Shape.MICROSOFT_RANKING,
    "microsoft_likert": Shape.MICROSOFT_LIKERT,
    "google_sessions_as_rows": Shape.GOOGLE_GRID,
    "google_ranks_as_rows": Shape.GOOGLE_GRID,
    "limesurvey": Shape.LIMESURVEY,
    "moodle": Shape.MOODLE,
}
CODES = (("1A", "1B", "1C"), ("2A", "20", "2E1"), ("S1", "010"))
MANY = examples(60)


def plain(label: str) -> bool:
    """Whether a title is no number, no rank and nothing that heads a column of names."""
    return bool(label) and not rank_of(label) and not role_of(tidy(label)) and label not in {"-", "–", "n/a"}


def free(title: str) -> bool:
    """Whether a title is plain, and holds no code: between separators that would be an option of its own.

    Nor is it a separator, which alone in a cell is no wish.
    """
    said = fold(title)
    return (
        plain(said)
        and bool(said.strip(" ;>,|"))
        and not any(code.casefold() in said for codes in CODES for code in codes)
    )


def unambiguous(titles: Sequence[str]) -> bool:
    """Whether no label of a session is that of another."""
    codes = [code for codes in CODES for code in codes]
    sessions = [replace(session(code, 1), title=title) for code, title in zip(codes, titles, strict=True)]
    labels = [{fold(label(each)) for label in LABELS.values()} for each in sessions]
    return all(one.isdisjoint(other) for one, other in combinations(labels, 2))


WORDS = st.text(st.sampled_from("abæøå ,;\"'>=+-@[](): 🙂1A|"), max_size=12) | st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="Ãâ"), max_size=6
)
SPACED = st.tuples(st.sampled_from(["", " ", "  "]), WORDS, st.sampled_from(["", " "])).map("".join)
OF_ANOTHER = st.sampled_from(
    ["1B: hvad nu?", "Fra 1A til 1C", "2A - igen", "S1 og S2", "Tal om 20", "MERE DATA  i 2E1", "Åben 010"]
)
TITLES = st.lists(
    (SPACED | SPACED.map(str.upper)).filter(free) | OF_ANOTHER,
    min_size=8,
    max_size=8,
    unique_by=lambda title: "".join(filter(str.isalnum, fold(title))) or fold(title),
).filter(unambiguous)
FIRST = ("Åse", "Bo", "Čiček", "Søren Ægir", "Ærø", "Øyvind", "AASE", "Jens-Åge", "D'Arcy", "Æ", "Ulla Bøgh")
LAST = ("Holm", "Ærøskøbing", "Østergård", "von der Å", "Grøn-Sørensen", "ÆBLE")
NAMES = st.lists(
    st.tuples(st.sampled_from(FIRST), st.sampled_from(LAST)), min_size=1, max_size=8, unique=True
)


@st.composite
def answers(draw: st.DrawFn) -> tuple[Program, list[Participant]]:
    """A day whose titles are hard to read, and a few people, who rank all, some or nothing of a round."""
    titles = iter(draw(TITLES))
    # A few who happen to rank in the order of the form might as well have ticked boxes.
    day = replace(program(*(dict.fromkeys(codes, 5) for codes in CODES)), forms=Forms(ticks=False))
    rounds = tuple(
        replace(round_, sessions=tuple(replace(each, title=next(titles)) for each in round_.sessions))
        for round_ in day.rounds
    )
    rankings = [
        st.permutations(codes).flatmap(
            lambda order: st.integers(0, len(order)).map(lambda n: tuple(order[:n]))
        )
        for codes in CODES
    ]
    people = [
        Participant(
            name=f"{first} {last}",
            email=f"nr{number}@example.dk",
            organisation="Vejle Kommune",
            wishes=tuple(Wishes(draw(ranking)) for ranking in rankings),
        )
        for number, (first, last) in enumerate(draw(NAMES))
    ]
    # Nobody ranks nothing at all: a question without any answer cannot be told apart from another one.
    full = tuple(Wishes(codes) for codes in CODES)
    return replace(day, rounds=rounds), [
        *people,
        replace(people[0], name="Dea Holm", email="d@d.dk", wishes=full),
    ]


def read(path: Path, day: Program) -> tuple[Sequence[Participant], Shape]:
    preferences = read_preferences_with_lines(path, day).accepted()
    return preferences.participants, preferences.provenance.shape


@pytest.mark.parametrize("name", WRITERS)
@MANY
@given(data=st.data(), answered=answers())
def test_what_is_answered_is_read(
    name: str, tmp_path: Path, data: st.DataObject, answered: tuple[Program, list[Participant]]
) -> None:
    day, people = answered
    labels = ["code", "code: title", "code - title", "code title"]
    # Titles alone may be parted in two ways where they hold a semicolon, which is told: see below.
    semicolons = any(";" in session.title for session in day.sessions.values())
    if not (semicolons and name == "microsoft_ranking"):
        labels.append("title")
    label = LABELS[data.draw(st.sampled_from(labels))]
    delimiter = data.draw(st.sampled_from(",;\t"))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    rows = WRITERS[name](Export(day=day, people=people, label=label))
    (tmp_path / "answers.csv").write_bytes(csv_of(rows, delimiter=delimiter, end=end, encoding=encoding))

    assert read(tmp_path / "answers.csv", day) == (tuple(people), SHAPES[name])


@pytest.mark.parametrize("name", WRITERS)
@examples(15)
@given(data=st.data(), answered=answers())
def test_the_same_from_a_workbook(
    name: str, tmp_path: Path, data: st.DataObject, answered: tuple[Program, list[Participant]]
) -> None:
    day, people = answered
    label = LABELS[data.draw(st.sampled_from(["code", "code: title"]))]
    before = data.draw(st.sampled_from([(), ("Ark1",), ("_56F9DC9755BA473782653E2940F9", "Ark1")]))
    xlsx_of(
        tmp_path / "answers.xlsx", WRITERS[name](Export(day=day, people=people, label=label)), before=before
    )

    assert read(tmp_path / "answers.xlsx", day) == (tuple(people), SHAPES[name])


@MANY
@given(answered=answers())
def test_titles_that_hold_the_separator_are_read_rightly_or_not_at_all(
    tmp_path: Path, answered: tuple[Program, list[Participant]]
) -> None:
    day, people = answered
    rows = WRITERS["microsoft_ranking"](Export(day=day, people=people, label=LABELS["title"]))
    (tmp_path / "answers.csv").write_bytes(csv_of(rows))

    result = read_preferences_with_lines(tmp_path / "answers.csv", day)

    if result.value:
        assert result.value.participants == tuple(people)
    else:
        assert {diagnostic.code for diagnostic in result.diagnostics} == {"MV164"}


@MANY
@given(answered=answers(), data=st.data())
def test_the_order_of_rows_and_columns_does_not_matter(
    tmp_path: Path, answered: tuple[Program, list[Participant]], data: st.DataObject
) -> None:
    day, people = answered
    name = data.draw(
        st.sampled_from(sorted(WRITERS.keys() - {"microsoft_ranking", "microsoft_likert", "moodle"}))
    )
    header, *rows = WRITERS[name](Export(day=day, people=people, label=LABELS["code: title"]))
    order = data.draw(st.permutations(range(len(header))))
    shuffled = [[row[index] for index in order] for row in [header, *data.draw(st.permutations(rows))]]
    (tmp_path / "answers.csv").write_bytes(csv_of(shuffled))

    participants, shape = read(tmp_path / "answers.csv", day)

    assert shape is SHAPES[name]
    assert sorted(participants, key=lambda each: each.key) == sorted(people, key=lambda each: each.key)


PEOPLE_HEADINGS = ["Student Name", "Elevens navn", "Camper", "Vor- und Nachname", "Last name, First name"]


@pytest.mark.parametrize("name", ["wide", "a_column_a_rank", "google_ranks_as_rows"])
@MANY
@given(data=st.data(), answered=answers())
def test_people_are_read_whatever_they_are_called(
    name: str, tmp_path: Path, data: st.DataObject, answered: tuple[Program, list[Participant]]
) -> None:
    day, people = answered
    heading = data.draw(st.sampled_from(PEOPLE_HEADINGS))
    rows = WRITERS[name](Export(day=day, people=people, label=LABELS["code"]))
    column = next(index for index, each in enumerate(rows[0]) if (role_of(tidy(each)) or ("",))[0] == "name")
    rows[0][column] = heading
    if heading.startswith("Last"):
        for row in rows[1:]:
            first, _, last = row[column].partition(" ")
            row[column] = f"{last}, {first}"
    (tmp_path / "answers.csv").write_bytes(csv_of(rows))

    assert read(tmp_path / "answers.csv", day) == (tuple(people), SHAPES[name])


RATED_SHAPES = {
    "equals": Shape.WIDE,
    "likert": Shape.MICROSOFT_LIKERT,
    "google_ratings": Shape.GOOGLE_GRID,
    "limesurvey_array": Shape.LIMESURVEY,
    "moodle_ratings": Shape.MOODLE,
}
RATED = [
    ("Meget gerne", "Gerne", "Nej tak"),
    ("Very interested", "Somewhat interested", "Slightly interested", "Not at all interested"),
    ("Ja", "Måske", "Nej"),
    ("grøn", "gul", "rød"),
    ("++", "+", "0", "-"),
    ("★★★", "★★", "★", ""),
    ("5 - sehr gern", "4", "3", "2", "1 - gar nicht"),
    ("5", "4", "3", "2", "1"),
    ("Yes", ""),
]
"""Words of a scale from the best to the one for no wish."""
RATED_NUMBERS = Forms(ratings=Ratings(best=5, not_wished=1))


@st.composite
def rated_answers(draw: st.DrawFn) -> tuple[Program, list[Participant], tuple[str, ...]]:
    """A day, people who wish for some sessions equally, and words for how much they do."""
    day, people = draw(answers())
    words = draw(st.sampled_from(RATED))
    some = [
        replace(each, wishes=tuple(draw(tiers_of(codes, len(words) - 1)) for codes in CODES))
        for each in people
    ]
    # Both ends of the scale are used, or else nobody could tell which is which.
    best = tuple(Wishes.of_tiers([codes]) for codes in CODES)
    ends = [
        replace(people[0], name=name, email=f"{name}@d.dk", wishes=wishes)
        for name, wishes in (("Eva", best), ("Fie", (Wishes(),) * 3))
    ]
    return replace(day, forms=RATED_NUMBERS if words[0] == "5" else None), [*some, *ends], words


def tiers_of(codes: Sequence[str], most: int) -> st.SearchStrategy[Wishes]:
    """Wishes in so many tiers at the most; the rest is not wished for."""
    steps = st.tuples(*[st.integers(0, most)] * len(codes))
    return steps.map(
        lambda found: Wishes.of_tiers(
            tier
            for step in range(most)
            if (tier := [code for code, own in zip(codes, found, strict=True) if own == step])
        )
    )


@pytest.mark.parametrize("name", RATED_WRITERS)
@examples(30)
@given(data=st.data(), answered=rated_answers())
def test_what_is_rated_is_read(
    name: str,
    tmp_path: Path,
    data: st.DataObject,
    answered: tuple[Program, list[Participant], tuple[str, ...]],
) -> None:
    day, people, words = answered
    day = replace(day, forms=None) if name == "moodle_ratings" else day  # which knows what its numbers say
    label = LABELS[data.draw(st.sampled_from(sorted(LABELS)))]
    rows = RATED_WRITERS[name](Export(day=day, people=people, label=label), words)
    (tmp_path / "answers.csv").write_bytes(csv_of(rows, delimiter=data.draw(st.sampled_from(",;\t"))))

    assert read(tmp_path / "answers.csv", day) == (tuple(people), RATED_SHAPES[name])


@examples(30)
@given(data=st.data(), answered=answers())
def test_what_is_ticked_is_read(
    tmp_path: Path, data: st.DataObject, answered: tuple[Program, list[Participant]]
) -> None:
    day, people = answered
    ticked = [
        replace(
            each,
            wishes=tuple(
                Wishes.of_tiers([sorted(wishes.codes, key=list(day.sessions).index)] if wishes.codes else [])
                for wishes in each.wishes
            ),
        )
        for each in people
    ]
    label = LABELS[data.draw(st.sampled_from(["code", "code: title", "code title"]))]
    in_order = [replace(each, wishes=tuple(Wishes(w.codes) for w in each.wishes)) for each in ticked]
    rows = WRITERS["microsoft_ranking"](Export(day=day, people=in_order, label=label))
    (tmp_path / "answers.csv").write_bytes(csv_of(rows))

    participants, shape = read(tmp_path / "answers.csv", replace(day, forms=Forms(ticks=True)))
    assert (participants, shape) == (tuple(ticked), Shape.MICROSOFT_RANKING)
