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

_PIECE = re.compile(
    r"\s*(?:(?P<gap>\.\.\d*)"
    r"|<(?P<word_class>[\w-]+)>"
    r"|\{(?P<slot>\w+)\}"
    r"|(?P<word>[^\W_]+(?:['’ʼ][^\W_]+)*)(?P<stem>~)?(?:(?<=[^\s])\((?P<endings>[^()\[\]<>{}]*)\))?"
    r"|(?P<sign>[()\[\]|^$!]))"
)


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what is wrong with it."""


@dataclass(slots=True)
class PatternReader:
    """Reads patterns of one language. Equal leaves become one object, so that each is looked up once a reply."""

    spelling: Spelling
    classes: Mapping[str, Leaf]
    _leaves: dict[tuple[frozenset[str], frozenset[str], frozenset[tuple[str, ...]], str], Leaf] = field(
        default_factory=dict
    )

    def read(self, pattern: str) -> Node:
        """Raises PatternError."""
        pieces = _pieces(pattern)
        node, at = self._alternatives(pieces, 0)
        if at < len(pieces):
            raise PatternError(f"has a '{pieces[at].group('sign')}' too many")
        return node

    def _alternatives(self, pieces: list[re.Match[str]], at: int) -> tuple[Node, int]:
        options: list[Node] = []
        while True:
            node, at = self._sequence(pieces, at)
            options.append(node)
            if at >= len(pieces) or pieces[at].group("sign") != "|":
                return self._choice(options), at
            at += 1

    def _choice(self, options: list[Node]) -> Node:
        if len(options) == 1:
            return options[0]
        if all(isinstance(option, Leaf) and not option.slot for option in options):
            leaves = [option for option in options if isinstance(option, Leaf)]
            return self._leaf(
                frozenset().union(*(leaf.words for leaf in leaves)),
                frozenset().union(*(leaf.stems for leaf in leaves)),
                phrases=frozenset().union(*(leaf.phrases for leaf in leaves)),
            )
        return Choice(tuple(options))

    def _sequence(self, pieces: list[re.Match[str]], at: int) -> tuple[Node, int]:
        nodes: list[Node] = []
        while at < len(pieces) and pieces[at].group("sign") not in ("|", ")", "]"):
            node, at = self._item(pieces, at)
            nodes.append(node)
        if not nodes:
            raise PatternError("has an empty part")
        return (nodes[0] if len(nodes) == 1 else Chain(tuple(nodes))), at

    def _item(self, pieces: list[re.Match[str]], at: int) -> tuple[Node, int]:
        piece = pieces[at]
        sign = piece.group("sign")
        if sign is None:
            return self._word_like(piece), at + 1
        if sign in "^$":
            return Edge(sign == "^"), at + 1
        if sign == "!":
            if at + 1 >= len(pieces) or pieces[at + 1].group("sign") in ("|", ")", "]", "$", "^", "!"):
                raise PatternError("has a '!' with nothing after it")
            node, at = self._item(pieces, at + 1)
            return Absent(node), at
        closing = ")" if sign == "(" else "]"
        inner, at = self._alternatives(pieces, at + 1)
        if at >= len(pieces) or pieces[at].group("sign") != closing:
            raise PatternError(f"has a '{sign}' that is not closed by '{closing}'")
        return (inner if sign == "(" else Choice((inner,), optional=True)), at + 1

    def _word_like(self, piece: re.Match[str]) -> Node:
        if piece.group("gap"):
            most = int(piece.group("gap")[2:] or DEFAULT_GAP)
            if not 1 <= most <= LONGEST_GAP:
                raise PatternError(f"has a gap of {most} words; 1 to {LONGEST_GAP} are allowed")
            return Gap(most)
        if name := piece.group("word_class"):
            if name not in self.classes:
                raise PatternError(f"names the word class <{name}>, which is not under 'words'")
            return self.classes[name]
        if slot := piece.group("slot"):
            if slot not in SLOTS:
                raise PatternError(f"names the slot {{{slot}}}; there are {', '.join(SLOTS)}")
            return self._leaf(frozenset(), frozenset(), slot)
        return self._word(piece)

    def _word(self, piece: re.Match[str]) -> Node:
        word, endings = normalised(piece.group("word")), piece.group("endings")
        if piece.group("stem"):
            if endings is not None:
                raise PatternError(f"gives '{word}~' endings as well; use one of the two")
            return self._leaf(frozenset(), frozenset((word,)))
        if endings is not None:
            forms = frozenset(word + normalised(ending.strip()) for ending in endings.split("|"))
            return self._leaf(forms)
        parts = self.spelling.spelt_out(word)
        leaves = tuple(self._leaf(frozenset((part,))) for part in parts)
        return leaves[0] if len(leaves) == 1 else Chain(leaves)

    def _leaf(
        self,
        words: frozenset[str],
        stems: frozenset[str] = frozenset(),
        slot: str = "",
        phrases: frozenset[tuple[str, ...]] = frozenset(),
    ) -> Leaf:
        return self._leaves.setdefault((words, stems, phrases, slot), Leaf(words, stems, phrases, slot))


def read_class(entries: Iterable[str], spelling: Spelling) -> Leaf:
    """The leaf of a word class. An entry is a word, a word with endings, a stem with `~`, or a phrase of plain words.

    Raises PatternError.
    """
    words: set[str] = set()
    stems: set[str] = set()
    phrases: set[tuple[str, ...]] = set()
    for entry in entries:
        pieces = _pieces(entry)
        if any(piece.group("word") is None for piece in pieces) or not pieces:
            raise PatternError(f"'{entry}': a class holds words, words(with|endings), stems~ and phrases of these")
        if len(pieces) == 1 and pieces[0].group("stem"):
            stems.add(normalised(pieces[0].group("word")))
            continue
        spelt: list[tuple[str, ...]] = [()]
        for piece in pieces:
            if piece.group("stem"):
                raise PatternError(f"'{entry}': a stem with ~ stands alone in a class")
            spelt = [(*before, *form) for before in spelt for form in _forms(piece, spelling)]
        for phrase in spelt:
            if len(phrase) == 1:
                words.add(phrase[0])
            else:
                phrases.add(phrase)
    return Leaf(frozenset(words), frozenset(stems), frozenset(phrases))


def _forms(piece: re.Match[str], spelling: Spelling) -> list[tuple[str, ...]]:
    word = normalised(piece.group("word"))
    endings = piece.group("endings")
    if endings is None:
        return [spelling.spelt_out(word)]
    return [(word + normalised(ending.strip()),) for ending in endings.split("|")]


def _pieces(pattern: str) -> list[re.Match[str]]:
    pieces: list[re.Match[str]] = []
    at = 0
    text = pattern.strip()
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None:
            raise PatternError(f"cannot be read from '{text[at : at + 20].strip()}' on")
        pieces.append(piece)
        at = piece.end()
    if not pieces:
        raise PatternError("is empty")
    return pieces
