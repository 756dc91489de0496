"""A canonical WAV file that can be read whole at any moment: 16 kHz mono, 16 bits, its header kept true."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.ports import CAPTURE_RATE_HZ, Samples

HEADER_BYTES = 44
SAMPLE_BYTES = 2
LONGEST_BYTES = 2**32 - 1 - HEADER_BYTES

Pcm = NDArray[np.int16]


def to_pcm(samples: Samples) -> Pcm:
    """Float32 in [-1, 1] to 16 bits; what is louder is clipped, what is no number becomes silence."""
    finite = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
    return np.round(np.clip(finite, -1.0, 32_767 / 32_768) * 32_768).astype("<i2")


def header(data_bytes: int) -> bytes:
    """The 44 bytes before the sound."""
    riff = struct.pack("<4sI4s", b"RIFF", 36 + data_bytes, b"WAVE")
    rate = CAPTURE_RATE_HZ
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, rate * SAMPLE_BYTES, SAMPLE_BYTES, 8 * SAMPLE_BYTES)
    return riff + form + struct.pack("<4sI", b"data", data_bytes)


def sound_bytes(path: Path) -> int:
    """How much sound the file really holds, whatever its header says; an odd byte at its end does not count."""
    size = max(0, path.stat().st_size - HEADER_BYTES)
    return size - size % SAMPLE_BYTES


def is_ours(path: Path) -> bool:
    """Whether the file begins as the files written here do, sizes left aside."""
    with path.open("rb") as file:
        start = file.read(HEADER_BYTES)
    return len(start) == HEADER_BYTES and start[:4] == b"RIFF" and start[8:40] == header(0)[8:40]


def read_pcm(path: Path, first_sample: int, count: int) -> Pcm:
    """Samples of a file that may still be written; fewer at its end. Raises OSError."""
    with path.open("rb") as file:
        file.seek(HEADER_BYTES + first_sample * SAMPLE_BYTES)
        data = file.read(count * SAMPLE_BYTES)
    return np.frombuffer(data[: len(data) - len(data) % SAMPLE_BYTES], "<i2").astype(np.int16)


class WavTrack:
    """The file while it is written. After each second of sound its header is updated and all of it is on disk.

    Methods raise OSError; what was written before stays readable.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("wb", buffering=0)
        self._data_bytes = 0
        self._safe_bytes = 0
        try:
            self._write_all(header(0))
        except OSError:
            self._file.close()
            raise

    @property
    def samples(self) -> int:
        return self._data_bytes // SAMPLE_BYTES

    def write(self, pcm: Pcm) -> None:
        data = pcm.astype("<i2").tobytes()
        if self._data_bytes + len(data) > LONGEST_BYTES:
            raise OSError(27, "A WAV file holds 37 hours at most")
        try:
            self._write_all(data)
            self._data_bytes += len(data)
        except OSError:
            self._give_up_half_a_write()
            raise
        if self._data_bytes - self._safe_bytes >= CAPTURE_RATE_HZ * SAMPLE_BYTES:
            self.make_safe()

    def make_safe(self) -> None:
        """Header and sound to the disk itself."""
        self._write_header()
        os.fsync(self._file.fileno())
        self._safe_bytes = self._data_bytes

    def close(self) -> None:
        if not self._file.closed:
            try:
                self.make_safe()
            finally:
                self._file.close()

    def _write_all(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            written = self._file.write(view)
            view = view[written or 0 :]

    def _write_header(self) -> None:
        self._file.seek(0)
        self._write_all(header(self._data_bytes))
        self._file.seek(HEADER_BYTES + self._data_bytes)

    def _give_up_half_a_write(self) -> None:
        """Keep the whole samples that fitted before the disk was full."""
        size = os.fstat(self._file.fileno()).st_size - HEADER_BYTES
        self._data_bytes = max(self._data_bytes, size - size % SAMPLE_BYTES)
        self._write_header()
