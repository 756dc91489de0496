"""Replies with names in them, made by lot: whose names they are is known of every word."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz.distance import Indel

from simulator.wording.context import ReplyContext
from wording_training.name_forms import Forms, female_surname, forms_of, male_surname
from wording_training.name_roles import CASE_OF_ROLE, ROLES

NOBODY, OWN, WRONG = 0, 1, 2
TITLES = {
    "en": {True: ("Ms", "Mrs", "Miss", "Ms", "Mrs", "Dr"), False: ("Mr", "Mr", "Mr", "Mr", "Dr")},
    "pl": {True: ("pani",), False: ("pan",)},
    "uk": {True: ("пані",), False: ("пан",)},
    "hu": {True: ("asszony",), False: ("úr",)},
}
TITLE_CASES = {
    "pani": "pani pani pani panią panią pani pani",
    "pan": "pan pana panu pana panem panu panie",
    "пані": "пані пані пані пані пані пані пані",
    "пан": "пан пана панові пана паном панові пане",
    "asszony": "asszony asszonytól asszonynak asszonyt asszonnyal asszony asszony",
    "úr": "úr úrtól úrnak urat úrral úr úr",
}
SPOKEN = {
    "Mr": ("mister", "mister", "Mr."),
    "Mrs": ("missus", "Mrs."),
    "Ms": ("miz", "Ms."),
    "Miss": ("miss",),
    "Dr": ("doctor",),
}
CALLED_SHORT = 0.15
NAMED_ALIKE, LOOKED_AT_FOR_ALIKE, MADE_UP = 0.3, 300, 0.15
RELATED, RANKED, MISTITLED = 0.5, 0.03, 0.04
_GAP = re.compile(r"\{(\w)\}")

# A word of a reply and, where it is part of a name, whose.
Word = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Person:
    title: str
    first_name: str
    surname: str
    female: bool


@dataclass(frozen=True, slots=True)
class NamedReply:
    words: tuple[Word, ...]
    context: ReplyContext


class Frames:
    """The sentences and names of one language, from its file; `plain` are replies without names."""

    def __init__(
        self, language: str, path: Path, plain: Sequence[str], called: Sequence[Sequence[str]], ranks: Iterable[str]
    ) -> None:
        self.language = language
        self.sections: dict[str, list[str]] = {}
        section: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                section = self.sections.setdefault(line.strip("[]"), [])
            elif line.strip() and not line.startswith("#"):
                section.append(line.strip())
        self.first_names = {f: " ".join(self.sections[k]).split() for f, k in ((True, "female"), (False, "male"))}
        self.surnames = " ".join(self.sections["surnames"]).split()
        self.plain = plain
        self.called = called
        self.ranks = sorted(ranks)
        self.roles = [text for text in plain if ROLES[language].search(text)]


class ReplyMaker:
    """Makes replies, the same from the same `chance`."""

    def __init__(self, frames: Frames, chance: random.Random) -> None:
        self._frames = frames
        self._chance = chance
        self._language = frames.language

    def replies(self, count: int) -> Iterator[NamedReply]:
        makers = (
            (self._addressed, 24),
            (self._inserted, 24),
            (self._spoken_about, 20),
            (self._role_named, 14),
            (self._both, 8),
            (self._agent, 5),
            (self._slip, 5),
            (self._nobody, 10),
            (self._namesake, 6),
            (self._same, 7),
        )
        kinds, shares = zip(*makers, strict=True)
        for _ in range(count):
            self._customer = self._person()
            self._agent_name = self._chance.choice(self._frames.first_names[self._chance.random() < 0.5])
            words = self._chance.choices(kinds, shares)[0]()
            yield NamedReply(tuple(words), self._context())

    def _context(self) -> ReplyContext:
        who = self._customer
        return ReplyContext(who.title, who.first_name, who.surname, agent_name=self._agent_name)

    def _person(self) -> Person:
        female = self._chance.random() < 0.5
        surname = self._chance.choice(self._frames.surnames)
        title = self._chance.choice(TITLES[self._language][female])
        if female:
            surname = female_surname(surname, self._language)
            if self._language == "hu" and self._chance.random() < 0.1:
                surname = re.sub("a$", "á", re.sub("e$", "é", surname)) + "né"
        return Person(title, self._chance.choice(self._frames.first_names[female]), surname, female)

    def _other_person(self, *, same_kind: bool) -> Person:
        """Not the customer; now and then somebody of nearly the same name."""
        found = self._person()
        for _ in range(20):
            if found.female == self._customer.female or not same_kind:
                break
            found = self._person()
        if self._chance.random() < NAMED_ALIKE:
            near = self._near(self._customer.surname, self._frames.surnames)
            found = replace(found, surname=female_surname(near, self._language) if found.female else near)
        if found.female == self._customer.female and self._chance.random() < NAMED_ALIKE:
            names = self._frames.first_names[found.female]
            found = replace(found, first_name=self._near(self._customer.first_name, names))
        if found.surname == self._customer.surname or found.first_name == self._customer.first_name:
            return self._other_person(same_kind=same_kind)
        return found

    def _of_other_gender(self) -> Person:
        """The customer's own surname with the other title: the husband, or the customer mistaken for him."""
        female = not self._customer.female
        title = self._chance.choice(TITLES[self._language][female])
        surname = (female_surname if female else male_surname)(self._customer.surname, self._language)
        return Person(title, self._chance.choice(self._frames.first_names[female]), surname, female)

    def _near(self, own: str, names: Sequence[str]) -> str:
        """A name that is easily taken for one's own."""
        if self._chance.random() < MADE_UP:
            at = self._chance.randrange(len(own))
            letter = self._chance.choice("".join(names).lower())
            made = (own[:at] + letter + own[at + 1 :]).capitalize()
            return made if made != own else f"{own[0]}{own}".capitalize()
        some = self._chance.sample(names, min(LOOKED_AT_FOR_ALIKE, len(names)))
        likest = sorted(some, key=lambda name: -Indel.normalized_similarity(name, own))
        return next(name for name in likest if name != own)

    def _forms(self, name: str, female: bool, surname: bool) -> Forms:
        parts = [forms_of(part, self._language, female=female, surname=surname) for part in name.split("-")]
        return {case: "-".join(part[case] for part in parts) for case in parts[0]}

    def _named(self, who: Person, gap: str, kind: int) -> list[Word]:
        """The words of one gap: a title with a name, or a first name alone, in the case of the gap."""
        case = gap.upper() if gap.upper() in "NGDAILV" else "N"
        if self._chance.random() < CALLED_SHORT:
            groups = [group for group in self._frames.called if who.first_name.lower() == group[0]]
            if groups:
                who = replace(who, first_name=self._chance.choice(groups[0]).capitalize())
        first = self._forms(who.first_name, who.female, surname=False)
        last = self._forms(who.surname, who.female, surname=True)
        if gap.islower():
            return [(first[case], kind)]
        if self._language == "en":
            return self._english(who, kind)
        if self._language == "hu":
            return self._hungarian(who, case, kind)
        titles = dict(zip("NGDAILV", TITLE_CASES[who.title].split(), strict=True))
        names = self._slavic(case, first, last, who)
        rank = [(self._chance.choice(self._frames.ranks), NOBODY)] if self._chance.random() < RANKED else []
        return [(titles[case], NOBODY), *rank, *((name, kind) for name in names)]

    def _slavic(self, case: str, first: Forms, last: Forms, who: Person) -> list[str]:
        kind = self._chance.random()
        if case == "V" and not who.female and self._chance.random() < 0.5:
            last = {**last, "V": last["N"]}
        if kind < 0.12:
            return [first[case], last[case]]
        return [first[case]] if kind < (0.55 if case == "V" else 0.3) else [last[case]]

    def _english(self, who: Person, kind: int) -> list[Word]:
        title = who.title
        if self._chance.random() < 0.12:
            title = self._chance.choice(SPOKEN[title])
        lot = self._chance.random()
        if lot < 0.62:
            return [(title, NOBODY), (who.surname, kind)]
        if lot < 0.7:
            return [(title, NOBODY), (who.first_name, kind), (who.surname, kind)]
        if lot < 0.75:
            return [(who.first_name, kind), (who.surname, kind)]
        return [(title, NOBODY), (who.first_name, kind)] if lot < 0.78 else [(who.first_name, kind)]

    def _hungarian(self, who: Person, case: str, kind: int) -> list[Word]:
        title = dict(zip("NGDAILV", TITLE_CASES[who.title].split(), strict=True))[case]
        lot = self._chance.random()
        if who.surname.endswith("né") and lot < 0.5:
            return [(self._forms(who.surname, False, surname=True)[case], kind)]
        if lot < 0.7:
            rank = [(self._chance.choice(self._frames.ranks), NOBODY)] if self._chance.random() < RANKED else []
            if rank and self._chance.random() < 0.5:
                return [*rank, (title, NOBODY)]
            if self._chance.random() < RANKED:
                title = "néni" if who.female else "bácsi"
            return [(who.surname, kind), *rank, (title, NOBODY)]
        if lot < 0.77:
            return [(who.surname, kind), (who.first_name, kind), (title, NOBODY)]
        first = self._forms(who.first_name, who.female, surname=False)[case]
        if lot < 0.87:
            return [(who.surname, kind), (first, kind)]
        return [(first, kind)] if lot < 0.96 else [(who.first_name, kind), (title, NOBODY)]

    def _fill(self, frame: str, kind: int, who: Person) -> list[Word]:
        words: list[Word] = []
        named_before = False
        for piece in frame.split():
            gap = _GAP.search(piece)
            if not gap:
                words.append((piece, NOBODY))
                continue
            who = self._other_person(same_kind=False) if named_before else who
            named_before = True
            named = self._named(who, gap.group(1), kind)
            before, after = piece[: gap.start()], piece[gap.end() :]
            named[0] = (before + named[0][0], named[0][1])
            named[-1] = (named[-1][0] + after, named[-1][1])
            words += named
        word, of = words[0]
        words[0] = (word[:1].upper() + word[1:] if frame[0].isupper() or frame[0] == "{" else word, of)
        return words

    def _whom(self) -> tuple[int, Person]:
        if self._chance.random() < 0.5:
            return OWN, self._customer
        if self._chance.random() < MISTITLED:
            return WRONG, self._of_other_gender()
        return WRONG, self._other_person(same_kind=self._chance.random() < 0.9)

    def _frame(self, section: str) -> str:
        return self._chance.choice(self._frames.sections[section])

    def _plain(self, share: float = 1.0) -> list[Word]:
        if self._chance.random() >= share:
            return []
        return [(word, NOBODY) for word in self._chance.choice(self._frames.plain).split()]

    def _addressed(self) -> list[Word]:
        kind, who = self._whom()
        return [*self._plain(0.25), *self._fill(self._frame("address"), kind, who), *self._plain(0.4)]

    def _spoken_about(self) -> list[Word]:
        who = self._customer if self._chance.random() < 0.06 else self._other_person(same_kind=False)
        return [*self._plain(0.25), *self._fill(self._frame("other"), NOBODY, who), *self._plain(0.3)]

    def _both(self) -> list[Word]:
        kind, who = self._whom()
        other = self._fill(self._frame("other"), NOBODY, self._other_person(same_kind=False))
        if self._chance.random() < 0.4:
            address = self._fill(self._frame("address"), kind, who)
            return [*address, *other] if self._chance.random() < 0.5 else [*other, *address]
        return self._with_address(other, kind, who)

    def _agent(self) -> list[Word]:
        agent = replace(self._other_person(same_kind=False), first_name=self._agent_name)
        words = self._fill(self._frame("agent"), NOBODY, agent)
        if self._chance.random() < 0.5:
            kind, who = self._whom()
            words += self._fill(self._frame("address"), kind, who)
        return words + self._plain(0.3)

    def _slip(self) -> list[Word]:
        other = self._other_person(same_kind=True)
        frame = self._frame("slip")
        first, second = frame.split("{O}")
        case = "N" if self._language in ("en", "hu") else "V"
        words = self._fill(first.replace("{W}", f"{{{case}}}"), WRONG, other)
        words += self._fill(f"{{{case}}}" + second, OWN, self._customer)
        return words + self._plain(0.4)

    def _nobody(self) -> list[Word]:
        return self._plain() + self._plain(0.5)

    def _namesake(self) -> list[Word]:
        """A reply with a word that is the customer's name as well, and means nobody ("hope you don't mind")."""
        words = self._plain()
        said = [re.sub(r"\W+$", "", word) for word, _ in words]
        able = [word for word in said if len(word) > 3 and word.isalpha()]
        if able:
            name = self._chance.choice(able).capitalize()
            first = self._chance.random() < 0.4
            self._customer = replace(self._customer, **{"first_name" if first else "surname": name})
        if self._chance.random() < 0.4:
            return self._with_address(words, *self._whom())
        return words

    def _same(self) -> list[Word]:
        """The customer's own name, and not as an address."""
        frame = self._frame("same")
        for gap, name in (("{s}", self._customer.surname), ("{f}", self._customer.first_name)):
            frame = frame.replace(gap, name)
        who = self._customer
        if self._chance.random() < RELATED:
            who = self._of_other_gender()
            frame = self._frame("other")
        words = [*self._plain(0.25), *self._fill(frame, NOBODY, who), *self._plain(0.3)]
        return self._with_address(words, *self._whom()) if self._chance.random() < 0.25 else words

    def _role_named(self) -> list[Word]:
        """A third person of a plain reply by name."""
        if not self._frames.roles:
            return self._nobody()
        text = self._chance.choice(self._frames.roles)
        found = self._chance.choice(list(ROLES[self._language].finditer(text)))
        case, keep = CASE_OF_ROLE.get(found.group("role").lower(), "N"), self._chance.random()
        before, after = text[: found.start()].split(), text[found.end() :]
        person = self._other_person(same_kind=False)
        who = self._named(person, case, NOBODY)
        if keep < 0.4:
            comma = "," if keep < 0.2 else ""
            before += [*found.group().split()[:-1], found.group().split()[-1] + comma]
            who[-1] = (who[-1][0] + comma, NOBODY)
        who[-1] = (who[-1][0] + (re.match(r"\S*", after) or [""])[0], NOBODY)
        words = [*((word, NOBODY) for word in before), *who]
        words += [(word, NOBODY) for word in re.sub(r"^\S*", "", after).split()]
        if self._chance.random() < 0.25:
            return self._with_address(words, *self._whom())
        return words

    def _inserted(self) -> list[Word]:
        kind, who = self._whom()
        words = self._plain() + self._plain(0.3)
        return self._with_address(words, kind, who)

    def _with_address(self, words: list[Word], kind: int, who: Person) -> list[Word]:
        """An address put in at the beginning, at a comma, or at the end of a sentence."""
        case = "N" if self._language in ("en", "hu") else "V"
        gap = case.lower() if self._chance.random() < 0.15 else case
        name = self._named(who, gap, kind)
        places = [at for at, (word, _) in enumerate(words, 1) if word[-1] in ",.?!"]
        lot = self._chance.random()
        if lot < 0.3 or not places:
            head = [*name[:-1], (name[-1][0] + self._chance.choice((",", ",", ",", ".", "")), name[-1][1])]
            head[0] = (head[0][0][:1].upper() + head[0][0][1:], head[0][1])
            return [*head, (words[0][0][:1].lower() + words[0][0][1:], words[0][1]), *words[1:]]
        at = places[-1] if lot > 0.8 else self._chance.choice(places)
        ending, comma = words[at - 1][0][-1], "," if self._chance.random() < 0.8 else ""
        before = (words[at - 1][0][:-1] + comma, words[at - 1][1])
        put = [*name[:-1], (name[-1][0] + ending, name[-1][1])]
        return [*words[: at - 1], before, *put, *words[at:]]
