"""A finished track as FLAC: written beside its place, read back, compared, and only then put there."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from simulator.adapters.wav_track import SAMPLE_BYTES, Pcm, read_pcm, sound_bytes
from simulator.ports import CAPTURE_RATE_HZ

HARDLY_ANY_BYTES = 1_000_000
CHUNK_SAMPLES = 30 * CAPTURE_RATE_HZ


class NotTheSameError(OSError):
    """The FLAC file does not give back what was recorded."""


def pack(wav: Path, flac: Path) -> None:
    """Make `flac` from our working file `wav`, which stays. Raises OSError; then `flac` is as it was before."""
    part = flac.with_suffix(".flac.part")
    try:
        _encode(wav, part)
        if not holds_same(wav, part):
            raise NotTheSameError(f"{part} differs from {wav}")
        _to_disk(part)
        part.replace(flac)
    except soundfile.SoundFileError as error:
        full = shutil.disk_usage(flac.parent).free < HARDLY_ANY_BYTES
        raise OSError(errno.ENOSPC if full else errno.EIO, f"{flac} could not be written: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    _to_disk(flac.parent)


def holds_same(wav: Path, flac: Path) -> bool:
    """Whether the FLAC file gives every sample of the working file, and no more."""
    try:
        with soundfile.SoundFile(flac) as file:
            if file.samplerate != CAPTURE_RATE_HZ or file.channels != 1:
                return False
            for chunk in _chunks(wav):
                if not np.array_equal(file.read(len(chunk), dtype="int16"), chunk):
                    return False
            return len(file.read(1, dtype="int16")) == 0
    except soundfile.SoundFileError:
        return False


def read_flac(path: Path, first_sample: int, count: int) -> Pcm:
    """Samples of a finished track; fewer at its end. Raises OSError where it is missing or broken."""
    try:
        with soundfile.SoundFile(path) as file:
            file.seek(min(first_sample, file.frames))
            pcm: Pcm = file.read(count, dtype="int16")
            return pcm
    except soundfile.SoundFileError as error:
        raise OSError(f"{path} cannot be read: {error}") from error


def _encode(wav: Path, part: Path) -> None:
    with soundfile.SoundFile(part, "w", CAPTURE_RATE_HZ, 1, "PCM_16", format="FLAC") as file:
        for chunk in _chunks(wav):
            file.write(chunk)


def _chunks(wav: Path) -> Iterator[Pcm]:
    left = sound_bytes(wav) // SAMPLE_BYTES
    first = 0
    while left > 0:
        chunk = read_pcm(wav, first, min(left, CHUNK_SAMPLES))
        if not len(chunk):
            raise OSError(f"{wav} became shorter while it was read")
        yield chunk
        first += len(chunk)
        left -= len(chunk)


def _to_disk(path: Path) -> None:
    """fsync a file or, where the system can, a folder."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
