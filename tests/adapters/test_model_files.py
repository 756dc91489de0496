"""Speech models: installed from a file, from a server that misbehaves, and verified afterwards."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.adapters.model_catalogue import OFFICIAL
from simulator.adapters.model_files import ModelFiles
from simulator.adapters.vosk_recogniser import VoskRecogniser
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.ports import InstallProgress, ModelInfo
from tests.adapters.loopback_server import Served, serving

NAME = OFFICIAL[0].name


def quiet(step: InstallProgress) -> None:
    pass


def never() -> bool:
    return False


def zipped(folder: Path, name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, f"{name}/{path.relative_to(folder).as_posix()}")
    return buffer.getvalue()


@pytest.fixture(scope="session")
def model_zip(tiny_vosk_models: Path) -> bytes:
    return zipped(tiny_vosk_models / "vosk-model-tiny-test", NAME)


@pytest.fixture
def small_zip(tmp_path: Path) -> bytes:
    """The shape of a model, for tests that do not load it."""
    folder = tmp_path / "made"
    for name in ("am/final.mdl", "graph/HCLG.fst", "conf/mfcc.conf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(os.urandom(60_000))
    return zipped(folder, NAME)


@pytest.fixture
def server() -> Iterator[Served]:
    with serving(Served()) as served:
        yield served


def publish(server: Served, content: bytes, **changes: object) -> None:
    entry = {
        "name": NAME,
        "lang": "en-us",
        "url": f"{server.url}{NAME}.zip",
        "md5": hashlib.md5(content).hexdigest(),
        "size": len(content),
    }
    server.files["/model-list.json"] = json.dumps(
        [{"name": "other"} | entry | {"name": "other"}, entry | changes]
    ).encode()
    server.files[f"/{NAME}.zip"] = content


def models_at(tmp_path: Path, server: Served | None = None, **options: object) -> ModelFiles:
    base = server.url if server else "http://127.0.0.1:9/"
    return ModelFiles(tmp_path / "models", base_url=base, wait=lambda seconds: None, **options)  # type: ignore[arg-type]


def whole(models: ModelFiles) -> bool:
    checked = models.verify()
    return bool(checked) and all(not faults for _, faults in checked)


def left_over(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "models").rglob("*") if path.name not in ("downloads",))


def test_the_official_model_is_fetched_checked_unpacked_and_usable(
    tmp_path: Path, server: Served, model_zip: bytes
) -> None:
    publish(server, model_zip)
    steps: list[InstallProgress] = []
    models = models_at(tmp_path, server)
    installed = models.install("en", None, steps.append, never)
    assert installed.name == NAME
    assert installed.language == "en"
    assert models.find("en") == installed.folder == tmp_path / "models" / NAME
    assert models.find("pl") is None
    assert whole(models)
    assert installed.folder is not None
    assert VoskRecogniser(installed.folder).label == NAME
    assert list(dict.fromkeys(step.step for step in steps)) == ["downloading", "checking", "unpacking"]
    for name in ("downloading", "checking", "unpacking"):
        of_step = [step for step in steps if step.step == name]
        assert of_step[-1].done == of_step[-1].total
        assert [step.done for step in of_step] == sorted(step.done for step in of_step)
    assert list((tmp_path / "models" / "downloads").iterdir()) == []


def test_a_broken_connection_goes_on_where_it_broke(tmp_path: Path, server: Served, small_zip: bytes) -> None:
    publish(server, small_zip)
    server.break_after = [70_000, 50_000, 20_000, 20_000, 17_000]
    assert models_at(tmp_path, server).install("en", None, quiet, never).name == NAME
    ranges = [asked for path, asked in server.requests if path.endswith(".zip")]
    assert ranges[0] is None
    assert [asked for asked in ranges[1:] if asked] == ranges[1:]
    assert len(ranges) == 6
    starts = [int(str(asked).removeprefix("bytes=").rstrip("-")) for asked in ranges[1:]]
    assert 0 < starts[0] <= 70_000
    assert starts == sorted(set(starts))


def test_a_later_installation_goes_on_where_a_cancelled_one_stopped(
    tmp_path: Path, server: Served, small_zip: bytes
) -> None:
    publish(server, small_zip)
    models = models_at(tmp_path, server)
    seen: list[int] = []

    def stop_half_way() -> bool:
        return bool(seen) and seen[-1] > len(small_zip) // 2

    with pytest.raises(SimulatorError, match="cancelled"):
        models.install("en", None, lambda step: seen.append(step.done), stop_half_way)
    assert models.find("en") is None
    models.install("en", None, quiet, never)
    assert whole(models)
    last = [asked for path, asked in server.requests if path.endswith(".zip")][-1]
    assert last is not None
    assert int(last.removeprefix("bytes=").rstrip("-")) > len(small_zip) // 2


@pytest.mark.parametrize("change", ["file", "ranges"])
def test_what_is_left_of_another_file_is_not_gone_on_with(
    tmp_path: Path, server: Served, small_zip: bytes, change: str
) -> None:
    publish(server, small_zip)
    server.break_after = [50_000] + [10] * 8
    server.ranges = change != "ranges"
    models = models_at(tmp_path, server)
    with pytest.raises(SimulatorError, match="cannot be reached"):
        models.install("en", None, quiet, never)
    server.break_after = []
    if change == "file":
        server.etag = '"v2"'
        with zipfile.ZipFile(io.BytesIO(small_zip)) as old:
            first = zipfile.ZipFile(buffer := io.BytesIO(), "w")
            for name in old.namelist():
                first.writestr(name, old.read(name)[::-1])
            first.close()
        publish(server, buffer.getvalue())
    models.install("en", None, quiet, never)
    assert whole(models)


def test_a_connection_that_always_breaks_is_a_plain_message_and_leaves_the_installed_model(
    tmp_path: Path, server: Served, small_zip: bytes
) -> None:
    publish(server, small_zip)
    models = models_at(tmp_path, server)
    models.install("en", None, quiet, never)
    server.break_after = [10] * 9
    with pytest.raises(SimulatorError, match=r"cannot be reached\. Check the connection"):
        models.install("en", None, quiet, never)
    assert whole(models)


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"md5": "0" * 32}, "md5 is .* and should be 000"), ({"size": 17}, "wrong size")],
)
def test_a_download_that_is_not_what_the_publisher_lists_is_thrown_away(
    tmp_path: Path, server: Served, small_zip: bytes, changes: dict[str, object], message: str
) -> None:
    publish(server, small_zip, **changes)
    models = models_at(tmp_path, server)
    with pytest.raises(SimulatorError, match=message):
        models.install("en", None, quiet, never)
    assert left_over(tmp_path) == []


def test_without_a_network_the_message_is_plain(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="cannot be reached"):
        models_at(tmp_path).install("en", None, quiet, never)


@pytest.mark.parametrize("listing", [b"[]", b"<html>", b'{"a": 1}', b'[{"name": "' + NAME.encode() + b'"}]', None])
def test_a_list_without_the_model_is_a_plain_message(tmp_path: Path, server: Served, listing: bytes | None) -> None:
    if listing is not None:
        server.files["/model-list.json"] = listing
    with pytest.raises(SimulatorError, match=r"no longer names|is not a list of models"):
        models_at(tmp_path, server).install("en", None, quiet, never)


def test_a_language_without_an_official_model_says_what_remains(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match=r"no official Vosk model for Hungarian.*replies can be typed"):
        models_at(tmp_path).install("hu", None, quiet, never)
    with pytest.raises(SimulatorError, match="No Vosk model is known for the language 'xx'"):
        models_at(tmp_path).install("xx", None, quiet, never)
    with pytest.raises(BadInputError, match="is not a language code"):
        models_at(tmp_path).install("../en", None, quiet, never)


def test_a_missing_file_on_the_server_is_a_plain_message(tmp_path: Path, server: Served) -> None:
    with pytest.raises(SimulatorError, match="refused by the server \\(404"):
        models_at(tmp_path, server).install("en", server.url + "nothing.zip", quiet, never)


def test_a_url_with_a_checksum_beside_it_is_checked(tmp_path: Path, server: Served, small_zip: bytes) -> None:
    server.files["/mine.zip"] = small_zip
    server.files["/mine.zip.sha256"] = hashlib.sha256(small_zip).hexdigest().encode() + b"  mine.zip\n"
    models = models_at(tmp_path, server)
    models.install("pl", server.url + "mine.zip", quiet, never)
    assert models.find("pl") is not None
    server.files["/mine.zip.sha256"] = b"0" * 64
    with pytest.raises(BadInputError, match="sha256"):
        models.install("pl", server.url + "mine.zip", quiet, never)
    assert whole(models)


def test_a_file_is_installed_under_the_language_asked_for(tmp_path: Path, tiny_vosk_models: Path) -> None:
    archive = tmp_path / "two.tgz"
    with tarfile.open(archive, "w:gz") as tar:
        for name in ("vosk-model-tiny-test", "vosk-model-tiny-gr"):
            tar.add(tiny_vosk_models / name, name)
    models = models_at(tmp_path)
    installed = models.install("uk", str(archive), quiet, never)
    assert installed.name == "vosk-model-tiny-test"
    assert models.find("uk") == installed.folder
    assert {model.name for model in models.list() if model.folder} == {"vosk-model-tiny-test", "vosk-model-tiny-gr"}
    assert whole(models)
    assert archive.exists()


def test_a_model_without_a_folder_of_its_own_is_named_after_the_archive(tmp_path: Path, small_zip: bytes) -> None:
    flat = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small_zip)) as source, zipfile.ZipFile(flat, "w") as target:
        for name in source.namelist():
            if not name.endswith("/"):
                target.writestr(name.removeprefix(NAME + "/"), source.read(name))
    archive = tmp_path / "house-model.zip"
    archive.write_bytes(flat.getvalue())
    models = models_at(tmp_path)
    assert models.install("hu", str(archive), quiet, never).name == "house-model"
    assert whole(models)


@pytest.mark.parametrize("sha256", ["0" * 64, "beside"])
def test_a_wrong_sha256_refuses_a_file_and_leaves_it(tmp_path: Path, small_zip: bytes, sha256: str) -> None:
    archive = tmp_path / "model.zip"
    archive.write_bytes(small_zip)
    if sha256 == "beside":
        (tmp_path / "model.zip.sha256").write_text("f" * 64 + "  model.zip\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="the sha256 is"):
        models_at(tmp_path).install("en", str(archive), quiet, never, None if sha256 == "beside" else sha256)
    assert archive.exists()
    assert left_over(tmp_path) == []


@pytest.mark.parametrize(
    "content", [b"", b"not a zip at all", b"PK\x03\x04" + bytes(50), b"\x1f\x8b\x08\x00" + bytes(50)]
)
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    archive = tmp_path / "model.zip"
    archive.write_bytes(content)
    with pytest.raises(BadInputError, match=r"model\.zip: is not a whole zip or tar\.gz"):
        models_at(tmp_path).install("en", str(archive), quiet, never)
    assert left_over(tmp_path) == []


def test_an_archive_without_a_model_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "holiday.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("photos/beach.jpg", b"sand")
    with pytest.raises(BadInputError, match="holds no Vosk model"):
        models_at(tmp_path).install("en", str(archive), quiet, never)
    assert left_over(tmp_path) == []


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"nowhere\.zip: there is no such file"):
        models_at(tmp_path).install("en", str(tmp_path / "nowhere.zip"), quiet, never)


def test_too_little_room_is_said_before_anything_is_fetched(tmp_path: Path, server: Served, small_zip: bytes) -> None:
    publish(server, small_zip)
    models = models_at(tmp_path, server, free_bytes=lambda folder: 1000)
    with pytest.raises(SimulatorError, match="disk is too full"):
        models.install("en", None, quiet, never)
    assert not any(path.endswith(".zip") for path, _ in server.requests)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_fills_while_downloading_is_a_plain_message(
    tmp_path: Path, server: Served, small_zip: bytes
) -> None:
    publish(server, small_zip)
    downloads = tmp_path / "models" / "downloads"
    downloads.mkdir(parents=True)
    (downloads / f"{NAME}.zip.part").symlink_to("/dev/full")
    with pytest.raises(SimulatorError, match="The disk is full"):
        models_at(tmp_path, server).install("en", None, quiet, never)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_a_plain_message(tmp_path: Path, small_zip: bytes) -> None:
    archive = tmp_path / "model.zip"
    archive.write_bytes(small_zip)
    (tmp_path / "models").mkdir(mode=0o500)
    with pytest.raises(SimulatorError, match="cannot be written"):
        models_at(tmp_path).install("en", str(archive), quiet, never)


def test_a_file_where_the_folder_should_be_is_a_plain_message(tmp_path: Path, small_zip: bytes) -> None:
    archive = tmp_path / "model.zip"
    archive.write_bytes(small_zip)
    (tmp_path / "models").write_text("in the way", encoding="utf-8")
    with pytest.raises(SimulatorError, match="cannot be written"):
        models_at(tmp_path).install("en", str(archive), quiet, never)


def test_installing_again_replaces_the_model_and_a_failed_one_leaves_it(tmp_path: Path, small_zip: bytes) -> None:
    archive = tmp_path / "model.zip"
    archive.write_bytes(small_zip)
    models = models_at(tmp_path)
    first = models.install("en", str(archive), quiet, never)
    assert first.folder is not None
    (first.folder / "mark").write_text("old", encoding="utf-8")
    with pytest.raises(SimulatorError, match="cancelled"):
        models.install("en", str(archive), quiet, lambda: True)
    assert (first.folder / "mark").exists()
    models.install("en", str(archive), quiet, never)
    assert not (first.folder / "mark").exists()
    assert whole(models)
    assert sorted(path.name for path in (tmp_path / "models").iterdir()) == ["downloads", NAME]


def test_a_killed_installation_gives_back_the_model_it_had_put_aside(tmp_path: Path, small_zip: bytes) -> None:
    archive = tmp_path / "model.zip"
    archive.write_bytes(small_zip)
    models = models_at(tmp_path)
    models.install("en", str(archive), quiet, never)
    place = tmp_path / "models" / NAME
    place.rename(place.with_name(f"incoming-old-{NAME}"))
    (tmp_path / "models" / "incoming-abc").mkdir()
    with pytest.raises(BadInputError):
        models.install("en", "nowhere.zip", quiet, never)
    assert whole(models)
    assert not (tmp_path / "models" / "incoming-abc").exists()


def test_verify_names_missing_and_changed_files(tmp_path: Path, small_zip: bytes) -> None:
    archive = tmp_path / "model.zip"
    archive.write_bytes(small_zip)
    models = models_at(tmp_path)
    folder = models.install("en", str(archive), quiet, never).folder
    assert folder is not None
    graph = bytearray((folder / "graph/HCLG.fst").read_bytes())
    graph[100] ^= 1
    (folder / "graph/HCLG.fst").write_bytes(graph)
    (folder / "conf/mfcc.conf").unlink()
    ((model, faults),) = models.verify()
    assert model.name == NAME
    assert sorted(faults) == ["conf/mfcc.conf is missing", "graph/HCLG.fst has changed"]
    (folder / "unruffled-model.json").write_text("{", encoding="utf-8")
    ((_, faults),) = models.verify()
    assert faults == ["unruffled-model.json cannot be read"]
    (folder / "unruffled-model.json").unlink()
    ((_, faults),) = models.verify()
    assert "nothing to compare it with" in faults[0]


def test_a_model_put_there_by_hand_is_found_by_its_name_and_one_given_by_its_path(
    tmp_path: Path, tiny_vosk_models: Path
) -> None:
    source = tiny_vosk_models / "vosk-model-tiny-test"
    shutil.copytree(source, tmp_path / "models" / "vosk-model-small-pl-0.22")
    shutil.copytree(source, tmp_path / "elsewhere" / "anything")
    assert models_at(tmp_path).find("pl") == tmp_path / "models" / "vosk-model-small-pl-0.22"
    given = ModelFiles(tmp_path / "models", given=tmp_path / "elsewhere" / "anything")
    assert given.find("en") == tmp_path / "elsewhere" / "anything"
    folder_of_models = ModelFiles(tmp_path / "none", given=tmp_path / "models")
    assert folder_of_models.find("pl") == tmp_path / "models" / "vosk-model-small-pl-0.22"
    assert folder_of_models.find("en") is None
    assert ModelFiles(tmp_path / "none", given=tmp_path / "nowhere").find("en") is None


def test_the_list_shows_what_is_there_and_what_could_be(tmp_path: Path, small_zip: bytes) -> None:
    archive = tmp_path / "model.zip"
    archive.write_bytes(small_zip)
    models = models_at(tmp_path)
    models.install("en", str(archive), quiet, never)
    listed: dict[str, ModelInfo] = {model.name: model for model in models.list()}
    assert listed[NAME].folder is not None
    assert (listed[NAME].size_bytes or 0) > 180_000
    assert {model.language for model in listed.values()} == {"en", "pl", "uk"}
    assert all(model.folder is None for name, model in listed.items() if name != NAME)
