"""What a poor recogniser makes of a sentence: a documented, seeded source of word errors for four languages.

Each word is hit with the probability `rate`. Of the hits, 60 % replace the word by one that sounds close (one or two
letters exchanged within a group of sounds that recognisers confuse, a letter dropped or doubled, or the word split in
two), 25 % delete it and 15 % put a short word before it. The result is lower case without punctuation, as recognisers
write. Unlike a recogniser, which writes dictionary words, this mostly makes words that do not exist.

Names are hit like all other words. At `rate` 0.2 one word in twenty vanishes and about one in eight is changed: in
1 to 9 % of replies that say a name once nothing is left of it, which nobody could hear, and where it is said three
times one of these is missing in 5 to 25 %.
"""

from __future__ import annotations

import random
import re
import unicodedata

SUBSTITUTED, DELETED = 0.60, 0.25
SPLIT, DROPPED = 0.12, 0.2

CONFUSED: dict[str, tuple[str, ...]] = {
    "en": ("aeiou", "bp", "dt", "gk", "ckq", "sz", "vwf", "mn", "lr", "iy", "ou", "th", "jg", "ao", "ei"),
    "pl": ("aą", "eę", "oóu", "bp", "dt", "gk", "sśz", "cćs", "wf", "mn", "lł", "iy", "nń", "zżź", "ei", "ao"),
    "uk": ("ао", "еи", "иі", "ії", "бп", "дт", "гґх", "сз", "шщ", "вф", "мн", "лр", "уо", "єе", "яа", "цч"),
    "hu": ("aá", "eé", "ií", "oó", "öőo", "uúü", "bp", "dt", "gk", "sz", "vf", "mn", "lr", "eö", "ai"),
}
INSERTED: dict[str, tuple[str, ...]] = {
    "en": ("the", "a", "and", "to", "in", "it", "of", "uh", "that"),
    "pl": ("i", "a", "to", "w", "na", "no", "że", "się"),
    "uk": ("і", "а", "то", "в", "на", "ну", "це", "що"),
    "hu": ("a", "az", "és", "ez", "hogy", "is", "na", "nem"),
}


def noised(text: str, rate: float, language: str, seed: int) -> str:
    """`text` with about `rate` word errors (0 to 1). The same arguments give the same words."""
    chance = random.Random(f"{seed}/{rate}/{text}")
    heard: list[str] = []
    for word in bare(text).split():
        if chance.random() >= rate:
            heard.append(word)
            continue
        kind = chance.random()
        if kind < SUBSTITUTED:
            heard.append(_sounds_like(word, language, chance))
        elif kind >= SUBSTITUTED + DELETED:
            heard += [chance.choice(INSERTED[language]), word]
    return " ".join(heard)


def bare(text: str) -> str:
    """As a recogniser writes: lower case, no punctuation but the apostrophe inside words."""
    lowered = unicodedata.normalize("NFC", text).lower().replace("’", "'")
    return re.sub(r"\s+", " ", re.sub(r"[^\w' ]+", " ", lowered)).strip()


def _sounds_like(word: str, language: str, chance: random.Random) -> str:
    if len(word) > 5 and chance.random() < SPLIT:
        at = chance.randrange(2, len(word) - 2)
        return f"{word[:at]} {word[at:]}"
    letters = list(word)
    for _ in range(1 if len(word) < 5 else chance.choice((1, 2))):
        at = chance.randrange(len(letters))
        groups = [group for group in CONFUSED[language] if letters[at] in group]
        if groups and not (len(letters) > 3 and chance.random() < DROPPED):
            others = [letter for letter in chance.choice(groups) if letter != letters[at]]
            letters[at] = chance.choice(others) if others else letters[at]
        elif len(letters) > 2:
            del letters[at]
        else:
            letters[at] = letters[at] * 2
    changed = "".join(letters)
    return changed if changed != word else f"{word}{word[-1]}"
