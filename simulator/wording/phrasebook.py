"""A language's phrasebook: word classes, patterns, examples; assets/phrasebooks/README.md has the format."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.domain.located import Located
from simulator.domain.technique import CATALOGUE, Channel
from simulator.wording.context import ReplyContext
from simulator.wording.matching import Leaf, Node
from simulator.wording.pattern import PatternError, PatternReader, read_class
from simulator.wording.tokens import Spelling, normalised

WORD_TECHNIQUES = tuple(t.id for t in CATALOGUE.values() if t.channel is Channel.WORDS)
COUNTED = ("use_name", "wrong_name", "overuse_name", "over_apologise")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say a technique. `unless` cancels a match when it stands near it in the same sentence, the
    technique's for all its patterns, a pattern's own with the more weight: it holds against what was learnt, too;
    `negated_too` keeps a match that a negation governs ("I will not let this rest")."""

    node: Node
    unless: tuple[Node, ...]
    own_unless: tuple[Node, ...]
    negated_too: bool
    where: Located

    def fingerprint(self, technique: str) -> int:
        """Never 0; changes with the pattern's text, so that a model knows the patterns it was trained beside."""
        return zlib.crc32(f"{technique}: {_plain(self.where)}".encode()) or 1


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that must (or must not) carry a technique, with the call it is said in."""

    text: str
    technique: str
    present: bool
    context: ReplyContext
    where: Located


@dataclass(frozen=True, slots=True, eq=False)
class NameWords:
    """What tells an address from talk about somebody.

    `female_titles` and `male_titles` come before the surname (after it where `title_follows`); `before_others`
    are words that introduce a third person ("to Mr Brown", "my colleague"), `after_others` those that follow
    one ("Mr Brown will"), `asking` the words before a name that is asked for ("am I speaking with"),
    `introducing` those before the agent's own ("my name is"), `roles` who a third person is ("your husband, Mr Brown"),
    `referring` what goes on about one ("Mr Brown, he"). `first_names` are common ones; `cases` are
    endings that a name can take or lose: `("a", "o")` makes Monika into Moniko.

    Where titles are pronouns as well (pani, пане), `surnames` and `surname_endings` say what is a name after
    one in a text without capitals; where neither is given, any word can be. `oblique` are pairs of a title and
    an ending of the name after it that are no address ("pana Nowaka"; an empty ending: any name),
    `vocative_titles` those that only address ("panie"). `called` are names that one person can go by (Elizabeth, Liz),
    `ranks` what stands between title and name and is neither ("pani doktor Nowak").
    """

    female_titles: frozenset[str]
    male_titles: frozenset[str]
    title_follows: bool
    before_others: frozenset[str]
    after_others: frozenset[str]
    asking: tuple[tuple[str, ...], ...]
    introducing: tuple[tuple[str, ...], ...]
    beside_address: frozenset[str]
    roles: frozenset[str]
    referring: frozenset[str]
    first_names: frozenset[str]
    cases: tuple[tuple[str, str], ...]
    sounds: tuple[tuple[str, str], ...]
    surnames: frozenset[str] = frozenset()
    surname_endings: tuple[str, ...] = ()
    oblique: tuple[tuple[str, str], ...] = ()
    vocative_titles: frozenset[str] = frozenset()
    called: tuple[tuple[str, ...], ...] = ()
    ranks: frozenset[str] = frozenset()

    @property
    def titles(self) -> frozenset[str]:
        return self.female_titles | self.male_titles


@dataclass(frozen=True, slots=True, eq=False)
class Phrasebook:
    language: str
    spelling: Spelling
    classes: Mapping[str, Leaf]
    light: frozenset[str]
    fillers: frozenset[str]
    negators: Leaf
    not_negating: Leaf
    clause_starts: Leaf
    clause_glue: frozenset[str]
    stop_words: frozenset[str]
    apologies: Leaf
    names: NameWords
    patterns: Mapping[str, tuple[Pattern, ...]]
    examples: tuple[Example, ...]


def _plain(entry: Located) -> str:
    if isinstance(entry.value, str):
        return entry.value
    if isinstance(entry.value, tuple):
        return ", ".join(_plain(item) for item in entry.value)
    return "; ".join(f"{name}: {_plain(item)}" for name, item in entry.value.items())


def parse_phrasebook(document: Located) -> Phrasebook:
    """Raises BadInputError naming file, line and key of the first mistake."""
    keys = document.mapping(
        required=("language", "words", "techniques", "names"),
        optional=(
            "spelling",
            "light",
            "fillers",
            "negators",
            "not_negating",
            "clauses",
            "stop_words",
            "apologies",
            "example_call",
        ),
    )
    spelling = _spelling(keys.get("spelling"))
    classes = {name: _class(entry, spelling) for name, entry in keys["words"].mapping().items()}
    reader = PatternReader(spelling, classes)
    clauses = keys["clauses"].mapping(required=("starts", "glue")) if "clauses" in keys else {}
    call = _example_call(keys.get("example_call"))
    patterns, examples = _techniques(keys["techniques"], reader, call)
    return Phrasebook(
        language=keys["language"].text(),
        spelling=spelling,
        classes=classes,
        light=_word_set(keys.get("light")),
        fillers=_word_set(keys.get("fillers")),
        negators=_class(keys["negators"], spelling) if "negators" in keys else Leaf(),
        not_negating=_class(keys["not_negating"], spelling) if "not_negating" in keys else Leaf(),
        clause_starts=_class(clauses["starts"], spelling) if clauses else Leaf(),
        clause_glue=_word_set(clauses.get("glue")),
        stop_words=_word_set(keys.get("stop_words")),
        apologies=_class(keys["apologies"], spelling) if "apologies" in keys else Leaf(),
        names=_names(keys["names"], spelling),
        patterns=patterns,
        examples=examples,
    )


def _word_set(entry: Located | None) -> frozenset[str]:
    return frozenset(normalised(text) for text in entry.texts()) if entry is not None else frozenset()


def _phrases(entry: Located | None) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(normalised(text).split()) for text in entry.texts()) if entry is not None else ()


def _spelling(entry: Located | None) -> Spelling:
    if entry is None:
        return Spelling({})
    keys = entry.mapping(optional=("contractions", "endings"))
    pairs = [
        {normalised(short): tuple(_maybe_empty(full)) for short, full in keys[key].mapping().items()}
        if key in keys
        else {}
        for key in ("contractions", "endings")
    ]
    return Spelling(pairs[0], tuple(pairs[1].items()))


def _maybe_empty(entry: Located) -> list[str]:
    if not isinstance(entry.value, str):
        raise entry.mistake("should be a text")
    return normalised(entry.value).split()


def _class(entry: Located, spelling: Spelling) -> Leaf:
    items = entry.items()
    try:
        return read_class([item.text() for item in items], spelling)
    except PatternError as error:
        for item in items:
            try:
                read_class([item.text()], spelling)
            except PatternError:
                raise item.mistake(str(error)) from None
        raise entry.mistake(str(error)) from None


def _techniques(
    entry: Located, reader: PatternReader, call: ReplyContext
) -> tuple[dict[str, tuple[Pattern, ...]], tuple[Example, ...]]:
    patterns: dict[str, tuple[Pattern, ...]] = {}
    examples: list[Example] = []
    for technique, body in entry.mapping().items():
        if technique not in WORD_TECHNIQUES:
            raise body.mistake(f"is not a technique heard in words; known: {', '.join(WORD_TECHNIQUES)}")
        keys = body.mapping(required=("examples", "counter_examples"), optional=("patterns", "unless"))
        shared = tuple(_node(item, reader) for item in keys["unless"].items()) if "unless" in keys else ()
        if "patterns" in keys:
            if technique in COUNTED:
                raise keys["patterns"].mistake("is found by counting or by names, not by patterns")
            patterns[technique] = tuple(_pattern(item, reader, shared) for item in keys["patterns"].items())
        for key, present in (("examples", True), ("counter_examples", False)):
            examples += [_example(item, technique, present, call) for item in keys[key].items()]
    return patterns, tuple(examples)


def _node(entry: Located, reader: PatternReader) -> Node:
    try:
        return reader.read(entry.text())
    except PatternError as error:
        raise entry.mistake(f"the pattern '{entry.value}' {error}") from None


def _pattern(entry: Located, reader: PatternReader, shared: tuple[Node, ...]) -> Pattern:
    if isinstance(entry.value, str):
        return Pattern(_node(entry, reader), shared, (), False, entry)
    keys = entry.mapping(required=("match",), optional=("unless", "negated_too"))
    own = tuple(_node(item, reader) for item in keys["unless"].items()) if "unless" in keys else ()
    negated_too = keys["negated_too"].flag() if "negated_too" in keys else False
    return Pattern(_node(keys["match"], reader), shared, own, negated_too, entry)


def _example(entry: Located, technique: str, present: bool, call: ReplyContext) -> Example:
    if isinstance(entry.value, str):
        return Example(entry.text(), technique, present, call, entry)
    keys = entry.mapping(
        required=("text",), optional=("line", "facts", "title", "first_name", "last_name", "agent_name", "demand")
    )
    return Example(keys["text"].text(), technique, present, _call_from(keys, call), entry)


def _example_call(entry: Located | None) -> ReplyContext:
    if entry is None:
        return ReplyContext()
    keys = entry.mapping(optional=("line", "facts", "title", "first_name", "last_name", "agent_name", "demand"))
    return _call_from(keys, ReplyContext())


def _call_from(keys: Mapping[str, Located], base: ReplyContext) -> ReplyContext:
    def given(key: str, otherwise: str) -> str:
        return keys[key].text() if key in keys else otherwise

    return ReplyContext(
        customer_title=given("title", base.customer_title),
        customer_first_name=given("first_name", base.customer_first_name),
        customer_name=given("last_name", base.customer_name),
        agent_name=given("agent_name", base.agent_name),
        line=given("line", base.line),
        facts=keys["facts"].texts() if "facts" in keys else base.facts,
        demand=given("demand", base.demand),
    )


def _names(entry: Located, spelling: Spelling) -> NameWords:
    keys = entry.mapping(
        required=("female_titles", "male_titles"),
        optional=(
            "title_follows",
            "before_others",
            "after_others",
            "asking",
            "introducing",
            "beside_address",
            "roles",
            "referring",
            "first_names",
            "cases",
            "sounds",
            "surnames",
            "surname_endings",
            "oblique",
            "vocative_titles",
            "called",
            "ranks",
        ),
    )
    return NameWords(
        female_titles=_word_set(keys["female_titles"]),
        male_titles=_word_set(keys["male_titles"]),
        title_follows=keys["title_follows"].flag() if "title_follows" in keys else False,
        before_others=_word_set(keys.get("before_others")),
        after_others=_word_set(keys.get("after_others")),
        asking=_phrases(keys.get("asking")),
        introducing=_phrases(keys.get("introducing")),
        beside_address=_word_set(keys.get("beside_address")),
        roles=_word_set(keys.get("roles")),
        referring=_word_set(keys.get("referring")),
        first_names=_name_forms(keys.get("first_names"), spelling),
        cases=_pairs(keys.get("cases")),
        sounds=_pairs(keys.get("sounds")),
        surnames=_name_forms(keys.get("surnames"), spelling),
        surname_endings=tuple(sorted(_word_set(keys.get("surname_endings")))),
        oblique=_pairs(keys.get("oblique")),
        vocative_titles=_word_set(keys.get("vocative_titles")),
        called=_phrases(keys.get("called")),
        ranks=_word_set(keys.get("ranks")),
    )


def _name_forms(entry: Located | None, spelling: Spelling) -> frozenset[str]:
    """Names with their endings spelt out: `ann(a|o|y)`."""
    return frozenset() if entry is None else _class(entry, spelling).words


def _pairs(entry: Located | None) -> tuple[tuple[str, str], ...]:
    """A list of [old, new], each maybe empty."""
    if entry is None:
        return ()
    pairs: list[tuple[str, str]] = []
    for item in entry.items():
        values = [part.value for part in item.items()]
        if len(values) != 2 or not all(isinstance(value, str) for value in values):
            raise item.mistake("should be a pair of texts")
        pairs.append((normalised(str(values[0])), normalised(str(values[1]))))
    return tuple(pairs)
