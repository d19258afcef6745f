from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from midtvejs.output.files import MANY, recording, refuse_existing, write_all, write_whole
from midtvejs.output.litter import HOST, leave_notes, name_draft, sweep
from midtvejs.output.signals import ENDING, end_as_by_ctrl_c

ROOT = Path(__file__).parents[2]


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_writes_utf8_and_leaves_line_breaks_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "æ.csv", "Åse\r\nBo\n")

    assert (tmp_path / "æ.csv").read_bytes() == "Åse\r\nBo\n".encode()
    assert names(tmp_path) == ["æ.csv"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_permissions_follow_the_umask(tmp_path: Path) -> None:
    earlier = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.csv", "")
    finally:
        os.umask(earlier)

    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o640


def test_never_writes_over_a_file_without_force(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine")

    with pytest.raises(FileExistsError, match="--force") as caught:
        write_whole(path, "theirs")

    assert caught.value.filename == str(path)
    assert path.read_text() == "mine"
    assert names(tmp_path) == ["a.csv"]


def test_force_writes_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a longer text than the new one")

    write_whole(path, "new", force=True)

    assert path.read_text() == "new"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    path = tmp_path / "a.csv"
    fsync, link = os.fsync, os.link

    def somebody_is_faster(number: int) -> None:
        fsync(number)
        path.write_text("theirs")

    def no_links(source: Path, target: Path) -> None:
        if not links:
            raise OSError(errno.ENOTSUP, "no links here")
        link(source, target)

    monkeypatch.setattr(os, "fsync", somebody_is_faster)
    monkeypatch.setattr(os, "link", no_links)

    with pytest.raises(FileExistsError, match="--force"):
        write_whole(path, "mine")

    assert path.read_text() == "theirs"
    assert names(tmp_path) == ["a.csv"]


def test_a_disk_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, f"no links from {source} to {target}")

    monkeypatch.setattr(os, "link", no_links)

    write_whole(tmp_path / "a.csv", "text")

    assert (tmp_path / "a.csv").read_text() == "text"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("force", [True, False])
def test_nothing_is_left_behind_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space") as caught:
        write_whole(tmp_path / "a.csv", "text", force=force)

    assert caught.value.filename == str(tmp_path / "a.csv")
    assert names(tmp_path) == []


def test_nothing_is_left_behind_when_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)

    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.csv", "text")

    assert names(tmp_path) == []


def test_force_replaces_a_link_and_not_what_it_points_to(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    link = tmp_path / "a.csv"
    link.symlink_to(tmp_path / "precious")

    with pytest.raises(FileExistsError):
        write_whole(link, "new")
    write_whole(link, "new", force=True)

    assert not link.is_symlink()
    assert link.read_text() == "new"
    assert (tmp_path / "precious").read_text() == "precious"


def test_a_dangling_link_takes_the_name(tmp_path: Path) -> None:
    link = tmp_path / "a.csv"
    link.symlink_to(tmp_path / "nowhere")

    with pytest.raises(FileExistsError):
        write_whole(link, "new")

    assert names(tmp_path) == ["a.csv"]


def test_refuses_before_the_work_what_cannot_be_written_after_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(FileNotFoundError, match="no such folder") as missing:
        refuse_existing(tmp_path / "gone" / "a.csv", force=False)
    with pytest.raises(NotADirectoryError):
        refuse_existing(tmp_path / "file" / "a.csv", force=True)
    with pytest.raises(FileExistsError):
        refuse_existing(tmp_path / "file", force=False)
    with pytest.raises(IsADirectoryError):
        refuse_existing(tmp_path, force=True)

    assert missing.value.filename == str(tmp_path / "gone")
    refuse_existing(tmp_path / "new", force=False)
    refuse_existing(tmp_path / "file", force=True)


def test_refuses_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)

    with pytest.raises(PermissionError, match="may not write"):
        refuse_existing(tmp_path / "a.csv", force=False)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
def test_force_does_not_replace_a_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")

    for name in ("pipe", "link"):
        with pytest.raises(OSError, match="device"):
            write_whole(tmp_path / name, "text", force=True)


def test_several_files_are_written_or_none_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (tmp_path / name for name in ("1.csv", "2.bin", "3.csv"))
    write_all({first: "Åse", second: b"\x00"})
    assert (first.read_text("utf-8"), second.read_bytes()) == ("Åse", b"\x00")
    with pytest.raises(FileExistsError):
        write_all({third: "new", second: b"new"})
    assert names(tmp_path) == ["1.csv", "2.bin"]

    drafts = iter([None, OSError(errno.ENOSPC, "No space left on device")])

    def full(_: int) -> None:
        if (error := next(drafts)) is not None:
            raise error

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space") as caught:
        write_all({third: "new", first: "new"}, force=True)
    assert caught.value.filename == str(first)
    assert names(tmp_path) == ["1.csv", "2.bin"]
    assert first.read_text("utf-8") == "Åse"


def test_what_was_written_over_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_text("mine")
    second.write_text("mine, too")
    real = Path.replace

    def stubborn(draft: Path, path: Path) -> Path:
        if path == second:
            raise OSError(errno.EIO, "Input/output error")
        return real(draft, path)

    monkeypatch.setattr(Path, "replace", stubborn)
    with pytest.raises(OSError, match="Input/output"):
        write_all({first: "theirs", second: "theirs"}, force=True)
    assert (first.read_text(), second.read_text()) == ("mine", "mine, too")
    assert names(tmp_path) == ["1.csv", "2.csv"]


@pytest.mark.parametrize("force", [True, False])
def test_what_was_written_is_known_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    """Ctrl-C may come right after a file got its name, before anything else could be said of it."""
    path = tmp_path / "a.csv"
    publish = Path.replace if force else os.link

    def interrupted(draft: Path, target: Path) -> None:
        assert not written.paths
        publish(draft, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path if force else os, "replace" if force else "link", interrupted)
    with recording() as written, pytest.raises(KeyboardInterrupt):
        write_whole(path, "mine", force=force)
    assert written.paths == [path]
    assert names(tmp_path) == ["a.csv"]
    path.unlink()
    assert not written.paths


def test_what_is_put_back_was_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_text("mine")
    second.write_text("mine, too")
    real = Path.replace

    def interrupted(draft: Path, path: Path) -> Path:
        done = real(draft, path)
        if path == second and path.read_text() == "theirs":
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(Path, "replace", interrupted)
    with recording() as written, pytest.raises(KeyboardInterrupt):
        write_all({first: "theirs", second: "theirs"}, force=True)
    assert (first.read_text(), second.read_text()) == ("mine", "mine, too")
    assert written.paths == []


@pytest.fixture
def asked_to_end() -> Iterator[None]:
    """Have each signal that ends the program raise KeyboardInterrupt, and set all back afterwards."""
    earlier = {number: signal.signal(number, signal.SIG_DFL) for number in ENDING}
    end_as_by_ctrl_c()
    yield
    for number, handler in earlier.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("asked_to_end")
@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("number", ENDING)
@pytest.mark.parametrize("step", ["draft 1", "draft 2", "name 1", "name 2"])
def test_whenever_a_signal_comes_all_is_old_or_all_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, force: bool
) -> None:
    """It comes once a draft is written, or once it has got its name."""
    new = step.startswith("name")
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    if force:
        first.write_text("old")
        second.write_text("old")
    before = names(tmp_path)
    steps: list[str] = []

    def signalling(kind: str, done: Callable[..., object]) -> Callable[..., object]:
        def act(*given: object) -> object:
            result = done(*given)
            steps.append(kind)
            if f"{kind} {steps.count(kind)}" == step:
                signal.raise_signal(number)
            return result

        return act

    monkeypatch.setattr(os, "fsync", signalling("draft", os.fsync))
    where, name = (Path, "replace") if force else (os, "link")
    monkeypatch.setattr(where, name, signalling("name", getattr(where, name)))

    with recording() as written, pytest.raises(KeyboardInterrupt):
        write_all({first: "new", second: "new"}, force=force)

    assert names(tmp_path) == (["1.csv", "2.csv"] if new else before)
    assert {path.read_text() for path in tmp_path.iterdir()} == (
        {"new"} if new else {"old"} if force else set()
    )
    assert written.paths == ([first, second] if new else [])


KILLED = """
import os, signal, sys
from pathlib import Path
from midtvejs.output.files import write_all
step, count = sys.argv[1:3]
module, name = (os, "fsync") if step == "draft" else (Path, "replace")
once, times = getattr(module, name), 0
def act(*given):
    global times
    done = once(*given)
    times += 1
    if times == int(count):
        os.kill(os.getpid(), signal.SIGKILL)
    return done
setattr(module, name, act)
write_all({Path("1.csv"): "new", Path("2.csv"): "new"}, force=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell which processes are no more")
@pytest.mark.parametrize(
    ("step", "count", "mixed"),
    [("draft", 1, False), ("draft", 2, False), ("name", 1, True), ("name", 2, False)],
)
def test_what_a_killed_process_left_goes_and_what_it_mixed_is_known(
    tmp_path: Path, step: str, count: int, mixed: bool
) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_text("old")
    second.write_text("old")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, step, str(count)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert len(names(tmp_path)) > 2

    found = sweep(tmp_path)

    assert [(each.new, each.old) for each in found] == ([(("1.csv",), ("2.csv",))] if mixed else [])
    assert names(tmp_path) == [*([found[0].note.name] if mixed else []), "1.csv", "2.csv"]
    write_all({first: "newer", second: "newer"}, force=True)
    assert sweep(tmp_path) == []
    assert names(tmp_path) == ["1.csv", "2.csv"]


def test_what_others_are_writing_is_left_alone(tmp_path: Path) -> None:
    ours = name_draft(tmp_path)
    theirs = tmp_path / ".midtvejs-00000000-1-0123456789abcdef.draft"
    forged = tmp_path / f".midtvejs-{HOST}-{'9' * 40}-0123456789abcdef.draft"
    precious = tmp_path / ".midtvejs-notes.tmp"
    for path in (ours, theirs, forged, precious):
        path.touch()
    sweep(tmp_path)
    assert len(names(tmp_path)) == 4
    os.utime(theirs, (0, 0))
    sweep(tmp_path)
    assert not theirs.exists()
    assert precious.exists()


@pytest.mark.parametrize("note", ["", "[]", "{", '{"1.csv": 7}', "[" * 100_000])
def test_a_note_that_nobody_can_read_says_nothing(tmp_path: Path, note: str) -> None:
    (path,) = leave_notes({tmp_path / "1.csv": b"new"})
    left = path.with_name(path.name.replace(f"-{os.getpid()}-", "-99999999-"))
    left.write_text(note)
    (tmp_path / "1.csv").write_text("new")
    assert sweep(tmp_path) == []
    assert not left.exists()


def many_files(folder: Path) -> dict[Path, str]:
    return {folder / f"{number:03}.ics": f"new {number}" for number in range(MANY)}


@pytest.mark.skipif(not hasattr(os, "sync"), reason="this system hands over files one by one alone")
def test_many_files_are_handed_to_the_disk_together_before_any_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[tuple[int, int]] = []

    def sync() -> None:
        drafts = [path for path in tmp_path.iterdir() if path.suffix == ".draft" and path.stat().st_size]
        there.append((len(drafts), len(names(tmp_path))))

    def never(_: int) -> None:
        pytest.fail("one by one after all")

    monkeypatch.setattr(os, "sync", sync)
    monkeypatch.setattr(os, "fsync", never)

    write_all(many_files(tmp_path))

    assert there == [(MANY, MANY)]
    assert {path: path.read_text() for path in tmp_path.iterdir()} == many_files(tmp_path)


def test_a_system_that_cannot_is_handed_many_files_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[int] = []
    monkeypatch.delattr(os, "sync", raising=False)
    monkeypatch.setattr(os, "fsync", handed.append)

    write_all(many_files(tmp_path))

    assert len(handed) == MANY


MANY_KILLED = """
import os, signal, sys
from pathlib import Path
from midtvejs.output.files import write_all
from tests.output.test_files import many_files
step, count = sys.argv[1], int(sys.argv[2])
done, link, sync = [], os.link, os.sync

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def counted(*names):
    link(*names)
    done.append(names)
    if len(done) == count:
        kill()

if step == "sync":
    os.sync = kill
else:
    os.link = counted
write_all(many_files(Path()))
"""


@pytest.mark.skipif(not hasattr(os, "sync"), reason="this system hands over files one by one alone")
@pytest.mark.parametrize(("step", "count"), [("sync", 0), ("link", 1), ("link", MANY - 1)])
def test_killed_among_many_files_those_that_have_their_names_are_whole(
    tmp_path: Path, step: str, count: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MANY_KILLED, step, str(count)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    whole = {path.name: text for path, text in many_files(tmp_path).items()}
    found = {path.name: path.read_text() for path in tmp_path.glob("*.ics")}
    assert len(found) == count
    assert found.items() <= whole.items()

    mixed = sweep(tmp_path)

    assert [len(each.new) for each in mixed] == ([count] if count else [])
    assert not list(tmp_path.glob(".*.draft"))
