"""Unpacks a zip or tar.gz that came from somewhere, trusting nothing in it."""

from __future__ import annotations

import errno
import lzma
import stat
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import IO

from simulator.domain.errors import BadInputError, SimulatorError

MOST_ENTRIES = 20_000
LONGEST_PATH = 200
_CHUNK = 1 << 20
_DEVICES = frozenset(
    [
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "CONIN$",
        "CONOUT$",
        *(f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³"),
    ]
)
_FORBIDDEN = frozenset('<>:"|?*\\')
_LOCAL_HEADER_BYTES = 30
_FURTHEST_END_RECORD = 22 + 65_535
_COUNT_IS_ELSEWHERE = 0xFFFF

# Everything that the readers are known to raise on rubbish.
_RUBBISH = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    KeyError,
    IndexError,
    MemoryError,
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """`open` gives the bytes of a file, and is None for a folder."""

    name: str
    size: int
    open: Callable[[], IO[bytes]] | None


def unpack(
    archive: Path,
    into: Path,
    most_bytes: int,
    progress: Callable[[int, int], None] = lambda done, total: None,  # noqa: ARG005
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Unpack regular files and folders of `archive` into the existing empty folder `into`.

    Refused, before anything is written: paths that leave the folder or mean something else on another system (drive,
    device, backslash, control character, trailing dot or space), links and special files, encrypted entries, two
    entries that are one file on some system (case, Unicode form), entries that share bytes, more than 20,000 entries
    or `most_bytes` in all. Bytes are counted again while writing, since headers may lie. `progress` gets bytes done
    and in all.

    Raises BadInputError (not a whole archive, or refused) or SimulatorError (disk full, cancelled); `into` may then
    hold part of it.
    """
    with _plain_errors(archive), _entries(archive) as entries:
        _refuse_bad_names(archive, entries)
        total = sum(entry.size for entry in entries)
        if total > most_bytes:
            raise BadInputError(
                f"{archive.name}: would unpack to {total:,} bytes, more than the {most_bytes:,} allowed."
            )
        done = 0
        for entry in entries:
            target = into.joinpath(*PurePosixPath(entry.name).parts)
            if entry.open is None:
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            for written in _copy(entry, target):
                if cancelled():
                    raise SimulatorError("The installation was cancelled.")
                done += written
                progress(done, total)


@contextmanager
def _plain_errors(archive: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise BadInputError(f"{archive}: there is no such file.") from None
    except OSError as error:
        # tarfile and gzip report rubbish as OSError too.
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise SimulatorError("The disk is full.", "Free some space and try again.") from None
        if error.errno is not None:
            raise SimulatorError(f"{archive.name}: cannot be unpacked ({error.strerror}).") from None
        raise _not_whole(archive) from None
    except _RUBBISH:
        raise _not_whole(archive) from None


def _not_whole(archive: Path) -> BadInputError:
    return BadInputError(f"{archive.name}: is not a whole zip or tar.gz archive.", "Download it again.")


def _copy(entry: _Entry, target: Path) -> Iterator[int]:
    """Write one file, giving the bytes of each piece; its real length must be what its header says."""
    assert entry.open is not None
    written = 0
    with entry.open() as source, target.open("xb") as out:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > entry.size:
                raise BadInputError(f"{entry.name}: is longer than the archive says.", "Download it again.")
            out.write(chunk)
            yield len(chunk)
    if written != entry.size:
        raise BadInputError(f"{entry.name}: is shorter than the archive says.", "Download it again.")


@contextmanager
def _entries(archive: Path) -> Iterator[list[_Entry]]:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as opened:
            _refuse_lost_entries(archive, len(opened.infolist()))
            _refuse_shared_bytes(archive, opened)
            yield [_from_zip(archive, opened, info) for info in opened.infolist()]
        return
    with tarfile.open(archive, "r:gz") as tar:
        found: list[_Entry] = []
        # Not getmembers(): the count is checked while reading, so that a list of millions is never built.
        for member in tar:
            found.append(_from_tar(archive, tar, member))
            _refuse_too_many(archive, len(found))
        yield found


def _from_zip(archive: Path, opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> _Entry:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise BadInputError(f"{archive.name}: {info.filename!r} is a link or a special file.")
    if info.flag_bits & 0x1:
        raise BadInputError(f"{archive.name}: {info.filename!r} is encrypted.")
    if info.is_dir():
        return _Entry(info.filename, 0, None)
    return _Entry(info.filename, info.file_size, lambda: opened.open(info))


def _from_tar(archive: Path, tar: tarfile.TarFile, member: tarfile.TarInfo) -> _Entry:
    if member.isdir():
        return _Entry(member.name, 0, None)
    if not member.isreg():
        raise BadInputError(f"{archive.name}: {member.name!r} is a link or a special file.")

    def reader() -> IO[bytes]:
        opened = tar.extractfile(member)
        if opened is None:
            raise EOFError
        return opened

    return _Entry(member.name, member.size, reader)


def _refuse_shared_bytes(archive: Path, opened: zipfile.ZipFile) -> None:
    """Entries that overlap make a few kilobytes unpack to gigabytes ("a better zip bomb", D. Fifield, 2019)."""
    infos = sorted(opened.infolist(), key=lambda info: info.header_offset)
    _refuse_too_many(archive, len(infos))
    for info, after in pairwise(infos):
        if info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size > after.header_offset:
            raise BadInputError(f"{archive.name}: has entries that share bytes.")


def _refuse_lost_entries(archive: Path, found: int) -> None:
    """zipfile reads a damaged directory as far as it goes and says nothing of the rest."""
    with archive.open("rb") as source:
        source.seek(max(0, archive.stat().st_size - _FURTHEST_END_RECORD))
        tail = source.read()
    record = tail.rfind(b"PK\x05\x06")
    said = struct.unpack_from("<H", tail, record + 10)[0]
    if said not in (found, _COUNT_IS_ELSEWHERE):
        raise _not_whole(archive)


def _refuse_too_many(archive: Path, count: int) -> None:
    if count > MOST_ENTRIES:
        raise BadInputError(f"{archive.name}: has more than {MOST_ENTRIES:,} entries.")


def _refuse_bad_names(archive: Path, entries: list[_Entry]) -> None:
    files: set[str] = set()
    folders: set[str] = set()
    for entry in entries:
        reason = name_fault(entry.name)
        if reason:
            raise BadInputError(f"{archive.name}: {entry.name!r} {reason}.")
        parts = [_same_file_key(part) for part in PurePosixPath(entry.name).parts]
        above = {"/".join(parts[:n]) for n in range(1, len(parts))}
        whole = "/".join(parts)
        if whole in files or (entry.open is not None and whole in folders) or above & files:
            raise BadInputError(f"{archive.name}: {entry.name!r} is there twice.")
        folders |= above
        (files if entry.open is not None else folders).add(whole)


def _same_file_key(part: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", part).casefold())


def name_fault(name: str) -> str | None:
    """What makes a path in an archive unsafe on any of the systems the program runs on; None: nothing does."""
    if not name or len(name) > LONGEST_PATH:
        return "has an empty or too long name"
    if name.startswith("/") or _FORBIDDEN & set(name) or not name.isprintable():
        return "has a path that is not a plain relative one"
    parts = (name[2:] if name.startswith("./") else name).rstrip("/").split("/")
    for part in parts:
        if part in ("", ".", "..") and name not in (".", "./"):
            return "leaves the folder it is unpacked to"
        if part.endswith((" ", ".")) and part != ".":
            return "ends in a dot or a space"
        if part.split(".")[0].rstrip().upper() in _DEVICES:
            return "is the name of a device"
    return None
