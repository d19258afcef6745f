from __future__ import annotations

import pytest

from midtvejs.domain import wording
from midtvejs.domain.wording import typed


@pytest.mark.parametrize(("windows", "file"), [(False, "'svar [1].xlsx'"), (True, '"svar [1].xlsx"')])
def test_a_command_is_told_as_the_shell_reads_it(
    monkeypatch: pytest.MonkeyPatch, file: str, *, windows: bool
) -> None:
    monkeypatch.setattr(wording, "WINDOWS", windows)
    assert typed(["midtvejs", "check", "svar [1].xlsx", "--late"]) == f"midtvejs check {file} --late"
