"""What a pipe gets of a page."""

from __future__ import annotations

import io

import pytest

from midtvejs.output.screen import LINES, Page, Screen


class Counting(io.StringIO):
    """Counts how often it is written to."""

    writes = 0

    def write(self, text: str, /) -> int:
        self.writes += 1
        return super().write(text)


@pytest.mark.parametrize("count", [0, 1, LINES, 2 * LINES + 1])
def test_a_pipe_gets_each_line_of_a_page_and_many_at_a_time(count: int) -> None:
    lines, out = [f"line {number}" for number in range(count)], Counting()
    Screen(out=out).show(Page(plain=lambda: lines, rich=str))
    assert out.getvalue() == "".join(f"{line}\n" for line in lines)
    assert out.writes <= count / LINES + 1
