"""Sound from any file that libsndfile reads, as 16 kHz mono float32."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
import soxr

from simulator.domain.errors import BadInputError
from simulator.ports import CAPTURE_RATE_HZ, Samples

BLOCK_S = 2.0
LOWEST_RATE_HZ = 4_000
HIGHEST_RATE_HZ = 768_000


class SoundFiles:
    """Reads what people give: any rate, any number of channels, an hour in bounded memory."""

    def read(self, path: Path) -> Samples:
        blocks = list(self.open(path).blocks())
        return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32)

    def open(self, path: Path, channel: int | None = None) -> SoundFileStream:
        """`channel` counts from 1; None mixes all. Raises BadInputError naming the file and the reason."""
        with _opened(path) as file:
            rate_hz, channels = file.samplerate, file.channels
            if not LOWEST_RATE_HZ <= rate_hz <= HIGHEST_RATE_HZ:
                raise BadInputError(f"{path}: its sample rate is {rate_hz} Hz.", "Save it at 16000 Hz or more.")
            if file.seekable() and file.frames == 0:
                raise BadInputError(f"{path}: there is no sound in it.", "Record it again.")
        if channel is not None and not 1 <= channel <= channels:
            raise BadInputError(f"{path}: has {channels} channel{'s' * (channels > 1)}, so no channel {channel}.")
        return SoundFileStream(path, rate_hz, channels, channel)


class SoundFileStream:
    def __init__(self, path: Path, rate_hz: int, channels: int, channel: int | None) -> None:
        self._path = path
        self._rate_hz = rate_hz
        self._channels = channels
        self._channel = channel

    @property
    def source(self) -> str:
        rate = f"{self._rate_hz} Hz"
        if self._channels == 1:
            return f"{rate}, mono"
        if self._channel is None:
            return f"{rate}, {self._channels} channels mixed"
        return f"{rate}, channel {self._channel} of {self._channels}"

    def blocks(self) -> Iterator[Samples]:
        with _opened(self._path) as file:
            to_16k = soxr.ResampleStream(self._rate_hz, CAPTURE_RATE_HZ, 1, dtype="float32")
            frames = round(BLOCK_S * self._rate_hz)
            while True:
                block = self._next(file, frames)
                last = len(block) < frames
                mono = self._mono(block)
                yield mono if self._rate_hz == CAPTURE_RATE_HZ else to_16k.resample_chunk(mono, last=last)
                if last:
                    return

    def _next(self, file: soundfile.SoundFile, frames: int) -> Samples:
        try:
            block: Samples = file.read(frames, dtype="float32", always_2d=True)
        except (soundfile.SoundFileError, RuntimeError) as error:
            raise _unreadable(self._path, error) from None
        return block

    def _mono(self, block: Samples) -> Samples:
        if self._channels == 1:
            return np.ascontiguousarray(block[:, 0])
        if self._channel is not None:
            return np.ascontiguousarray(block[:, self._channel - 1])
        mixed: Samples = block.mean(axis=1, dtype=np.float32)
        return mixed


def _opened(path: Path) -> soundfile.SoundFile:
    if not path.exists():
        raise BadInputError(f"{path}: there is no such file.")
    if path.is_dir():
        raise BadInputError(f"{path}: is a folder, not a sound file.")
    try:
        if path.stat().st_size == 0:
            raise BadInputError(f"{path}: the file is empty.", "Record it again.")
        with path.open("rb"):
            pass
        return soundfile.SoundFile(path)
    except PermissionError:
        raise BadInputError(f"{path}: may not be read.", "Change its permissions, or copy it elsewhere.") from None
    except OSError as error:
        raise BadInputError(f"{path}: cannot be read ({error.strerror}).") from None
    except (soundfile.SoundFileError, RuntimeError, TypeError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> BadInputError:
    reason = str(error).rpartition(": ")[2].strip().rstrip(".") or "it is broken"
    return BadInputError(f"{path}: is no sound file that can be read ({reason}).", "Save it as WAV, FLAC, OGG or MP3.")
