"""What is wrong in a file, and where."""

from __future__ import annotations

from itertools import permutations

import pytest

from midtvejs.domain.diagnostic import Diagnostic, Faulty, Place, Read, in_order


def at(file: str, line: int, column: int, code: str = "MV001", message: str = "") -> Diagnostic:
    return Diagnostic(code=code, place=Place(file=file, line=line, column=column), message=message)


def test_diagnostics_stand_as_in_their_files() -> None:
    ordered = (
        at("a.yaml", 2, 9),
        at("a.yaml", 10, 1),
        at("a.yaml", 10, 3, "MV001", "a"),
        at("a.yaml", 10, 3, "MV001", "b"),
        at("a.yaml", 10, 3, "MV002", "a"),
        at("b.yaml", 1, 1),
    )
    assert all(in_order(shuffled) == ordered for shuffled in permutations(ordered))


def test_without_a_value_there_is_nothing_to_accept() -> None:
    wrong = at("a.yaml", 1, 1)
    nothing: Read[int] = Read(value=None, diagnostics=(wrong,))
    with pytest.raises(Faulty) as faulty:
        nothing.accepted()
    assert faulty.value.diagnostics == (wrong,)


def test_warnings_stand_beside_a_value() -> None:
    assert Read(value=0, diagnostics=(at("a.yaml", 1, 1),)).accepted() == 0
