"""Who third persons are in plain replies, by language: words that a name can take the place of, and their cases."""

from __future__ import annotations

import re

_FORMS = {
    "en": {
        "N": "driver courier technician engineer manager supervisor colleague neighbour husband wife mother father "
        "landlord boss plumber nurse doctor surgeon mechanic receptionist cleaner teacher agent adviser guy lady man "
        "woman girl chap fella lad foreman electrician fitter consultant warehouse depot"
    },
    "pl": {
        "N": "kurier technik kierownik kierowniczka kierowca kolega koleżanka serwisant monter lekarz sąsiad sąsiadka "
        "mąż żona szef szefowa dyrektor konsultant konsultantka pracownik mechanik hydraulik magazynier",
        "G": "kuriera technika kierownika kierowniczki kierowcy kolegi koleżanki serwisanta montera sąsiada sąsiadki",
        "D": "kurierowi technikowi kierownikowi kierowniczce koledze koleżance serwisantowi sąsiadowi mechanikowi",
        "A": "kolegę koleżankę kierowniczkę sąsiadkę",
        "I": "kurierem technikiem kierownikiem kierowniczką kierowcą kolegą koleżanką serwisantem sąsiadem mechanikiem",
    },
    "uk": {
        "N": "кур'єр технік керівник керівниця водій колега майстер монтер лікар сусід сусідка чоловік дружина "
        "начальник директор менеджер працівник механік сантехнік комірник адміністратор оператор",
        "G": "кур'єра техніка керівника керівниці водія колеги майстра лікаря сусіда сусідки начальника менеджера",
        "D": "кур'єру керівнику керівникові колезі майстру водієві сусідові техніку",
        "A": "колегу керівницю сусідку",
        "I": "кур'єром техніком керівником керівницею водієм колегою майстром сусідом",
    },
    "hu": {
        "N": "futár szerelő technikus vezető vezetőm vezetőnk kollégám kollégánk kolléganőm kolléganőnk sofőr orvos "
        "főnök főnököm szomszéd férje felesége igazgató ügyintéző raktáros mester szomszédja futárunk szerelőnk",
        "D": "futárnak szerelőnek vezetőmnek kollégámnak kolléganőmnek sofőrnek főnökömnek futárunknak szerelőnknek",
        "A": "futárt szerelőt vezetőmet kollégámat kolléganőmet sofőrt főnökömet szerelőnket futárunkat",
        "I": "futárral szerelővel vezetőmmel kollégámmal kolléganőmmel sofőrrel főnökömmel futárunkkal szerelőnkkel",
        "G": "futártól szerelőtől vezetőmtől kollégámtól",
    },
}
_BEFORE = {
    "en": "the|our|your|my|a|that|this",
    "pl": "nasz|nasza|naszego|naszej|naszemu|naszym|naszą|"
    "mój|moja|mojego|mojej|mojemu|moim|moją|ten|tego|tym|pana|pani",
    "uk": "наш|наша|нашого|нашої|нашому|нашим|мій|моя|мого|моєї|моєму|моїм|мою|нашу|цей|цього|ваш|ваша|вашого",
    "hu": "a|az|egy",
}
# The case of each word.
CASE_OF_ROLE = {word: case for forms in _FORMS.values() for case, words in forms.items() for word in words.split()}
ROLES = {
    language: re.compile(
        rf"\b(?:(?:{_BEFORE[language]})\s+)?(?P<role>{'|'.join(' '.join(forms.values()).split())})\b",
        re.IGNORECASE,
    )
    for language, forms in _FORMS.items()
}
