from __future__ import annotations

from midtvejs.domain.program import UnknownName
from midtvejs.output.pages.failures import unknown_name_line


def test_a_near_miss_is_a_question() -> None:
    line = unknown_name_line(UnknownName("room", "panrama", ("Panorama", "Fjorden")))

    assert line == 'error: there is no room "panrama": did you mean "Panorama"?'


def test_else_there_is_a_choice() -> None:
    line = unknown_name_line(UnknownName("round", "morning", tuple(f"R{number}" for number in range(1, 21))))

    assert line.startswith('error: there is no round "morning": the program has R1, R2, ')
    assert line.endswith("R12, ...")
