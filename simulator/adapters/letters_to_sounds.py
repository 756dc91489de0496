"""A pronunciation for a name that the dictionary does not have: English readings of the letters, in ARPAbet."""

from __future__ import annotations

import unicodedata

# Longest first at each place. Slavic and Hungarian digraphs are read as an English agent would say the name.
_READINGS = {
    "iewsk": "EH F S K", "ewsk": "EH F S K", "owsk": "AO F S K", "awsk": "AA F S K",
    "tsch": "CH", "sch": "SH", "szcz": "SH CH", "shch": "SH CH", "dzs": "JH", "eaux": "OW", "ough": "AO",
    "sz": "SH", "cz": "CH", "rz": "ZH", "ch": "CH", "sh": "SH", "zh": "ZH", "th": "TH", "ph": "F", "gh": "G",
    "ck": "K", "qu": "K W", "wh": "W", "kn": "N", "wr": "R", "ng": "NG", "gy": "G Y", "ny": "N Y", "ty": "T Y",
    "ee": "IY", "ea": "IY", "oo": "UW", "ou": "AW", "ow": "OW", "oa": "OW", "oi": "OY", "oy": "OY", "ai": "EY",
    "ay": "EY", "ei": "AY", "ey": "IY", "au": "AO", "aw": "AO", "ie": "IY", "eu": "Y UW", "ew": "Y UW",
    "er": "ER", "ir": "ER", "ur": "ER", "ar": "AA R", "or": "AO R",
    "a": "AA", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH", "j": "Y", "k": "K",
    "l": "L", "m": "M", "n": "N", "o": "OW", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T", "u": "UW", "v": "V",
    "w": "W", "x": "K S", "y": "IY", "z": "Z",
}  # fmt: skip
_LONGEST = max(map(len, _READINGS))
_WITHOUT_MARKS = str.maketrans(
    {"ł": "w", "ø": "o", "đ": "d", "ß": "ss", "æ": "ai", "ś": "sh", "š": "sh", "ć": "ch", "č": "ch"}
    | {"ż": "zh", "ź": "zh", "ž": "zh"}
)


def sounds_of(word: str) -> str:
    """Phones separated by spaces; a word without one readable letter is a single vowel, so that it is never empty."""
    plain = unicodedata.normalize("NFD", word.lower().translate(_WITHOUT_MARKS))
    letters = "".join(char for char in plain if "a" <= char <= "z")
    phones: list[str] = []
    at = 0
    while at < len(letters):
        for length in range(min(_LONGEST, len(letters) - at), 0, -1):
            reading = _READINGS.get(letters[at : at + length])
            if reading is not None:
                doubled = phones and length == 1 and letters[at - 1] == letters[at]
                phones += [] if doubled else reading.split()
                at += length
                break
    if len(phones) > 1 and phones[-1] == "IH":
        phones[-1] = "IY"
    return " ".join(phones) or "AH"
