"""Nothing that is tested depends on the machine: neither on chance, nor on how fast it is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from midtvejs.output import progress
from tests.examples import QUICK, WHOLE
from tests.quietly import NEVER

OPTIONS = {
    "--quick": ("slow", "draw fewer examples, and leave out what takes longer than three seconds"),
    "--no-tools": ("tool", "leave out mypy, ruff and import-linter, which run beside the tests"),
}
"""Options, the marks of the tests that each leaves out, and what it means."""


def pytest_addoption(parser: pytest.Parser) -> None:
    for option, (_, meaning) in OPTIONS.items():
        parser.addoption(option, action="store_true", help=meaning)


def pytest_configure(config: pytest.Config) -> None:
    settings.register_profile(
        "repeatable",
        max_examples=QUICK if config.getoption("--quick") else WHOLE,
        derandomize=True,
        database=None,
        # Neither an example nor the drawing of it is timed.
        deadline=None,
        # One folder does for all examples of a test: each writes its file anew.
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    settings.load_profile("repeatable")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    marks = [mark for option, (mark, _) in OPTIONS.items() if config.getoption(option)]
    left_out = [item for item in items if any(map(item.get_closest_marker, marks))]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing that the developer's shell asks for change what is printed."""
    for name in ("MIDTVEJS_PROGRAM", "MIDTVEJS_OUTPUT_FORMAT", "FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show no progress but where it is asked for: a slow machine would show it beside the results."""
    monkeypatch.setattr(progress, "SOON", NEVER)
