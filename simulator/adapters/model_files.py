"""Speech models in the data folder: found, installed, verified."""

from __future__ import annotations

import errno
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import urlsplit

from simulator.adapters.model_catalogue import MODELS_URL, OFFICIAL, official_model, published
from simulator.adapters.model_download import Download, fetch_text
from simulator.adapters.safe_unpack import unpack
from simulator.adapters.vosk_files import is_vosk_model
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.ports import InstallProgress, ModelInfo

MOST_UNPACKED_BYTES = 8_000_000_000
_MANIFEST = "unruffled-model.json"
_DOWNLOADS = "downloads"
_LANGUAGE_IN_NAME = re.compile(r"^vosk-model-(?:small-|big-)?([a-z]{2})(?:-|$)")
_LANGUAGE_CODE = re.compile(r"^[a-z]{2,3}$")
_CHUNK = 1 << 20

Progress = Callable[[InstallProgress], None]
Cancelled = Callable[[], bool]


class ModelFiles:
    """`ports.SpeechModels` over one folder, which is made when something is installed.

    `given` is a model folder named by the user (VOSK_MODEL_PATH or a setting): itself a model or a folder of models.
    """

    def __init__(
        self,
        folder: Path,
        given: Path | None = None,
        base_url: str = MODELS_URL,
        wait: Callable[[float], None] = sleep,
        free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._folder = folder
        self._given = given
        self._base_url = base_url
        self._wait = wait
        self._free_bytes = free_bytes

    def find(self, language: str) -> Path | None:
        """The model to use for a language: the one given, else an installed one (fixed graphs, which are the larger
        and better models, before look-ahead ones); None where there is none."""
        if self._given is not None:
            given = [self._given] if is_vosk_model(self._given) else _models_in(self._given)
            for folder in given:
                # A folder given by hand may have any name: then it is taken for the language asked for.
                if _language_of(folder) in (language, ""):
                    return folder
        found = [folder for folder in _models_in(self._folder) if _language_of(folder) == language]
        return found[0] if found else None

    def list(self) -> Sequence[ModelInfo]:
        installed = [
            ModelInfo(folder.name, _language_of(folder), folder, _size_of(folder))
            for folder in _models_in(self._folder)
        ]
        names = {model.name for model in installed}
        offered = [
            ModelInfo(model.name, model.language, None, model.about_bytes, "can be installed")
            for model in OFFICIAL
            if model.name not in names
        ]
        return [*installed, *offered]

    def install(
        self,
        language: str,
        source: str | None,
        progress: Progress,
        cancelled: Cancelled,
        sha256: str | None = None,
    ) -> ModelInfo:
        """See `ports.SpeechModels.install`. An archive with several models installs each; the one that would be used
        is returned."""
        if not _LANGUAGE_CODE.match(language):
            raise BadInputError(f"'{language}' is not a language code.", "Give one such as en, pl, uk or hu.")
        try:
            (self._folder / _DOWNLOADS).mkdir(parents=True, exist_ok=True)
            _tidy(self._folder)
            return self._install(language, source, progress, cancelled, sha256)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise SimulatorError("The disk is full.", "Free some space and try again.") from None
            raise SimulatorError(f"{self._folder} cannot be written ({error.strerror}).") from None

    def _install(
        self, language: str, source: str | None, progress: Progress, cancelled: Cancelled, sha256: str | None
    ) -> ModelInfo:
        archive, downloaded = self._archive(language, source, progress, cancelled)
        try:
            wanted = sha256 or self._sha256_beside(source)
            if wanted is not None:
                _check(archive, "sha256", wanted, progress, cancelled)
            installed = self._unpack(archive, language, source or archive.name, progress, cancelled)
        finally:
            if downloaded:
                archive.unlink(missing_ok=True)
        best = sorted(installed, key=_preference)[0]
        return ModelInfo(best.name, language, best, _size_of(best))

    def verify(self) -> Sequence[tuple[ModelInfo, Sequence[str]]]:
        return [
            (ModelInfo(folder.name, _language_of(folder), folder), _faults(folder))
            for folder in _models_in(self._folder)
        ]

    def _archive(
        self, language: str, source: str | None, progress: Progress, cancelled: Cancelled
    ) -> tuple[Path, bool]:
        """The archive as a file, and whether it was downloaded (then it is ours to remove)."""
        if source is None:
            model = official_model(language)
            entry = published(model, self._base_url, fetch_text)
            archive = self._download(entry.url, entry.size_bytes, progress, cancelled)
            if archive.stat().st_size != entry.size_bytes:
                archive.unlink()
                raise SimulatorError(f"{model.name}: the download has the wrong size.", "Try again.")
            try:
                _check(archive, "md5", entry.md5, progress, cancelled)
            except BadInputError:
                archive.unlink()
                raise
            return archive, True
        if urlsplit(source).scheme in ("http", "https"):
            return self._download(source, None, progress, cancelled), True
        path = Path(source).expanduser()
        if not path.is_file():
            raise BadInputError(f"{source}: there is no such file.")
        return path, False

    def _download(self, url: str, size_bytes: int | None, progress: Progress, cancelled: Cancelled) -> Path:
        self._must_have_room(size_bytes or 0)
        name = Path(urlsplit(url).path).name or "model"
        archive = self._folder / _DOWNLOADS / name

        def tell(done: int, total: int | None) -> None:
            progress(InstallProgress("downloading", done, total if total is not None else size_bytes))

        Download(url, archive, self._wait).run(tell, cancelled)
        return archive

    def _sha256_beside(self, source: str | None) -> str | None:
        """What a `.sha256` file beside the source says; None where there is none."""
        if source is None:
            return None
        if urlsplit(source).scheme in ("http", "https"):
            text = fetch_text(source + ".sha256")
        else:
            beside = Path(source + ".sha256").expanduser()
            text = beside.read_text(encoding="utf-8", errors="replace") if beside.is_file() else None
        found = re.search(r"\b[0-9a-fA-F]{64}\b", text or "")
        return found.group().lower() if found else None

    def _unpack(
        self, archive: Path, language: str, source: str, progress: Progress, cancelled: Cancelled
    ) -> Sequence[Path]:
        def tell(done: int, total: int) -> None:
            progress(InstallProgress("unpacking", done, total))

        room = self._free_bytes(self._folder)
        with tempfile.TemporaryDirectory(prefix="incoming-", dir=self._folder, ignore_cleanup_errors=True) as incoming:
            unpack(archive, Path(incoming), min(MOST_UNPACKED_BYTES, room), tell, cancelled)
            models = _models_within(Path(incoming), archive)
            if not models:
                raise BadInputError(
                    f"{archive.name}: holds no Vosk model.", "A model has an acoustic model (final.mdl) and a graph."
                )
            placed = []
            for name, folder in models.items():
                _write_manifest(folder, name, language, source)
                placed.append(_put_in_place(folder, self._folder / name))
        return placed

    def _must_have_room(self, size_bytes: int) -> None:
        # The archive and what is in it are there at the same time.
        needed = 3 * size_bytes
        if self._free_bytes(self._folder) < needed:
            raise SimulatorError(
                f"The disk is too full: installing this model takes about {needed // 1_000_000} MB.",
                "Free some space and try again.",
            )


def _tidy(folder: Path) -> None:
    """Undo what an installation left that was killed half-way."""
    for left in folder.glob("incoming-*"):
        place = folder / left.name.removeprefix("incoming-old-")
        if left.name.startswith("incoming-old-") and not place.exists():
            left.rename(place)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _models_in(folder: Path) -> Sequence[Path]:
    """Model folders directly inside, best first."""
    try:
        inside = [entry for entry in folder.iterdir() if entry.is_dir() and is_vosk_model(entry)]
    except OSError:
        return []
    return sorted((entry for entry in inside if not entry.name.startswith(("incoming-", "."))), key=_preference)


def _preference(folder: Path) -> tuple[bool, str]:
    fixed = (folder / "graph" / "HCLG.fst").is_file() or (folder / "HCLG.fst").is_file()
    return not fixed, folder.name


def _models_within(incoming: Path, archive: Path) -> dict[str, Path]:
    """By the name they will have: the archive's own top folders, or all of it."""
    if is_vosk_model(incoming):
        return {re.sub(r"(\.(zip|tar|tgz|gz))+$", "", archive.name): incoming}
    return {folder.name: folder for folder in sorted(incoming.iterdir()) if folder.is_dir() and is_vosk_model(folder)}


def _language_of(folder: Path) -> str:
    """As it was installed, else by its name; "" where neither says."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return str(json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["language"])
    named = _LANGUAGE_IN_NAME.match(folder.name)
    return named.group(1) if named else ""


def _write_manifest(folder: Path, name: str, language: str, source: str) -> None:
    files = {
        path.relative_to(folder).as_posix(): [path.stat().st_size, _digest(path, "sha256")]
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    manifest = {"name": name, "language": language, "source": source, "files": files}
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _put_in_place(folder: Path, place: Path) -> Path:
    """Rename it there; a model of the same name gives way only once the new one is whole beside it."""
    old = place.with_name(f"incoming-old-{place.name}")
    try:
        if old.exists():
            shutil.rmtree(old)
        if place.exists():
            place.rename(old)
        folder.rename(place)
    except OSError as error:
        if old.exists() and not place.exists():
            old.rename(place)
        raise SimulatorError(f"{place}: cannot be put in place ({error.strerror}).", "Close the program.") from None
    shutil.rmtree(old, ignore_errors=True)
    return place


def _faults(folder: Path) -> Sequence[str]:
    try:
        manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        files = {str(name): (int(size), str(digest)) for name, (size, digest) in manifest["files"].items()}
    except FileNotFoundError:
        return ["was not installed by this program: there is nothing to compare it with"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [f"{_MANIFEST} cannot be read"]
    faults = []
    for name, (size, digest) in files.items():
        path = folder / name
        if not path.is_file():
            faults.append(f"{name} is missing")
        elif path.stat().st_size != size or _digest(path, "sha256") != digest:
            faults.append(f"{name} has changed")
    return faults


def _check(archive: Path, kind: str, wanted: str, progress: Progress, cancelled: Cancelled) -> None:
    def tell(done: int) -> None:
        if cancelled():
            raise SimulatorError("The installation was cancelled.")
        progress(InstallProgress("checking", done, archive.stat().st_size))

    found = _digest(archive, kind, tell)
    if found != wanted.lower():
        raise BadInputError(
            f"{archive.name}: the {kind} is {found} and should be {wanted.lower()}.",
            "The file is damaged or not the right one: download it again.",
        )


def _digest(path: Path, kind: str, tell: Callable[[int], None] = lambda done: None) -> str:  # noqa: ARG005
    """MD5 is what the publisher gives; it tells damage, not malice, and the transport is HTTPS."""
    digest = hashlib.new(kind, usedforsecurity=False)
    done = 0
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            done += len(chunk)
            tell(done)
    return digest.hexdigest()


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
