"""Sessions rated in words are wished for equally in classes; what a word is worth is known, or asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path

import pytest

from midtvejs.domain.diagnostic import Diagnostic, Read
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Forms, Program, RatedWords, Ratings
from midtvejs.domain.words.ratings import RATINGS, SYMBOLS, RatingWords
from midtvejs.reading.answers.preferences import Preferences, read_preferences_with_lines
from midtvejs.reading.program.build import read_program
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of
from tests.reading.forms.test_direction import DAY, heads

Reader = Callable[..., Read[Preferences]]
SCALES = [field.name for field in fields(RatingWords) if field.name not in {"not_at_all", "stars"}]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def read_rows(rows: Sequence[str], day: Program = DAY, style: str = "{title}") -> Read[Preferences]:
        lines = [f"Navn;{heads(style)}", *(f"P{number};{row}" for number, row in enumerate(rows)), ""]
        (tmp_path / "answers.csv").write_text("\n".join(lines), encoding="utf-8")
        return read_preferences_with_lines(tmp_path / "answers.csv", day)

    return read_rows


def tiers(result: Read[Preferences]) -> list[str]:
    return [str(person.wishes[0]) for person in result.accepted().participants]


def told(result: Read[Preferences], code: str) -> Diagnostic:
    (found,) = result.diagnostics
    assert found.code == code
    return found


@pytest.mark.parametrize("style", ["{title}", "{code}", "R1 [{title}]", "How interested? [{code}: {title}]"])
@pytest.mark.parametrize(
    ("rows", "wished"),
    [
        (["Very interested;Interested;Not interested"], ["1A > 1B"]),
        (["Meget interesseret;lidt;Slet ikke", ";Lidt;-"], ["1A > 1B", "1B"]),
        (["Veldig interessert;Litt interessert;Ikke interessert"], ["1A > 1B"]),
        (["wenig interessiert;Sehr interessiert;kein Interesse"], ["1B > 1A"]),
        (["Très intéressé(e);Peu intéressé(e);Pas du tout intéressé(e)"], ["1A > 1B"]),
        (["Inte alls;Mycket gärna;gärna"], ["1B > 1C"]),
        (["Meget gerne;Gerne;Nej tak", "Gerne;gerne.;Slet ikke"], ["1A > 1B", "1A = 1B"]),
        (["Ja;Måske;Nej", "Ja;ja!;Ved ikke"], ["1A > 1B", "1A = 1B"]),
        (["Oui;Peut-être;Non"], ["1A > 1B"]),
        (["rød;gul;Grøn", "grøn;Grøn;"], ["1C > 1B", "1A = 1B"]),
        (["red;yellow;green", "🟢;🟡;🔴"], ["1C > 1B", "1A > 1B"]),
        (["++;+;0", "-;++;--"], ["1A > 1B > 1C", "1B"]),
        (["★★★☆☆;★★★★★;☆☆☆☆☆", "⭐️⭐️;*;"], ["1B > 1A", "1A > 1B"]),
        (["3 stars;1 star;0 stars", "2 stjerner;1;0"], ["1A > 1B", "1A > 1B"]),
        (["Stemmer helt;Stemmer delvis;Stemmer slet ikke"], ["1A > 1B"]),
        (["Helt enig;Uenig;Hverken eller"], ["1A > 1C"]),
        (["I høj grad;I nogen grad;Slet ikke"], ["1A > 1B"]),
        (["high;low;medium"], ["1A > 1C > 1B"]),
        (["5 - meget gerne;3;1 - slet ikke", "4;4;5 – Meget gerne"], ["1A > 1B", "1C > 1A = 1B"]),
        (["1 = very much;2;4: not at all", "Very much (1);3;"], ["1A > 1B", "1A > 1B"]),
        (["x;;x", ";X;"], ["1A = 1C", "1B"]),
        (["x;0;x", "0;x;0"], ["1A = 1C", "1B"]),
        (["(5) very much;(1) not at all;3"], ["1A > 1C"]),
        (["ja;;", ";;"], ["1A", ""]),
    ],
)
def test_what_is_rated_alike_is_wished_for_alike_and_that_is_told(
    read: Reader, rows: list[str], wished: list[str], style: str
) -> None:
    result = read(rows, style=style)

    assert tiers(result) == wished
    assert told(result, "MV196").severity.name == "WARNING"


def test_the_order_is_told_and_how_to_say_another(read: Reader, tmp_path: Path) -> None:
    rows = ["Ja;Måske;Nej", "Ja;Ja;?"]
    found = told(read(rows), "MV196")

    assert found.message == (
        'words below sessions are read as ratings: "Ja" > "Måske"; not wished: "?", "Nej"'
    )
    words = 'ratings: {best: ["Ja", "Måske"], not_wished: ["?", "Nej"]}'
    assert found.hint == f"if they mean something else, say so in the program: forms: {{{words}}}"
    result = read(rows, replace(DAY, forms=pasted(tmp_path, "forms:", f"  {words}")))
    assert (tiers(result), result.diagnostics) == (["1A > 1B", "1A = 1B"], ())


def test_where_nobody_wishes_for_anything_that_is_told(read: Reader) -> None:
    result = read(["Nej;Nej;Nej"])

    assert tiers(result) == [""]
    assert told(result, "MV196").message == 'words below sessions are read as no wishes: "Nej"'


def test_a_session_below_itself_is_a_tick(read: Reader) -> None:
    result = read(["Nursing;;Cooking", ";Police;"])

    assert tiers(result) == ["1A = 1C", "1B"]
    assert told(result, "MV191").message == "what is ticked below sessions counts as equal wishes"


@pytest.mark.parametrize(
    ("rows", "doubt", "paste"),
    [
        (
            ["Helst;Gerne;Nej tak"],
            'how good "Helst" (line 2) is',
            'ratings: {best: ["Gerne", "Helst"], not_wished: ["Nej tak"]}',
        ),
        (
            ["Super;OK;Nope", "OK;-;Super"],
            'how good "Nope" (line 2), "OK", "Super" are',
            'ratings: {best: ["Nope", "OK", "Super"], not_wished: ["-"]}',
        ),
        (
            ["Meget gerne;Ja;Nej"],
            'how good "Meget gerne" (line 2) is',
            'ratings: {best: ["Ja", "Meget gerne"], not_wished: ["Nej"]}',
        ),
    ],
)
def test_an_unknown_word_is_asked_about_and_the_section_can_be_pasted(
    read: Reader, tmp_path: Path, rows: list[str], doubt: str, paste: str
) -> None:
    fault = told(read(rows), "MV160")

    assert fault.message == f"it cannot be told what the words say: {doubt}"
    assert fault.hint.startswith("correct what is misspelt; or put this into the program")
    assert fault.paste[-1] == f"  {paste}  # the best first: put them in order"
    result = read(rows, replace(DAY, forms=pasted(tmp_path, *fault.paste)))
    assert result.diagnostics == ()
    assert tiers(result)


def test_a_word_below_the_sessions_of_several_rounds_is_asked_about_once(tmp_path: Path) -> None:
    day = program({"1A": 3, "1B": 3}, {"2A": 3, "2B": 3})
    (tmp_path / "answers.csv").write_text("Navn;1A;1B;2A;2B\nBo;Super;Fint;fint;Skidt\n", encoding="utf-8")
    fault = told(read_preferences_with_lines(tmp_path / "answers.csv", day), "MV160")

    assert fault.message.endswith(' say: how good "Fint" (line 2), "Super", "Skidt" are')


def test_words_of_different_rounds_that_are_asked_about_are_not_proposed_as_equals(tmp_path: Path) -> None:
    day = program({"1A": 3, "1B": 3}, {"2A": 3, "2B": 3})
    file = tmp_path / "answers.csv"
    file.write_text("Navn;1A;1B;2A;2B\nBo;Super;Fint;fint;Skidt\n", encoding="utf-8")
    paste = told(read_preferences_with_lines(file, day), "MV160").paste

    assert 'best: ["Fint", "Super", "Skidt"], not_wished: []' in paste[-1]
    told_so = replace(day, forms=pasted(tmp_path, *paste))
    (bo,) = read_preferences_with_lines(file, told_so).accepted().participants
    assert [str(wish) for wish in bo.wishes] == ["1B > 1A", "2A > 2B"]


def test_numbers_with_signs_are_asked_about_in_their_order(read: Reader, tmp_path: Path) -> None:
    fault = told(read(["-1;0;1", "2;-2;1"]), "MV160")

    assert fault.paste[-1].startswith('  ratings: {best: ["2", "1", "0"], not_wished: ["-1", "-2"]}')
    result = read(["-1;0;1", "2;-2;1"], replace(DAY, forms=pasted(tmp_path, *fault.paste)))
    assert tiers(result) == ["1C > 1B", "1A > 1C"]


def test_decimal_commas_are_no_commas_between_words(read: Reader, tmp_path: Path) -> None:
    fault = told(read(["4,5;3,5;1"]), "MV160")

    assert fault.paste[-1].startswith('  ratings: {best: ["4,5", "3,5", "1"], not_wished: []}')
    result = read(["4,5;3.5;1"], replace(DAY, forms=pasted(tmp_path, *fault.paste)))
    assert tiers(result) == ["1A > 1B > 1C"]


def test_a_number_alone_below_sessions_may_be_a_tick(read: Reader, tmp_path: Path) -> None:
    fault = told(read(["1;1;", ";1;1"]), "MV160")

    assert fault.paste[-1].startswith("  ratings: {best: 1}  #")
    result = read(["1;1;", ";1;1"], replace(DAY, forms=pasted(tmp_path, *fault.paste)))
    assert tiers(result) == ["1A = 1B", "1B = 1C"]


def test_words_with_as_many_numbers_are_asked_about_as_words(read: Reader) -> None:
    fault = told(read(["Ja;Nej;Ja", "2;1;2"]), "MV160")

    assert fault.message.endswith('how good "2" (line 3), "1" are')


def test_what_begins_with_a_number_is_proposed_in_that_order(read: Reader) -> None:
    fault = told(read(["5 points;10 points;0 points"]), "MV160")

    assert fault.paste[-1].startswith(
        '  ratings: {best: ["10 points", "5 points", "0 points"], not_wished: []}'
    )


def test_what_cannot_be_seen_is_not_compared(read: Reader, tmp_path: Path) -> None:
    rows = ["\x1b[31mJa;Nej;Ja"]
    fault = told(read(rows), "MV160")

    assert read(rows, replace(DAY, forms=pasted(tmp_path, *fault.paste))).diagnostics == ()


def test_a_plain_no_beside_ranks_is_no_wish(read: Reader) -> None:
    result = read(["1st;2nd;No", "2nd;1st;nej tak!"])
    assert (tiers(result), result.diagnostics) == (["1A > 1B", "1B > 1A"], ())

    result = read(["1st;No;nej tak"])
    assert (tiers(result), result.diagnostics) == (["1A"], ())


@pytest.mark.parametrize(
    "row",
    [
        "5 = best;3;1 = worst",
        "5 - meget gerne;3;1",
        "5 - slet ikke;3;5 - meget gerne",
        "5 (top);3;1",
        "5: A;4: B;1: C",
    ],
)
def test_numbers_whose_words_do_not_say_which_end_is_best_are_asked_about(
    read: Reader, tmp_path: Path, row: str
) -> None:
    fault = told(read([row]), "MV160")

    assert fault.message.startswith("it cannot be told what the numbers say: whether 1 or the highest number")
    result = read([row], replace(DAY, forms=pasted(tmp_path, *fault.paste)))
    assert result.diagnostics == ()


def test_words_and_numbers_of_two_rounds_are_asked_about_at_once(tmp_path: Path) -> None:
    day = program_with(tmp_path).accepted()
    path = tmp_path / "answers.csv"
    path.write_text("Navn;1A;1B;1C;2A;2B;2C\nBo;Super;OK;Nej;5;5;1\n", encoding="utf-8")
    fault = told(read_preferences_with_lines(path, day), "MV160")

    best = '[["OK", "5"], ["Super", "4"], "3", "2"]'
    assert fault.paste[-1].startswith(f'  ratings: {{best: {best}, not_wished: ["Nej", "1"]}}')
    result = read_preferences_with_lines(path, replace(day, forms=pasted(tmp_path, *fault.paste)))
    assert result.diagnostics == ()
    assert [str(each) for each in result.accepted().participants[0].wishes] == ["1B > 1A", "2A = 2B"]


@pytest.mark.parametrize(
    "row", ["1st;2nd;3rd", "1. prioritet;2. prioritet;Ved ikke", "first choice;second choice;"]
)
def test_ranks_in_words_are_no_ratings(read: Reader, row: str) -> None:
    result = read([row])

    assert tiers(result)[0].startswith("1A > 1B")
    assert result.diagnostics == ()


def test_many_different_remarks_are_no_ratings(read: Reader) -> None:
    result = read([f"bemærkning {number}a;bemærkning {number}b;" for number in range(10)])

    assert {each.code for each in result.diagnostics} == {"MV162"}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("best: [Ja, Måske]", RatedWords(tiers=(("Ja",), ("Måske",)))),
        (
            "best: [Ja, Måske, Nej], not_wished: Nej",
            RatedWords(tiers=(("Ja",), ("Måske",), ("Nej",)), not_wished=("Nej",)),
        ),
        (
            "best: [[Ja, Yes], 3], not_wished: [Nej, 0]",
            RatedWords(tiers=(("Ja", "Yes"), ("3",)), not_wished=("Nej", "0")),
        ),
        ("best: Ja", RatedWords(tiers=(("Ja",),))),
    ],
)
def test_the_program_says_which_words_rate(tmp_path: Path, written: str, words: RatedWords) -> None:
    assert pasted(tmp_path, "forms:", f"  ratings: {{{written}}}").ratings == words


@pytest.mark.parametrize(
    "written", ["best: []", "best: [[], {}]", "best: [Ja], not_wished: {a: b}", "not_wished: Nej"]
)
def test_what_says_no_words_is_a_fault(tmp_path: Path, written: str) -> None:
    found = program_with(tmp_path, "forms:", f"  ratings: {{{written}}}")

    assert found.value is None
    assert all(each.place.line == 11 for each in found.diagnostics)


def test_words_of_the_program_go_before_what_is_known(read: Reader) -> None:
    turned = RatedWords(tiers=(("Nej",), ("Måske", "3.0")), not_wished=("Ja",))
    result = read(["Ja;Måske;Nej", "nej;;3"], replace(DAY, forms=Forms(ratings=turned)))

    assert tiers(result) == ["1C > 1B", "1A > 1C"]
    assert result.diagnostics == ()


@pytest.mark.parametrize(
    ("others", "wished"),
    [(("1st", "2nd", "3rd"), "1A > 1B > 1C"), (("et godt emne", "kender det", "spændende"), "1B > 1A")],
)
def test_of_two_questions_about_all_sessions_the_ranks_are_surest_and_remarks_least(
    texts: Texts, others: tuple[str, ...], wished: str
) -> None:
    head = ",".join(f"{question} [{each}]" for question in ("A", "B") for each in ("1A", "1B", "1C"))
    row = ",".join(["Bo", *others, "Gerne", "Meget gerne", "Nej"])

    assert tiers(texts.answers(rows_of(f"Navn,{head}", row), DAY)) == [wished]


def test_two_questions_with_ratings_are_asked_about(texts: Texts) -> None:
    head = ",".join(f"{question} [{each}]" for question in ("A", "B") for each in ("1A", "1B", "1C"))
    result = texts.answers(rows_of(f"Navn,{head}", "Bo,Ja,Nej,Ja,Gerne,Meget gerne,Nej"), DAY)

    assert [each.code for each in result.diagnostics] == ["MV160"]
    assert "several questions for R1" in result.diagnostics[0].message


def test_what_numbers_mean_says_nothing_of_words(read: Reader) -> None:
    result = read(["Ja;Måske;Nej"], replace(DAY, forms=Forms(ratings=Ratings(best=5, not_wished=1))))

    assert tiers(result) == ["1A > 1B"]
    assert told(result, "MV196")


def test_a_word_that_the_program_does_not_name_is_told(read: Reader) -> None:
    day = replace(DAY, forms=Forms(ratings=RatedWords(tiers=(("Ja",),), not_wished=("Nej",))))
    fault = told(read(["Ja;Nej;Måske"], day), "MV162")

    assert fault.message == '"Måske" is not a rating'
    assert fault.hint == "the ratings are Ja, Nej (forms: ratings)"


@pytest.mark.parametrize("scale", SCALES)
def test_a_scale_has_the_same_steps_in_each_language(scale: str) -> None:
    rows = [getattr(words, scale) for words in RATINGS.values()]
    rows += [SYMBOLS[scale]] if scale in SYMBOLS else []
    assert len({len(each) for each in rows}) == 1
    steps = [{word for each in found for word in each} for found in zip(*rows, strict=True)]
    assert not any(one & other for at, one in enumerate(steps) for other in steps[at + 1 :])


@pytest.mark.parametrize("language", RATINGS)
def test_words_of_ratings_are_written_as_they_are_compared(language: str) -> None:
    words = RATINGS[language]
    texts = [word for scale in SCALES for row in getattr(words, scale) for word in row]
    assert [
        text for text in (*texts, *words.not_at_all, *words.stars) if text != fold(text) or "," in text
    ] == []


def pasted(folder: Path, *lines: str) -> Forms:
    forms = program_with(folder, *lines).accepted().forms
    assert forms
    return forms


def program_with(folder: Path, *lines: str) -> Read[Program]:
    text = """\
event: {name: Club day, date: 2026-03-02, start: "08:00", end: "12:00", language: en}
rooms: {Gym: 3, Lab: 3, Hall: 3}
rounds:
  - {id: R1, name: One, start: "09:00", end: "09:40", sessions: [
      {code: 1A, title: Nursing, room: Gym}, {code: 1B, title: Police, room: Lab},
      {code: 1C, title: Cooking, room: Hall}]}
  - {id: R2, name: Two, start: "10:00", end: "10:40", sessions: [
      {code: 2A, title: Chess, room: Gym}, {code: 2B, title: Golf, room: Lab},
      {code: 2C, title: Yoga, room: Hall}]}
"""
    (folder / "program.yaml").write_text(text + "\n".join([*lines, ""]), encoding="utf-8")
    return read_program(folder / "program.yaml")
