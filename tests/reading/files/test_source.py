"""Files as they are read from the disk, or from standard input."""

from __future__ import annotations

import io
import sys
import tracemalloc
from pathlib import Path
from unittest.mock import Mock, patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.reading.files import source as source_of
from midtvejs.reading.files.source import CHUNK, STDIN, Source, Span, content_of


@pytest.mark.parametrize("stdin", [True, False])
@pytest.mark.parametrize("size", [0, 1, 150, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_is_read_whole_and_one_byte_more_than_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, stdin: bool
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * size)
    for most in (size - 2, size - 1, size, size + 1, 10**9):
        monkeypatch.setattr(sys, "stdin", Mock(buffer=io.BytesIO(path.read_bytes())))
        name, data = content_of(STDIN if stdin else path, max(most, 0))
        assert name == ("<stdin>" if stdin else str(path))
        assert data == b"x" * min(size, max(most, 0) + 1)


@pytest.mark.parametrize("stdin", [True, False])
def test_no_more_memory_is_asked_for_than_a_file_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stdin: bool
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 150)
    tracemalloc.start()
    try:
        with path.open("rb") as file:
            monkeypatch.setattr(sys, "stdin", Mock(buffer=file))
            content_of(STDIN if stdin else path, 256 * CHUNK)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2 * CHUNK


@given(st.text(alphabet="aø\r\n\x0b\x85\u2028", max_size=20), st.integers(1, 6))
def test_lines_are_those_that_a_file_has(text: str, part: int) -> None:
    lines = [*io.StringIO(text, newline="")]
    source = Source("answers.csv", text)
    with patch.object(source_of, "PART", part):
        assert [*source.lines()] == lines
        assert [*source.lines(2)] == lines[1:]
    begins = [len("".join(lines[:number])) for number in range(len(lines))]
    assert [source.line(number + 1) for number in range(len(lines) + 1)] == [*lines, ""]
    assert [source.start_of(number + 1) for number in range(len(lines))] == begins
    assert [source.line_of(Span(begin, begin + 1)) for begin in begins] == [*range(1, len(lines) + 1)]
