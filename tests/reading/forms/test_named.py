"""Names of friends, as people write several into one cell."""

from __future__ import annotations

import pytest

from midtvejs.reading.forms.named import split_names
from midtvejs.reading.forms.words import role_of, tidy


@pytest.mark.parametrize(
    "cell",
    [
        "Bo Lund; Åse Holm",
        "Bo Lund og Åse Holm",
        " Bo  Lund AND Åse Holm.",
        "Bo Lund und Åse Holm",
        "Bo Lund et Åse Holm",
        "Bo Lund och Åse Holm",
        "Bo Lund & Åse Holm",
        "Bo Lund + Åse Holm",
        "Bo Lund / Åse Holm",
        "Bo Lund\nÅse Holm\n",
        "1. Bo Lund\r\n2. Åse Holm",
        "- Bo Lund\n- Åse Holm",
        "• Bo Lund; Bo Lund; Åse Holm",
    ],
)
def test_names_are_told_apart_however_they_are_parted(cell: str) -> None:
    assert split_names(cell) == ("Bo Lund", "Åse Holm")


@pytest.mark.parametrize("cell", ["", " ", "-", "Ingen", "none", "n/a", "ved ikke", "?", "egal", "; ;"])
def test_nobody(cell: str) -> None:
    assert split_names(cell) == ()


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("Lund, Bo", ("Lund, Bo",)),
        ("Bo Lund, Åse Holm", ("Bo Lund, Åse Holm",)),
        ("Holger Andersen", ("Holger Andersen",)),
        ("Bo Lund <bo@a.example>, aase@b.example", ("bo@a.example", "aase@b.example")),
        ("bo@a.example og Åse", ("bo@a.example", "Åse")),
    ],
)
def test_a_comma_is_left_for_those_who_know_the_names_and_an_email_is_surer(
    cell: str, named: tuple[str, ...]
) -> None:
    assert split_names(cell) == named


@pytest.mark.parametrize(
    "heading",
    [
        *("with", "Hvem vil du gerne være sammen med?", "sammen med", "Venner", "Makker", "Med hvem?"),
        *("Friends", "With whom", "Buddy", "Who would you like to be with? *", "Name of friend"),
        *("Wunschpartner", "Mit wem möchtest du zusammen sein?", "amis", "Avec qui ?", "kompis", "Vänner"),
        *("Hvem vil du gjerne være sammen med?", "4. Hvem vil du gerne være sammen med?"),
    ],
)
def test_headings_that_ask_for_friends(heading: str) -> None:
    role = role_of(tidy(heading))
    assert role is not None
    assert role[0] == "with"


@pytest.mark.parametrize(
    "heading", ["Name", "Parent", "Partnership", "Friendly match", "Med", "Vennelyst Skole"]
)
def test_and_headings_that_do_not(heading: str) -> None:
    role = role_of(tidy(heading))
    assert role is None or role[0] != "with"
