"""Labelled replies: read from the training files, and as the tokens that the program itself would see."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simulator.wording.batch import context_of
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector
from simulator.wording.phrasebook import COUNTED, WORD_TECHNIQUES

ASSETS = Path(__file__).resolve().parents[2] / "assets" / "phrasebooks"
LEARNED = tuple(technique for technique in WORD_TECHNIQUES if technique not in COUNTED)
SEED, FILLINGS = 20, 2
_PART = re.compile(r"\[([\w, ]*)\]\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class Reply:
    """`parts` are (techniques, text) in order. `only`: nothing is known but whether it carries this one technique."""

    parts: tuple[tuple[frozenset[str], str], ...]
    context: ReplyContext
    only: str = ""

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.parts)


@dataclass(slots=True)
class TokenReply:
    """A reply as lists of equal length, one entry a token; `part` says which of `labels` (a set a part) a token has."""

    language: str
    words: list[str] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    facts: list[bool] = field(default_factory=list)
    rules: list[tuple[int, ...]] = field(default_factory=list)
    part: list[int] = field(default_factory=list)
    labels: list[frozenset[int]] = field(default_factory=list)
    only: int = -1


def training_files(language: str) -> list[Path]:
    """`<language>.txt` and any `<language>-<something>.txt`."""
    return sorted(path for path in (ASSETS / "training").glob("*.txt") if path.stem.split("-")[0] == language)


def read_replies(path: Path) -> Iterator[Reply]:
    """The replies of a training file, in either form that README.md describes; SystemExit names a mistake's line."""
    labels: frozenset[str] | None = None
    line = facts = ""
    fillings: dict[str, list[str]] = {}
    chance = random.Random(SEED)  # noqa: S311 - chance only chooses words here
    for number, written in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text, where = written.strip(), f"{path}:{number}"
        if not text or text.startswith("#"):
            continue
        if text.startswith("line:"):
            line, facts = text[5:].strip(), ""
        elif text.startswith("facts:"):
            facts = text[6:].strip()
        elif named := re.fullmatch(r"(\w+) = (.+)", text):
            fillings[named.group(1)] = [filling.strip() for filling in named.group(2).split("|")]
        elif section := re.fullmatch(r"\[([\w, ]+)\]", text):
            labels = _labels(section.group(1), where)
        elif text.startswith("["):
            yield Reply(tuple(_parts(text, where)), ReplyContext(line=f"{line} {facts}".strip()))
        elif labels is None:
            raise SystemExit(f"{where}: a sentence before the first [technique]")
        else:
            for filled in _filled(text, fillings, chance, where):
                yield Reply(((labels, filled),), ReplyContext(line=f"{line} {facts}".strip()))


def _parts(text: str, where: str) -> Iterator[tuple[frozenset[str], str]]:
    for part in text.split("|"):
        found = _PART.fullmatch(part.strip())
        if not found:
            raise SystemExit(f"{where}: '{part.strip()[:40]}' should be [techniques] and words")
        yield _labels(found.group(1), where), found.group(2).strip()


def _filled(text: str, fillings: Mapping[str, list[str]], chance: random.Random, where: str) -> set[str]:
    """The sentence itself, or, where it has gaps `{name}`, a few times with different fillings."""

    def fill(gap: re.Match[str]) -> str:
        if gap.group(1) not in fillings:
            raise SystemExit(f"{where}: {gap.group(0)} has no fillings above")
        return chance.choice(fillings[gap.group(1)])

    return {re.sub(r"\{(\w+)\}", fill, text) for _ in range(FILLINGS)}


def _labels(written: str, where: str) -> frozenset[str]:
    names = {name.strip() for name in written.split(",")} - {"none", ""}
    if unknown := names - set(WORD_TECHNIQUES):
        raise SystemExit(f"{where}: unknown technique {', '.join(sorted(unknown))}")
    return frozenset(names & set(LEARNED))


def examples_of(detector: WordingDetector) -> list[Reply]:
    """The phrasebook's own examples and counter-examples."""
    return [
        Reply(((frozenset({e.technique} if e.present else ()), e.text),), e.context, e.technique)
        for e in detector.book.examples
        if e.technique in LEARNED
    ]


def labelled_file(path: Path) -> Iterator[Reply]:
    """Replies of a labelled file (JSON lines, as `unruffled phrasebook evaluate` reads): labels of the whole reply."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            record = json.loads(line)
            labels = frozenset(record["labels"]) & frozenset(LEARNED)
            yield Reply(((labels, record["text"]),), context_of(record, f"{path}:{number}"))


def tokens_of(reply: Reply, detector: WordingDetector) -> TokenReply | None:
    """None where nothing is left of it but names."""
    borders, at = [], 0
    for _, text in reply.parts:
        borders.append(at)
        at += len(text) + 1
    reading = detector.read(reply.text, reply.context)
    words = reading.words.tokens
    if not words:
        return None
    facts = set(reading.facts)
    rules: list[set[int]] = [set() for _ in words]
    for match in reading.matches:
        if match.technique in LEARNED:
            for place in range(match.start, match.end):
                rules[place].add(LEARNED.index(match.technique))
    return TokenReply(
        detector.book.language,
        [token.word for token in words],
        [token.breaks for token in words],
        [place in facts for place in range(len(words))],
        [tuple(sorted(found)) for found in rules],
        [sum(token.start >= border for border in borders) - 1 for token in words],
        [frozenset(map(LEARNED.index, labels)) for labels, _ in reply.parts],
        LEARNED.index(reply.only) if reply.only else -1,
    )


def token_replies(replies: Sequence[Reply], detector: WordingDetector) -> list[TokenReply]:
    return [tokens for reply in replies if (tokens := tokens_of(reply, detector))]
