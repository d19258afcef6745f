"""What a pipe is shown needs no rich, and no view needs the solver: start-up is a feature."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import io, sys
from midtvejs.views.assignment_json import assignment_json
from midtvejs.views.day import day_page
from midtvejs.views.progress import Progress
from midtvejs.views.rosters import rosters_page
from midtvejs.views.screen import Screen
from midtvejs.views.shortages import shortages_page
from midtvejs.views.summary import summary_page
from tests.views.midsummer import PROVEN, midsummer, seated

screen = Screen(out=io.StringIO(), err=io.StringIO())
with Progress(screen):
    screen.show(day_page(midsummer()))
    screen.show(rosters_page(seated()))
    screen.show(summary_page(seated(), PROVEN, "feasible"))
    screen.tell(shortages_page(()))
    screen.write(assignment_json(seated(), PROVEN, "feasible"))
print(*sorted({"rich", "ortools", "numpy", "pydantic", "typer"} & sys.modules.keys()))
"""


def test_a_pipe_is_served_without_heavy_imports() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
