"""Write files whole or not at all, never over another without leave; know which were written."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from midtvejs.domain.wording import WINDOWS
from midtvejs.output.litter import leave_notes, name_draft, sweep
from midtvejs.output.signals import held_back

NO_HARD_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EINVAL}

MANY = 32
"""So many files are handed to the disk together, where the system can: one by one takes milliseconds each."""

Identity = tuple[int, int]
"""What a file is known by on the disk, whatever it is called."""


class Written:
    """Which files were written whole; those that were put back, or written over since, are none of them.

    A file is recorded before it gets its name: whenever Ctrl-C comes, it is known whether the file is there.
    """

    def __init__(self, outer: Written | None = None) -> None:
        self._identities: dict[Path, Identity] = {}
        self._outer = outer

    def record(self, path: Path, identity: Identity) -> None:
        """Record which file is, or is about to be, called ``path``."""
        self._identities[path] = identity
        if self._outer:
            self._outer.record(path, identity)

    @property
    def paths(self) -> list[Path]:
        """What is there, in the order in which it was written."""
        return [path for path, identity in self._identities.items() if _is(path, identity)]


def _identity(path: Path) -> Identity:
    found = path.stat(follow_symlinks=False)
    return found.st_dev, found.st_ino


def _is(path: Path, identity: Identity) -> bool:
    with suppress(OSError):
        return _identity(path) == identity
    return False


_written: ContextVar[Written | None] = ContextVar("written", default=None)


@contextmanager
def recording() -> Iterator[Written]:
    """Record which files are written meanwhile."""
    written = Written(_written.get())
    token = _written.set(written)
    try:
        yield written
    finally:
        _written.reset(token)


def refuse_existing(path: Path, force: bool) -> None:
    """Say beforehand whether ``write_whole`` would refuse, ahead of any long work.

    Raises:
        FileExistsError: the name is taken, if only by a dangling link, and ``force`` is not given.
        OSError: the folder is missing or not writable, or the name is that of a folder or a device.
    """
    folder = path.parent
    if not folder.is_dir():
        number = errno.ENOTDIR if folder.exists() else errno.ENOENT
        raise OSError(number, "there is no such folder", str(folder))
    if os.path.lexists(path):
        if not force:
            raise _exists_already(path)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder", str(path))
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, "is a device, which --force does not replace", str(path))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "may not write into this folder", str(folder))
    if WINDOWS and path.exists():
        # It puts nothing in the place of what another program holds open, nor opens that for writing.
        path.open("r+b").close()


def write_all(contents: Mapping[Path, str | bytes], *, force: bool = False) -> None:
    """Write several files, or none of them, and nobody sees half a one: what was there stays, or is put back.

    Text is written as UTF-8, line breaks as they are. Where a path is a symbolic link and ``force`` is given,
    the file takes the place of the link; what it pointed to stays as it was. Whatever would end the program
    waits until a file is written, and, once the first has its name, until all have theirs. No file has its
    name before what is in all of them is on the disk.

    Raises:
        OSError: as ``refuse_existing``, or the disk did; nothing is left behind.
    """
    for path in contents:
        refuse_existing(path, force)
    for folder in {path.parent for path in contents}:
        sweep(folder)
    written = {path: text.encode() if isinstance(text, str) else text for path, text in contents.items()}
    drafts = {path: name_draft(path.parent) for path in contents}
    # Windows has none, and a checker that looks at it there knows of none.
    sync: Callable[[], None] | None = getattr(os, "sync", None) if len(written) >= MANY else None
    with held_back() as held:
        try:
            for path, data in written.items():
                with _naming(path):
                    _write(drafts[path], data, to_the_disk=sync is None)
                held.check()
            if sync:
                sync()
                held.check()
            _publish_all(drafts, written, force)
        finally:
            for draft in drafts.values():
                draft.unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes, *, force: bool = False) -> None:
    """Write one file, as ``write_all`` does.

    Raises:
        OSError: as ``write_all``.
    """
    write_all({path: content}, force=force)


def _publish_all(drafts: Mapping[Path, Path], contents: Mapping[Path, bytes], force: bool) -> None:
    """Name each draft. A note says meanwhile that they belong together."""
    before = {path: path.read_bytes() if path.exists() else None for path in drafts}
    notes = leave_notes(contents) if len(drafts) > 1 else []
    try:
        with recording() as written:
            try:
                for path, draft in drafts.items():
                    with _naming(path):
                        _publish(draft, path, force, written)
            except BaseException:
                for path in written.paths if len(drafts) > 1 else ():
                    _put_back(path, before[path])
                raise
    finally:
        for note in notes:
            note.unlink(missing_ok=True)


def _put_back(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
        return
    draft = name_draft(path.parent)
    try:
        _write(draft, content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Say of what fails which file it is, and not which draft of it."""
    try:
        yield
    except FileExistsError:
        raise _exists_already(path) from None
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _write(draft: Path, data: bytes, *, to_the_disk: bool = True) -> None:
    with draft.open("xb") as file:
        file.write(data)
        file.flush()
        if to_the_disk:
            os.fsync(file.fileno())


def _publish(draft: Path, path: Path, force: bool, written: Written) -> None:
    written.record(path, _identity(draft))
    if force:
        draft.replace(path)
    else:
        _publish_new(draft, path)
    # Some file systems know a file by where its name stands.
    written.record(path, _identity(path))


def _publish_new(draft: Path, path: Path) -> None:
    """Return the draft its name, unless another process has taken it meanwhile."""
    try:
        os.link(draft, path)
    except OSError as error:
        if error.errno not in NO_HARD_LINKS:
            raise
        # Memory sticks and some network drives know no hard links: the name is reserved first.
        path.open("xb").close()
        try:
            draft.replace(path)
        except BaseException:
            path.unlink()
            raise


def _exists_already(path: Path) -> FileExistsError:
    return FileExistsError(errno.EEXIST, "exists already; --force writes over it", str(path))


def demand_folder(folder: Path, paths: Iterable[Path]) -> None:
    """Refuse what is not a folder, and cannot be made one, before anything is made for it.

    So is a link within it, on the way to any of the ``paths``, though it be to a folder: what it leads to is
    somebody else's. The folder itself, which was asked for by its name, may be a link.
    """
    there = next(each for each in (folder, *folder.parents) if os.path.lexists(each))
    if not there.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "is not a folder", str(there))
    if not os.access(there, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "may not write into this folder", str(there))
    for inner in sorted({each for path in paths for each in path.parents if folder in each.parents}):
        if inner.is_symlink():
            told = "is a link to elsewhere: remove it, or name another folder"
            raise OSError(errno.ELOOP, told, str(inner))


def write_into(folder: Path, making: Mapping[Path, Callable[[], str | bytes]], *, force: bool) -> None:
    """Make files and write them into a folder, made where there is none: all of them, or none.

    What exists already is refused before anything is made, which may take long.

    Raises:
        OSError: a file exists and ``force`` is not given, or one cannot be written.
    """
    demand_folder(folder, making)
    for path in filter(os.path.lexists, making):
        refuse_existing(path, force)
    with folders(path.parent for path in making):
        write_all({path: make() for path, make in making.items()}, force=force)


@contextmanager
def folders(wanted: Iterable[Path]) -> Iterator[None]:
    """Make the folders that are missing, and those above them; where writing fails they are gone again."""
    made: list[Path] = []
    try:
        for folder in sorted(
            {each for path in wanted for each in (path, *path.parents) if not each.exists()}
        ):
            _make(folder)
            made.append(folder)
        yield
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):  # something was written into it
                folder.rmdir()
        raise


def _make(folder: Path) -> None:
    try:
        folder.mkdir()
    except OSError as error:
        raise OSError(error.errno, f"cannot be made: {error.strerror}", str(folder)) from error
