"""Ends at random moments, and disks that are full: files are all old or all new, and nothing else is left."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from tests.campaign.apart import INTERRUPTED, Ended, run
from tests.campaign.days import drawn
from tests.campaign.forged import ASSIGN, VERIFY

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
WRITTEN = ("assignment.csv", "certificate.json")
ENDS = {0, 1, INTERRUPTED}


def killed(random: Random, folder: Path) -> Iterator[str]:
    """Send a signal at a random moment to an assign that writes over two files."""
    old = _begin(random, folder)
    by = random.choice(SIGNALS)
    moment = time.monotonic() + random.random() * _seconds_taken()
    done = run(folder, *ASSIGN, "--force", before=lambda: _send_at(moment, by))
    if done.code not in {0, INTERRUPTED, -by}:
        yield f"{by.name}: exit {done.code}: {done.stderr[-600:]}"
    yield from _whole(folder, old, done, mixed_by_kill=by is signal.SIGKILL)


def full(random: Random, folder: Path) -> Iterator[str]:
    """Let no file become larger than some size."""
    old = _begin(random, folder)
    most = random.randrange(max(map(len, old.values())) + 200)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    # What the command says goes to files as well, and may not find room.
    done = run(folder, *ASSIGN, "--force", before=limit)
    if done.code not in ENDS | {3}:
        yield f"at most {most} bytes: exit {done.code}: {done.stderr[-600:]}"
    yield from _whole(folder, old, done)


def _begin(random: Random, folder: Path) -> dict[str, bytes]:
    """Write a day, seat it, and change its wishes; return what was saved."""
    drawn(random).write(folder)
    run(folder, *ASSIGN)
    drawn(random).write(folder)
    return {name: (folder / name).read_bytes() for name in WRITTEN}


@cache
def _seconds_taken() -> float:
    """Return how long the whole takes here, so that moments are drawn from all of it."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        _begin(Random(1), Path(name))
        began = time.monotonic()
        run(Path(name), *ASSIGN, "--force")
        return time.monotonic() - began


def _send_at(moment: float, by: signal.Signals) -> None:
    def send() -> None:
        time.sleep(max(0.0, moment - time.monotonic()))
        os.kill(os.getpid(), by)

    threading.Thread(target=send, daemon=True).start()


def _whole(folder: Path, old: dict[str, bytes], done: Ended, *, mixed_by_kill: bool = False) -> Iterator[str]:
    """Say what is wrong with what is there: compared with the old, and with what a whole run writes.

    Who is interrupted while it searches saves the best so far, of which less may be proven.
    """
    if done.code == INTERRUPTED and "Certified in" in done.stderr:
        verified = run(folder, *VERIFY, "--json")
        if '"verdict": "' not in verified.stdout or '"verdict": "false"' in verified.stdout:
            yield f"saved so far: {verified.stdout}{verified.stderr}"
        return
    there = {name: (folder / name).read_bytes() for name in WRITTEN}
    told = run(folder, "validate")
    left = sorted(path.name for path in folder.iterdir() if path.name.startswith(".midtvejs"))
    run(folder, *ASSIGN, "--force")
    new = {name: (folder / name).read_bytes() for name in WRITTEN}
    # A note of what was mixed goes with the next command, once the files are written again.
    run(folder, "validate")
    each = [
        "old" if there[name] == old[name] else "new" if there[name] == new[name] else "torn"
        for name in WRITTEN
    ]
    after = sorted(path.name for path in folder.iterdir() if path.name.startswith(".midtvejs"))
    mixed = {"old", "new"} <= set(each)
    if "torn" in each:
        yield f"torn: {each}"
    if mixed and not (mixed_by_kill and ("mixed" in told.stderr or left)):
        yield f"mixed without a word: {each}, {told.stderr}"
    if left and not mixed:
        yield f"left behind: {left}"
    if after:
        yield f"never swept: {after}"
    if done.code == 0 and "old" in each and old != new:
        yield f"done, it says, but {each}"
