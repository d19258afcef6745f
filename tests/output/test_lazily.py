"""What a pipe is shown needs no rich, and no view needs the solver: start-up is a feature."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import io, sys
from midtvejs.output.tables.assignment_json import assignment_json
from midtvejs.output.pages.show import day_page
from midtvejs.output.progress import Progress
from midtvejs.output.pages.rosters import rosters_page
from midtvejs.output.screen import Screen
from midtvejs.output.pages.failures import shortages_page
from midtvejs.output.pages.assign import summary_page
from tests.output.midsummer import PROVEN, midsummer, seated

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


HELP = """
import gc, sys
from midtvejs.__main__ import main
import midtvejs.cli.run as run
def left(ended, escapes):
    print(gc.isenabled(), *sorted({"json", "midtvejs.domain.fairness", "rich"} & sys.modules.keys()))
    raise ended
run._leave = left
sys.argv = ["midtvejs", "--version"]
main()
"""


def test_what_only_tells_of_itself_starts_with_little_and_looks_for_no_garbage() -> None:
    done = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1:] == ["False"]
