"""Unpacking archives that want to do harm, and rubbish that is no archive."""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.adapters.safe_unpack import name_fault, unpack
from simulator.domain.errors import BadInputError, SimulatorError

ROOM = 10_000_000


def a_zip(tmp_path: Path, entries: list[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def a_tgz(tmp_path: Path, members: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
    path = tmp_path / "archive.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for member, content in members:
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "deep" / "er" / "into"
    folder.mkdir(parents=True)
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_files_and_folders_of_a_zip_are_written_with_progress(tmp_path: Path, into: Path) -> None:
    archive = a_zip(tmp_path, [("m/am/final.mdl", b"x" * 3_000_000), ("m/empty/", b""), ("m/żółć.txt", b"y")])
    seen: list[tuple[int, int]] = []
    unpack(archive, into, ROOM, lambda done, total: seen.append((done, total)))
    assert files_in(into) == {"m/am/final.mdl": b"x" * 3_000_000, "m/żółć.txt": b"y"}
    assert (into / "m" / "empty").is_dir()
    assert seen[-1] == (3_000_001, 3_000_001)
    assert len(seen) > 3


def test_files_of_a_tgz_are_written(tmp_path: Path, into: Path) -> None:
    archive = a_tgz(tmp_path, [(tarfile.TarInfo("./m/a"), b"1"), (tarfile.TarInfo("m/b"), b"22")])
    unpack(archive, into, ROOM)
    assert files_in(into) == {"m/a": b"1", "m/b": b"22"}


@pytest.mark.parametrize(
    "name",
    [
        "../evil", "a/../../evil", "/etc/evil", "C:/evil", "C:evil", "a:b", "a\\..\\evil", "\\\\host\\share", "a//b",
        "CON", "con.txt", "a/NUL.tar.gz", "LPT9", "aux ", "COM¹", "a./b", "name.", "a|b", "a\nb", "a\x7fb", "a\u202eb",
        "a/./b", "x" * 201, "..", "",
    ],
)  # fmt: skip
def test_names_that_mean_harm_on_some_system_are_refused_before_anything_is_written(
    tmp_path: Path, into: Path, name: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert name_fault(name)
    member = tarfile.TarInfo("good")
    for archive in (a_tgz(tmp_path, [(member, b"1"), (tarfile.TarInfo(name), b"2")]),):
        with pytest.raises(BadInputError):
            unpack(archive, into, ROOM)
    assert sorted(path for path in tmp_path.rglob("*") if path.suffix != ".tgz") == before


@pytest.mark.parametrize("name", ["../evil", "CON", "a:b", "/abs", "dir/../../x"])
def test_the_same_names_are_refused_in_a_zip(tmp_path: Path, into: Path, name: str) -> None:
    archive = a_zip(tmp_path, [("good", b"1"), (name, b"2")])
    with pytest.raises(BadInputError):
        unpack(archive, into, ROOM)
    assert files_in(into) == {}


@pytest.mark.parametrize(
    ("first", "second"),
    [("a", "a"), ("a/File", "a/file"), ("caf\u00e9", "cafe\u0301"), ("a", "a/b"), ("a/b", "a"), ("ß", "SS")],
)
def test_two_entries_that_are_one_file_somewhere_are_refused(
    tmp_path: Path, into: Path, first: str, second: str
) -> None:
    archive = a_tgz(tmp_path, [(tarfile.TarInfo(first), b"1"), (tarfile.TarInfo(second), b"2")])
    with pytest.raises(BadInputError, match="is there twice"):
        unpack(archive, into, ROOM)
    assert files_in(into) == {}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_special_files_in_a_tar_are_refused(tmp_path: Path, into: Path, kind: bytes) -> None:
    member = tarfile.TarInfo("innocent")
    member.type, member.linkname = kind, "/etc/passwd"
    with pytest.raises(BadInputError, match="link or a special file"):
        unpack(a_tgz(tmp_path, [(member, b"")]), into, ROOM)


def test_a_link_in_a_zip_is_refused(tmp_path: Path, into: Path) -> None:
    link = zipfile.ZipInfo("innocent")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(BadInputError, match="link or a special file"):
        unpack(a_zip(tmp_path, [(link, b"/etc/passwd")]), into, ROOM)


def test_more_bytes_than_allowed_are_refused_before_anything_is_written(tmp_path: Path, into: Path) -> None:
    archive = a_zip(tmp_path, [(f"f{n}", bytes(1_000_000)) for n in range(11)])
    assert archive.stat().st_size < 100_000
    with pytest.raises(BadInputError, match=r"more than the 10,000,000 allowed"):
        unpack(archive, into, ROOM)
    assert files_in(into) == {}


def test_a_header_that_understates_its_file_does_not_get_more_bytes_written(tmp_path: Path, into: Path) -> None:
    archive = a_zip(tmp_path, [("f", bytes(5_000_000))])
    raw = bytearray(archive.read_bytes())
    central = raw.rindex(b"PK\x01\x02")
    raw[central + 24 : central + 28] = struct.pack("<I", 1000)
    archive.write_bytes(raw)
    with pytest.raises(BadInputError):
        unpack(archive, into, ROOM)
    assert sum(len(content) for content in files_in(into).values()) <= 1000


def test_entries_that_share_bytes_are_refused(tmp_path: Path, into: Path) -> None:
    archive = a_zip(tmp_path, [("a", bytes(2000)), ("b", bytes(2000))])
    raw = bytearray(archive.read_bytes())
    second = raw.rindex(b"PK\x01\x02")
    raw[second + 42 : second + 46] = struct.pack("<I", 0)
    archive.write_bytes(raw)
    with pytest.raises(BadInputError, match="share bytes"):
        unpack(archive, into, ROOM)


def test_too_many_entries_are_refused(tmp_path: Path, into: Path) -> None:
    archive = a_tgz(tmp_path, [(tarfile.TarInfo(f"f{n}"), b"") for n in range(20_001)])
    with pytest.raises(BadInputError, match="more than 20,000 entries"):
        unpack(archive, into, ROOM)


def test_a_damaged_byte_is_noticed(tmp_path: Path, into: Path) -> None:
    archive = a_zip(tmp_path, [("f", bytes(range(256)) * 100)])
    raw = bytearray(archive.read_bytes())
    raw[100] ^= 0xFF
    archive.write_bytes(raw)
    with pytest.raises(BadInputError, match="not a whole zip"):
        unpack(archive, into, ROOM)


def test_cancelling_stops_it(tmp_path: Path, into: Path) -> None:
    archive = a_zip(tmp_path, [("a", b"1"), ("b", b"2")])
    with pytest.raises(SimulatorError, match="cancelled"):
        unpack(archive, into, ROOM, cancelled=lambda: True)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, into: Path) -> None:
    with pytest.raises(BadInputError, match="no such file"):
        unpack(tmp_path / "nothing.zip", into, ROOM)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    beginning=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08\x00", b"\x1f\x8b"]),
    rest=st.binary(max_size=300),
)
def test_rubbish_is_one_plain_error(beginning: bytes, rest: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive, into = Path(folder) / "a.zip", Path(folder) / "into"
        archive.write_bytes(beginning + rest)
        into.mkdir()
        with contextlib.suppress(BadInputError):
            unpack(archive, into, ROOM)
        assert files_in(into) == {} or zipfile.is_zipfile(archive)


@settings(max_examples=150, deadline=None)
@given(where=st.integers(0, 10_000), value=st.integers(0, 255), cut=st.integers(0, 400))
def test_a_zip_damaged_anywhere_unpacks_rightly_or_is_one_plain_error(where: int, value: int, cut: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = a_zip(Path(folder), [("m/a", b"first" * 40), ("m/b", b"second" * 40)])
        raw = bytearray(archive.read_bytes())
        raw[where % len(raw)] = value
        archive.write_bytes(raw[: len(raw) - cut] if cut < 40 else raw)
        into = Path(folder) / "into"
        into.mkdir()
        try:
            unpack(archive, into, ROOM)
        except SimulatorError:
            return
        assert sorted(files_in(into).values()) == sorted([b"first" * 40, b"second" * 40])


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_a_name_that_passes_stays_inside_its_folder(name: str) -> None:
    if name_fault(name) is None:
        target = Path("/base/folder").joinpath(name)
        assert Path("/base/folder") in [target, *target.parents]
        assert ".." not in target.parts
