"""How hearing wording holds up when words are misheard: macro F1 at 0, 10, 20 and 30 % word errors.

    python tests/benchmarks/wording_noise.py en LABELLED.jsonl

Beside the detector stand its patterns alone and a plain keyword matcher: a technique is heard where any of its keywords
occurs, its keywords being the content words of the phrasebook's examples that at most two techniques share. Names are
scored apart. Writes `results/wording-noise-<language>.txt`.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "wording"))

from noise import bare, noised  # noqa: E402

from simulator.adapters.phrasebook_files import PhrasebookFiles  # noqa: E402
from simulator.cli.phrasebook import labelled_replies  # noqa: E402
from simulator.wording.detect import WordingDetector, detector_for  # noqa: E402
from simulator.wording.evaluate import Evaluation, LabelledReply, evaluate  # noqa: E402
from simulator.wording.phrasebook import Phrasebook  # noqa: E402
from simulator.wording.tokens import tokenise  # noqa: E402

RATES = (None, 0.0, 0.1, 0.2, 0.3)
MOST_SHARED = 2

Hearer = Callable[[LabelledReply, str], frozenset[str]]


def hearer_of(detector: WordingDetector) -> Hearer:
    return lambda reply, text: frozenset(d.technique for d in detector.detect(text, reply.context))


def keyword_hearer(book: Phrasebook) -> Hearer:
    owners: dict[str, set[str]] = defaultdict(set)
    for example in book.examples:
        if example.present:
            for token in tokenise(example.text, book.spelling):
                if token.word not in book.stop_words and token.word not in book.light:
                    owners[token.word].add(example.technique)
    keywords = {word: techniques for word, techniques in owners.items() if len(techniques) <= MOST_SHARED}

    def hear(_reply: LabelledReply, text: str) -> frozenset[str]:
        words = [token.word for token in tokenise(text, book.spelling)]
        return frozenset(technique for word in words for technique in keywords.get(word, ()))

    return hear


def at_rate(replies: Sequence[LabelledReply], hear: Hearer, rate: float | None, language: str) -> Evaluation:
    """`rate` None: as written; 0: without punctuation and case."""

    def text(number: int, reply: LabelledReply) -> str:
        if rate is None:
            return reply.text
        return noised(reply.text, rate, language, number) if rate else bare(reply.text)

    return evaluate((reply, hear(reply, text(number, reply))) for number, reply in enumerate(replies))


def table(language: str, replies: Sequence[LabelledReply]) -> str:
    files = PhrasebookFiles(HERE.parents[1] / "assets" / "phrasebooks")
    document = files.load(language)
    patterns, whole = detector_for(document), detector_for(document, files.learned(language))
    hearers = {
        "patterns and model": hearer_of(whole),
        "patterns alone": hearer_of(patterns),
        "keywords": keyword_hearer(whole.book),
    }
    lines = [
        f"Language {language}, {len(replies)} labelled replies; macro F1, false alarms on hard negatives, and names",
        f"{'':<20}{'text':<14}{'macro F1':>9}{'alarms':>8}{'use_name P / R':>18}{'wrong_name P / R':>18}",
    ]
    for name, hear in hearers.items():
        for rate in RATES:
            evaluation = at_rate(replies, hear, rate, language)
            text = "as written" if rate is None else "bare" if not rate else f"{rate:.0%} errors"
            own, wrong = evaluation.tallies["use_name"], evaluation.tallies["wrong_name"]
            lines.append(
                f"{name:<20}{text:<14}{_figure(evaluation.macro_f1, 3):>9}{_figure(evaluation.false_alarms, 3):>8}"
                f"{_figure(own.precision) + ' / ' + _figure(own.recall):>18}"
                f"{_figure(wrong.precision) + ' / ' + _figure(wrong.recall):>18}"
            )
    return "\n".join(lines) + "\n"


def _figure(value: float | None, places: int = 2) -> str:
    return "-" if value is None else f"{value:.{places}f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Hearing wording at rising word error rates.")
    parser.add_argument("language")
    parser.add_argument("file", type=Path, nargs="+")
    options = parser.parse_args()
    replies = [reply for file in options.file for reply in labelled_replies(file)]
    written = table(options.language, replies)
    (HERE / "results" / f"wording-noise-{options.language}.txt").write_text(written, encoding="utf-8")
    sys.stdout.write(written)


if __name__ == "__main__":
    main()
