"""The README's picture: what ``midtvejs assign`` says of the conference of 2018, as a terminal shows it.

``python -m tests.picture`` draws it anew.
"""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from midtvejs.output.pages.assign import summary_page
from midtvejs.reading.answers.preferences import read_preferences
from midtvejs.reading.program.build import read_program
from midtvejs.solving.solve import solve

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / ".github" / "assign.svg"
PREFERENCES = "preferences/midtvejs-2018.csv"
WIDTH = 100

DARK = TerminalTheme(
    background=(22, 27, 34),
    foreground=(230, 237, 243),
    normal=[
        (72, 79, 88),
        (255, 123, 114),
        (63, 185, 80),
        (210, 153, 34),
        (88, 166, 255),
        (188, 140, 255),
        (57, 197, 207),
        (177, 186, 196),
    ],
)

# rich's own format fetches a font from the network, and draws a window of 16 units above the text.
FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" class="rich-terminal" viewBox="0 16 {width} {height}" role="img">
  <title>What midtvejs assign prints</title>
  <style>
  .{unique_id}-matrix {{
    font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
    font-size: {char_height}px;
    line-height: {line_height}px;
    font-variant-east-asian: full-width;
  }}
  {styles}
  </style>
  <defs>
    <clipPath id="{unique_id}-clip-terminal">
      <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
    </clipPath>
    {lines}
  </defs>
  <rect fill="#161b22" x="0" y="16" width="{width}" height="{height}" rx="8"/>
  <g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
  {backgrounds}
  <g class="{unique_id}-matrix">
  {matrix}
  </g>
  </g>
</svg>
"""


def drawn() -> str:
    """Return the picture as SVG: the command, and its summary down to the histogram of regret."""
    console = Console(
        record=True,
        file=io.StringIO(),
        width=WIDTH,
        force_terminal=True,
        color_system="truecolor",
        _environ={},
    )
    console.print(Text.assemble(("$ ", "dim"), f"midtvejs assign {PREFERENCES}"))
    console.print(Text("…", "dim"))
    for line in _summary():
        console.print(line)
    return console.export_svg(theme=DARK, code_format=FORMAT, unique_id="midtvejs")


def _summary() -> list[Text]:
    """Return the summary's lines; who is worst off, whom it names last, is left out."""
    program = read_program(ROOT / "program.yaml").accepted()
    solution = solve(program, read_preferences(ROOT / PREFERENCES, program).accepted())
    page = summary_page(solution.assignment, solution.stages, solution.status)
    console = Console(
        file=io.StringIO(), width=WIDTH, force_terminal=True, color_system="truecolor", _environ={}
    )
    with console.capture() as capture:
        console.print(page.rich())
    lines = [Text.from_ansi(line) for line in capture.get().splitlines()]
    end = next(number for number, line in enumerate(lines) if line.plain.startswith("The worst off"))
    return lines[: end - 1]


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8", newline="\n")
