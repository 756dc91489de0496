"""The cases of names, as well as the training of the judge of names needs them: near, not perfect."""

from __future__ import annotations

CASES = "NGDAILV"

Forms = dict[str, str]


def forms_of(name: str, language: str, *, female: bool, surname: bool) -> Forms:
    """The name in each of `CASES`; where a language has no such case, as it is."""
    if language == "pl":
        return _polish(name, female, surname)
    if language == "uk":
        return _ukrainian(name, female, surname)
    if language == "hu":
        return _hungarian(name)
    return dict.fromkeys(CASES, name)


def female_surname(name: str, language: str) -> str:
    """A man's surname as a woman bears it."""
    if language == "pl" and name.endswith(("ski", "cki", "dzki")):
        return name[:-1] + "a"
    if language == "pl" and name.endswith("ny") and len(name) > 5:
        return name[:-1] + "a"
    if language == "uk" and name.endswith("ий"):
        return name[:-2] + "а"
    if language == "uk" and name.endswith(("нов", "ров", "єв", "цов")):
        return name + "а"
    return name


def male_surname(name: str, language: str) -> str:
    """A woman's surname as a man bears it, where the ending tells it."""
    if language == "pl" and name.endswith(("ska", "cka", "dzka")):
        return name[:-1] + "i"
    if language == "uk" and name.endswith(("ська", "цька", "зька")):
        return name[:-1] + "ий"
    return name.removesuffix("né") if language == "hu" else name


def _forms(*endings: str) -> Forms:
    return dict(zip(CASES, endings, strict=True))


def _polish(name: str, female: bool, surname: bool) -> Forms:
    if surname and name.endswith(("ska", "cka", "dzka", "zna", "lna")) and female:
        stem = name[:-1]
        i = "i" if name.endswith("ka") else ""
        return _forms(name, f"{stem}{i}ej", f"{stem}{i}ej", f"{stem}ą", f"{stem}ą", f"{stem}{i}ej", name)
    if name.endswith("a"):
        return _polish_in_a(name)
    if female:
        return dict.fromkeys(CASES, name)
    if name.endswith(("i", "y")):
        stem = name if name.endswith("i") else name[:-1]
        m = "m" if name.endswith("i") else "ym"
        return _forms(name, f"{stem}ego", f"{stem}emu", f"{stem}ego", stem + m, stem + m, name)
    if name.endswith(("o", "e", "u")):
        return dict.fromkeys(CASES, name)
    return _polish_masculine(name)


def _polish_in_a(name: str) -> Forms:
    stem, last = name[:-1], name[-2]
    soft = name.endswith(("sia", "zia", "cia", "nia")) and len(name) < 8
    if soft:
        return _forms(name, stem, stem, f"{stem}ę", f"{stem}ą", stem, f"{stem}u")
    if last in "ijl":
        end = "u" if last == "l" and len(name) < 5 else "o"
        return _forms(name, f"{stem}i", f"{stem}i", f"{stem}ę", f"{stem}ą", f"{stem}i", stem + end)
    dative = {"k": "ce", "g": "dze", "t": "cie", "d": "dzie", "r": "rze", "ł": "le"}.get(last)
    locative = stem[:-1] + dative if dative else f"{stem}ie"
    genitive = f"{stem}i" if last in "kg" else f"{stem}y"
    return _forms(name, genitive, locative, f"{stem}ę", f"{stem}ą", locative, f"{stem}o")


def _polish_masculine(name: str) -> Forms:
    stem = name
    for old, new in (("ek", "k"), ("iec", "c"), ("ec", "c"), ("weł", "wł"), ("bel", "bl"), ("ień", "ń"), ("ąb", "ęb")):
        if name.endswith(old) and len(name) > 3:
            stem = name[: -len(old)] + new
    soft = {"ń": "ni", "ś": "si", "ć": "ci", "ź": "zi"}.get(stem[-1])
    base = stem[:-1] + soft if soft else stem + "i" * stem.endswith("ęb")
    instrumental = f"{base}iem" if stem.endswith(("k", "g")) else f"{base}em"
    return _forms(
        name,
        f"{base}a",
        f"{base}owi",
        f"{base}a",
        instrumental,
        _polish_vocative(stem, base),
        _polish_vocative(stem, base),
    )


def _polish_vocative(stem: str, base: str) -> str:
    if base != stem or stem.endswith(("k", "g", "ch", "h", "sz", "cz", "rz", "ż", "l", "j", "c", "dz")):
        return f"{base}u"
    changed = {"t": "cie", "d": "dzie", "r": "rze", "ł": "le"}.get(stem[-1])
    return stem[:-1] + changed if changed else f"{stem}ie"


def _ukrainian(name: str, female: bool, surname: bool) -> Forms:
    stem = name[:-1]
    if surname and female and name.endswith(("ська", "цька", "ова", "єва", "на", "ла")):
        return _forms(name, f"{stem}ої", f"{stem}ій", f"{stem}у", f"{stem}ою", f"{stem}ій", name)
    if name.endswith("а"):
        dative = {"к": "ц", "г": "з", "х": "с"}.get(stem[-1], stem[-1])
        locative = f"{stem[:-1]}{dative}і"
        return _forms(name, f"{stem}и", locative, f"{stem}у", f"{stem}ою", locative, f"{stem}о")
    if name.endswith("ія"):
        return _forms(name, f"{stem}ї", f"{stem}ї", f"{stem}ю", f"{stem}єю", f"{stem}ї", f"{stem}є")
    if name.endswith("я"):
        return _forms(name, f"{stem}і", f"{stem}і", f"{stem}ю", f"{stem}ею", f"{stem}і", f"{stem}ю")
    if female:
        return dict.fromkeys(CASES, name)
    return _ukrainian_masculine(name, surname)


def _ukrainian_masculine(name: str, surname: bool) -> Forms:
    stem = name[:-1]
    if name.endswith("ий"):
        bare = name[:-2]
        return _forms(name, f"{bare}ого", f"{bare}ому", f"{bare}ого", f"{bare}им", f"{bare}ому", name)
    if name.endswith("о"):
        vocative = f"{stem}у" if surname or stem.endswith("к") else f"{stem}е"
        return _forms(name, f"{stem}а", f"{stem}у", f"{stem}а", f"{stem}ом", f"{stem}ові", vocative)
    if name.endswith("ець"):
        stem = name[:-3] + "ц"
        return _forms(name, f"{stem}я", f"{stem}ю", f"{stem}я", f"{stem}ем", f"{stem}еві", f"{stem}ю")
    if name.endswith("й"):
        return _forms(name, f"{stem}я", f"{stem}ю", f"{stem}я", f"{stem}єм", f"{stem}єві", f"{stem}ю")
    if name.endswith(("ь", "ор", "ар")):
        stem = stem if name.endswith("ь") else name
        return _forms(name, f"{stem}я", f"{stem}ю", f"{stem}я", f"{stem}ем", f"{stem}еві", f"{stem}ю")
    if name.endswith("ія") or not name.endswith(tuple("бвгдзклмнпрстфхцчшщ")):
        return dict.fromkeys(CASES, name)
    vocative = f"{name}у" if name.endswith(("к", "г", "х", "ч", "ш")) else f"{name}е"
    return _forms(name, f"{name}а", f"{name}у", f"{name}а", f"{name}ом", f"{name}ові", vocative)


def _hungarian(name: str) -> Forms:
    """G is -tól/-től here."""
    low = name.lower()
    back = any(letter in low for letter in "aáoóuú")
    mid = "a" if back else "e"
    base = name[:-1] + {"a": "á", "e": "é"}.get(name[-1], name[-1])
    vowel = name[-1] in "aáeéiíoóöőuúüű"
    accusative = f"{base}t" if vowel or name[-1] in "nlrszjy" else f"{base}{'o' if back else 'e'}t"
    doubled = {"sz": "ssz", "zs": "zzs", "gy": "ggy", "cs": "ccs", "ny": "nny", "ly": "lly"}.get(name[-2:])
    if vowel:
        with_it = f"{base}v{mid}l"
    elif doubled:
        with_it = f"{name[:-2]}{doubled}{mid}l"
    else:
        with_it = f"{name}{name[-1]}{mid}l"
    return _forms(name, f"{base}t{'ó' if back else 'ő'}l", f"{base}n{mid}k", accusative, with_it, name, name)
