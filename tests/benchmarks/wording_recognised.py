"""How hearing wording does on what recognisers write: flite reads labelled replies, a recogniser writes them down.

    python tests/benchmarks/wording_recognised.py LABELLED.jsonl --replies 60 [--vosk MODEL_FOLDER]

Compares the techniques heard in the recogniser's words with those heard in the reply as written, by macro F1 against
the labels, and gives the word error rate. English only; needs flite. Writes `results/wording-recognised.txt`.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import soundfile
import soxr
from rapidfuzz.distance import Levenshtein

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.adapters.pocketsphinx_recogniser import PocketSphinxRecogniser
from simulator.adapters.vosk_recogniser import VoskRecogniser
from simulator.cli.phrasebook import labelled_replies
from simulator.ports import CAPTURE_RATE_HZ, Recogniser, Samples
from simulator.wording.detect import WordingDetector, detector_for
from simulator.wording.evaluate import LabelledReply, evaluate

HERE = Path(__file__).resolve().parent
BLOCK = 1_600


def spoken(text: str, voice: str) -> Samples:
    """What flite makes of the text, at the capture rate."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reply.wav"
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(file)], check=True)
        samples, rate_hz = soundfile.read(file, dtype="float32")
    resampled: Samples = soxr.resample(samples, rate_hz, CAPTURE_RATE_HZ)
    return resampled


def written_down(recogniser: Recogniser, samples: Samples) -> str:
    turn = recogniser.begin_turn()
    for start in range(0, len(samples), BLOCK):
        turn.feed(samples[start : start + BLOCK])
    return turn.finish().text


def word_errors(reference: str, heard: str) -> float:
    said, got = (re.findall(r"[\w']+", text.lower()) for text in (reference, heard))
    return Levenshtein.distance(said, got) / max(1, len(said))


def compare(recogniser: Recogniser, detector: WordingDetector, replies: list[LabelledReply], voice: str) -> str:
    heard = [written_down(recogniser, spoken(reply.text, voice)) for reply in replies]

    def macro_f1(texts: list[str]) -> float:
        found = (
            (reply, frozenset(d.technique for d in detector.detect(text, reply.context)))
            for reply, text in zip(replies, texts, strict=True)
        )
        return evaluate(found).macro_f1 or 0.0

    errors = sum(word_errors(reply.text, text) for reply, text in zip(replies, heard, strict=True)) / len(replies)
    as_written = macro_f1([reply.text for reply in replies])
    return f"{recogniser.label:<40}{voice:<6}{errors:>8.1%}{as_written:>12.3f}{macro_f1(heard):>12.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Hearing wording in what recognisers write.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--replies", type=int, default=60)
    parser.add_argument("--vosk", type=Path)
    parser.add_argument("--voice", default="slt")
    options = parser.parse_args()
    replies = list(labelled_replies(options.file))
    replies = replies[:: max(1, len(replies) // options.replies)][: options.replies]
    files = PhrasebookFiles(HERE.parents[1] / "assets" / "phrasebooks")
    detector = detector_for(files.load("en"), files.learned("en"))
    recognisers: list[Recogniser] = [PocketSphinxRecogniser()]
    if options.vosk:
        recognisers.append(VoskRecogniser(options.vosk))
    lines = [
        f"{len(replies)} replies of {options.file.name} read by flite",
        f"{'recogniser':<40}{'voice':<6}{'errors':>8}{'F1 written':>12}{'F1 heard':>12}",
        *(compare(recogniser, detector, replies, options.voice) for recogniser in recognisers),
    ]
    (HERE / "results" / "wording-recognised.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
