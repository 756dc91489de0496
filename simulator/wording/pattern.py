"""The pattern language of the phrasebooks; assets/phrasebooks/README.md describes it for their authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from simulator.wording.matching import Absent, Chain, Choice, Edge, Gap, Leaf, Node
from simulator.wording.tokens import Spelling, normalised

DEFAULT_GAP = 3
LONGEST_GAP = 12
SLOTS = ("customer", "agent", "fact", "demand", "number")

_SIGNS = frozenset("()[]|^$!")
_CLOSING = frozenset(")]|")
_NEVER_ABSENT = _SIGNS - frozenset("([")
_PIECE = re.compile(
    r"\s*(?:\.\.\d*|<[\w-]+>|\{\w+\}"
    r"|[^\W_]+(?:['’ʼ][^\W_]+)*~?(?:(?<=[^\s])\([^()\[\]<>{}]*\))?"
    r"|[()\[\]|^$!])"
)

_LeafKey = tuple[frozenset[str], frozenset[str], frozenset[tuple[str, ...]], str]


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what is wrong with it."""


@dataclass(slots=True)
class PatternReader:
    """Reads patterns of one language. Equal leaves become one object, so that each is looked up once a reply, and each
    piece that is no sign is read once."""

    spelling: Spelling
    classes: Mapping[str, Leaf]
    _read: dict[str, Node] = field(default_factory=dict)
    _leaves: dict[_LeafKey, Leaf] = field(default_factory=dict)

    def read(self, pattern: str) -> Node:
        """Raises PatternError."""
        pieces = _pieces(pattern)
        node, at = self._alternatives(pieces, 0)
        if at < len(pieces):
            raise PatternError(f"has a '{pieces[at]}' too many")
        return node

    def _alternatives(self, pieces: list[str], at: int) -> tuple[Node, int]:
        options: list[Node] = []
        while True:
            node, at = self._sequence(pieces, at)
            options.append(node)
            if at >= len(pieces) or pieces[at] != "|":
                return self._choice(options), at
            at += 1

    def _choice(self, options: list[Node]) -> Node:
        if len(options) == 1:
            return options[0]
        leaves = [option for option in options if isinstance(option, Leaf) and not option.slot]
        if len(leaves) < len(options):
            return Choice(tuple(options))
        return self._leaf(
            frozenset().union(*[leaf.words for leaf in leaves]),
            frozenset().union(*[leaf.stems for leaf in leaves]),
            frozenset().union(*[leaf.phrases for leaf in leaves]),
        )

    def _sequence(self, pieces: list[str], at: int) -> tuple[Node, int]:
        nodes: list[Node] = []
        while at < len(pieces) and pieces[at] not in _CLOSING:
            node = self._read.get(pieces[at])
            if node is None:
                node, at = self._item(pieces, at)
            else:
                at += 1
            nodes.append(node)
        if not nodes:
            raise PatternError("has an empty part")
        return (nodes[0] if len(nodes) == 1 else Chain(tuple(nodes))), at

    def _item(self, pieces: list[str], at: int) -> tuple[Node, int]:
        sign = pieces[at]
        if sign not in _SIGNS:
            self._read[sign] = self._word_like(sign)
            return self._read[sign], at + 1
        if sign in "^$":
            return Edge(), at + 1
        if sign == "!":
            if at + 1 >= len(pieces) or pieces[at + 1] in _NEVER_ABSENT:
                raise PatternError("has a '!' with nothing after it")
            node, at = self._item(pieces, at + 1)
            return Absent(node), at
        closing = ")" if sign == "(" else "]"
        inner, at = self._alternatives(pieces, at + 1)
        if at >= len(pieces) or pieces[at] != closing:
            raise PatternError(f"has a '{sign}' that is not closed by '{closing}'")
        return (inner if sign == "(" else Choice((inner,), optional=True)), at + 1

    def _word_like(self, piece: str) -> Node:
        if piece.startswith(".."):
            most = int(piece[2:] or DEFAULT_GAP)
            if not 1 <= most <= LONGEST_GAP:
                raise PatternError(f"has a gap of {most} words; 1 to {LONGEST_GAP} are allowed")
            return Gap(most)
        name = piece[1:-1]
        if piece.startswith("<"):
            if name not in self.classes:
                raise PatternError(f"names the word class <{name}>, which is not under 'words'")
            return self.classes[name]
        if piece.startswith("{"):
            if name not in SLOTS:
                raise PatternError(f"names the slot {{{name}}}; there are {', '.join(SLOTS)}")
            return self._leaf(slot=name)
        return self._word(piece)

    def _word(self, piece: str) -> Node:
        written = _written_word(piece)
        if written.is_stem:
            if written.endings is not None:
                raise PatternError(f"gives '{written.word}~' endings as well; use one of the two")
            return self._leaf(stems=frozenset((written.word,)))
        if written.endings is not None:
            return self._leaf(frozenset(written.word + ending for ending in written.endings))
        leaves = tuple(self._leaf(frozenset((word,))) for word in self.spelling.spelt_out(written.word))
        return leaves[0] if len(leaves) == 1 else Chain(leaves)

    def _leaf(
        self,
        words: frozenset[str] = frozenset(),
        stems: frozenset[str] = frozenset(),
        phrases: frozenset[tuple[str, ...]] = frozenset(),
        slot: str = "",
    ) -> Leaf:
        key = (words, stems, phrases, slot)
        leaf = self._leaves.get(key)
        if leaf is None:
            leaf = self._leaves[key] = Leaf(*key)
        return leaf


def read_class(entries: Iterable[str], spelling: Spelling) -> Leaf:
    """The leaf of a word class. An entry is a word, a word with endings, a stem with `~`, or a phrase of plain words.

    Raises PatternError.
    """
    words: set[str] = set()
    stems: set[str] = set()
    phrases: set[tuple[str, ...]] = set()
    for entry in entries:
        pieces = _pieces(entry)
        if not all(piece[0].isalnum() for piece in pieces):
            raise PatternError(f"'{entry}': a class holds words, words(with|endings), stems~ and phrases of these")
        written = [_written_word(piece) for piece in pieces]
        if written[0].is_stem and len(written) == 1:
            stems.add(written[0].word)
            continue
        for phrase in _spelt(entry, written, spelling):
            if len(phrase) == 1:
                words.add(phrase[0])
            else:
                phrases.add(phrase)
    return Leaf(frozenset(words), frozenset(stems), frozenset(phrases))


def _spelt(entry: str, written: list[_WrittenWord], spelling: Spelling) -> list[tuple[str, ...]]:
    """The words or phrases that an entry of a class stands for."""
    spelt: list[tuple[str, ...]] = [()]
    for word in written:
        if word.is_stem:
            raise PatternError(f"'{entry}': a stem with ~ stands alone in a class")
        if word.endings is None:
            forms = [spelling.spelt_out(word.word)]
        else:
            forms = [(word.word + ending,) for ending in word.endings]
        spelt = [(*before, *form) for before in spelt for form in forms]
    return spelt


@dataclass(frozen=True, slots=True)
class _WrittenWord:
    """A word as patterns write it; `endings` is None where none are given."""

    word: str
    is_stem: bool
    endings: list[str] | None


def _written_word(piece: str) -> _WrittenWord:
    word, bracket, rest = piece.partition("(")
    endings = [ending.strip() for ending in normalised(rest[:-1]).split("|")] if bracket else None
    return _WrittenWord(normalised(word.removesuffix("~")), word.endswith("~"), endings)


def _pieces(pattern: str) -> list[str]:
    """The words with their endings, signs and so on, in order."""
    text = pattern.strip()
    pieces: list[str] = _PIECE.findall(text)
    if sum(map(len, pieces)) < len(text):
        at = 0
        while piece := _PIECE.match(text, at):
            at = piece.end()
        raise PatternError(f"cannot be read from '{text[at : at + 20].strip()}' on")
    if not pieces:
        raise PatternError("is empty")
    return [piece.strip() for piece in pieces]
