"""Recordings on disk: a folder a session, a working WAV file a track, and FLAC once it is finished."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import soxr

from simulator.adapters.flac_file import pack, read_flac
from simulator.adapters.recording_repair import repair_folder
from simulator.adapters.wav_track import WavTrack, read_pcm, to_pcm
from simulator.domain.errors import SimulatorError
from simulator.ports import CAPTURE_RATE_HZ, Clip, Samples

# FLAC knows no empty file.
SHORTEST_SAMPLES = CAPTURE_RATE_HZ // 100
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def disk_trouble(error: OSError, path: Path) -> SimulatorError:
    """What a person can do about a failed write."""
    if error.errno in FULL:
        return SimulatorError(
            "The disk is full, so the recording has stopped.", "Free some space, then go on; what was recorded is kept."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR):
        return SimulatorError(
            f"The recording cannot be written to {path.parent}.", "Choose a folder that you may write to."
        )
    return SimulatorError(f"The recording {path.name} failed: {error.strerror or error}.", "Check the disk.")


class TrackFile:
    """Fulfils `ports.RecordingSink`. Used by one thread."""

    def __init__(self, wav: Path) -> None:
        self._wav = wav
        self._flac = wav.with_suffix(".flac")
        try:
            wav.parent.mkdir(parents=True, exist_ok=True)
            self._track = WavTrack(wav)
        except OSError as error:
            raise disk_trouble(error, wav) from error

    def write(self, samples: Samples) -> None:
        self._write(samples)

    def write_at(self, clip: Clip, first_sample: int) -> int:
        missing = first_sample - self._track.samples
        while missing > 0:
            silence = np.zeros(min(missing, CAPTURE_RATE_HZ), np.float32)
            self._write(silence)
            missing -= len(silence)
        self._write(_at_capture_rate(clip))
        return self._track.samples

    def finish(self, noted: Callable[[Path], None] | None = None) -> Path:
        try:
            if not self._track.samples:
                self._track.write(np.zeros(SHORTEST_SAMPLES, np.int16))
            self._track.close()
            pack(self._wav, self._flac)
        except OSError as error:
            raise disk_trouble(error, self._wav) from error
        if noted is not None:
            noted(self._flac)
        self._wav.unlink(missing_ok=True)
        return self._flac

    def _write(self, samples: Samples) -> None:
        try:
            self._track.write(to_pcm(samples))
        except OSError as error:
            raise disk_trouble(error, self._wav) from error


class RecordingFiles:
    """Fulfils `ports.Recordings` over `<data folder>/recordings/<session id>/<track>.flac`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def start(self, session_id: str, track: str) -> TrackFile:
        return TrackFile(self._of(session_id) / f"{track}.wav")

    def path(self, session_id: str, track: str) -> Path | None:
        """The finished file, or the one being written; None where there is neither."""
        for suffix in (".flac", ".wav"):
            path = self._of(session_id) / f"{track}{suffix}"
            if path.is_file():
                return path
        return None

    def read(self, session_id: str, track: str, start_s: float, end_s: float) -> Clip:
        """What lies outside the track is left out; a call still running can be heard up to now."""
        path = self.path(session_id, track)
        if path is None:
            raise SimulatorError("This call has no recording to hear.", "It was not kept, or it was deleted.")
        first = max(0, round(start_s * CAPTURE_RATE_HZ))
        count = max(0, round(end_s * CAPTURE_RATE_HZ) - first)
        try:
            pcm = read_flac(path, first, count) if path.suffix == ".flac" else read_pcm(path, first, count)
        except OSError as error:
            raise SimulatorError(
                f"The recording {path.name} of this call cannot be read.",
                "It may have been damaged outside the program.",
            ) from error
        return Clip((pcm / np.float32(32_768)).astype(np.float32), CAPTURE_RATE_HZ)

    def repair_orphans(self) -> Sequence[str]:
        """Never raises for one broken file: the others are mended, and it is tried again at the next start."""
        if not self._folder.is_dir():
            return ()
        return tuple(folder.name for folder in sorted(self._folder.iterdir()) if repair_folder(folder))

    def delete(self, session_id: str) -> None:
        folder = self._of(session_id)
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise SimulatorError(
                f"The recordings in {folder} could not be deleted.", "Close what is playing them and try again."
            ) from error

    def _of(self, session_id: str) -> Path:
        if not session_id or Path(session_id).name != session_id or session_id in (".", ".."):
            raise SimulatorError(f"{session_id!r} is no session.", "Choose one from the list of calls.")
        return self._folder / session_id


def _at_capture_rate(clip: Clip) -> Samples:
    if clip.rate_hz == CAPTURE_RATE_HZ or not len(clip.samples):
        return clip.samples
    resampled: Samples = soxr.resample(clip.samples.astype(np.float32), clip.rate_hz, CAPTURE_RATE_HZ)
    return resampled
