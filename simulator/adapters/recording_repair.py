"""Finishing what a killed program left behind."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from simulator.adapters.flac_file import holds_same, pack
from simulator.adapters.wav_track import is_ours, sound_bytes

DAMAGED = ".damaged"


def repair_folder(folder: Path) -> bool:
    """Mend one session's folder; whether anything was mended. What cannot be mended now (a full disk) stays."""
    if not folder.is_dir() or folder.is_symlink():
        return False
    mended = False
    for wav in sorted(folder.glob("*.wav")):
        with suppress(OSError):
            mended |= _repair(wav)
    for part in folder.glob("*.flac.part"):
        with suppress(OSError):
            part.unlink()
    return mended


def _repair(wav: Path) -> bool:
    """True where sound was saved. A file without sound goes; one that is not ours is set aside, never deleted."""
    if not sound_bytes(wav):
        wav.unlink()
        return False
    if not is_ours(wav):
        wav.rename(wav.with_name(wav.name + DAMAGED))
        return False
    flac = wav.with_suffix(".flac")
    if not (flac.is_file() and holds_same(wav, flac)):
        pack(wav, flac)
    wav.unlink()
    return True
