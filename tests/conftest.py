"""Nothing that is tested depends on the machine: neither on chance, nor on how fast it is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from midtvejs.views import progress
from tests.quietly import NEVER

settings.register_profile(
    "repeatable",
    derandomize=True,
    database=None,
    # Neither an example nor the drawing of it is timed.
    deadline=None,
    # One folder does for all examples of a test: each writes its file anew.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show no progress but where it is asked for: a slow machine would show it beside the results."""
    monkeypatch.setattr(progress, "SOON", NEVER)
