"""Whether a phrasebook keeps its own promises: every example heard, no counter-example heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.wording.detect import WordingDetector
from simulator.wording.phrasebook import WORD_TECHNIQUES, Phrasebook

FEWEST_EXAMPLES = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and where: `file:line`."""

    where: str
    what: str


def check(detector: WordingDetector) -> list[Finding]:
    """Findings in the order of the file; none: all is well."""
    return [*wrong_examples(detector), *_gaps(detector.book)]


def wrong_examples(detector: WordingDetector) -> Iterator[Finding]:
    """The examples that are not heard, and the counter-examples that are."""
    for example in detector.book.examples:
        heard = {detection.technique: detection for detection in detector.detect(example.text, example.context)}
        where = f"{example.where.file}:{example.where.line}"
        if example.present and example.technique not in heard:
            instead = ", ".join(heard) or "nothing"
            yield Finding(where, f"{example.technique} is not heard in “{example.text}” (heard: {instead})")
        elif not example.present and example.technique in heard:
            words = "; ".join(evidence.text for evidence in heard[example.technique].evidence)
            yield Finding(where, f"{example.technique} is heard in “{example.text}” and should not be (words: {words})")


def _gaps(book: Phrasebook) -> Iterator[Finding]:
    for technique in WORD_TECHNIQUES:
        for present, kind in ((True, "example"), (False, "counter-example")):
            given = sum(e.technique == technique and e.present is present for e in book.examples)
            if given < FEWEST_EXAMPLES:
                yield Finding(book.language, f"{technique} has no {kind}")
