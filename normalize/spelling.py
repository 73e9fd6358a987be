"""Is a run of letters a Vietnamese syllable, and if not, can its tone mark be put right?

A syllable is an onset, a rime and at most one tone mark on the vowel that carries it; where two
styles are in use ("hoà"/"hòa", "thuý"/"thúy") both are right. A run whose bare letters make a
syllable but whose marks make none ("qúy", "tòan", "đựơc") is misspelt. Abbreviations, foreign
words and names from other languages of the country ("Đăk", "Krông") are no syllable in bare
letters either and are left alone.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from normalize.patterns import pattern
from normalize.text import TONES, fold

_RUN = pattern(r"[\p{L}\p{M}]*[^\x00-\x7f\P{L}][\p{L}\p{M}]*")
_LONGEST = 7
_TONE_ON_STOP = frozenset("45")
_STOPS = ("c", "ch", "p", "t")
_ONSETS = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split())
_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oem oen oeo oet
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    """.split()
)
_AFTER_QU = frozenset(
    """
    a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et
    ê ên ênh êt êch i ich in inh it ip ôc ơ ơi ơn ơt y ych yn ynh yp yt yên yêt yêng
    """.split()
)
_AFTER_G = frozenset("i in im iêc iêng iêt".split())
_ALONE = frozenset("y yêm yên yêng yêt yêu".split())
_FRONT = frozenset("eêiy")
_BEFORE_FRONT = frozenset(("k", "gh", "ngh"))
_BEFORE_BACK = frozenset(("c", "g", "ng"))
_Y_FOR_I = frozenset("h k l m s t th v".split())
_VOWELS = frozenset("aăâeêioôơuưy")
_MARKED = frozenset("ăâêôơư")
_GLIDES = ("oa", "oe", "uy")
_LONGEST_ONSET = 3


@cache
def _bare() -> tuple[frozenset[str], ...]:
    """The tables of onsets and rimes without any mark: as :func:`_follows` takes them."""
    return tuple(
        frozenset(fold(entry) for entry in table)
        for table in (_ONSETS, _RIMES, _AFTER_QU, _AFTER_G, _ALONE)
    )


_MARKED_TABLES = (_ONSETS, _RIMES, _AFTER_QU, _AFTER_G, _ALONE)


def _splits(letters: str, tables: tuple[frozenset[str], ...]) -> list[tuple[int, str]]:
    """Every way to read the letters as a syllable: (length of the onset, rime)."""
    onsets = tables[0]
    return [
        (length, letters[length:])
        for length in range(min(_LONGEST_ONSET, len(letters) - 1) + 1)
        if (not length or letters[:length] in onsets)
        and _follows(letters[:length], letters[length:], tables)
    ]


def _follows(onset: str, rime: str, tables: tuple[frozenset[str], ...]) -> bool:
    """The orthography lets the rime stand behind the onset ("k" before "e", "c" before "a")."""
    _, rimes, after_qu, after_g, alone = tables
    if onset == "qu":
        return rime in after_qu
    if rime == "y" and onset in _Y_FOR_I:
        return True
    if not onset and rime in alone:
        return True
    if onset == "g" and rime in after_g:
        return True
    if rime not in rimes:
        return False
    if onset in _BEFORE_FRONT:
        return rime[0] in _FRONT
    if onset in _BEFORE_BACK:
        return rime[0] not in _FRONT
    return onset != "gi" or rime[0] not in "iy"


def _tone_places(onset: int, rime: str) -> frozenset[int]:
    """The letters of a syllable (by index) that may carry its tone mark."""
    vowels = 0
    while vowels < len(rime) and rime[vowels] in _VOWELS:
        vowels += 1
    nucleus = rime[:vowels]
    marked = [i for i, letter in enumerate(nucleus) if letter in _MARKED]
    if marked:
        places = {marked[-1]}  # "ươ": on the second
    elif nucleus in _GLIDES and vowels == len(rime):
        places = {0, 1}  # "hòa" and "hoà"
    elif nucleus[:2] in _GLIDES or nucleus == "oo":
        places = {1}
    else:
        places = {0}
    return frozenset(onset + place for place in places)


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """One Vietnamese syllable, rightly spelt, whatever its case ("Hoà", "HÒA", "được")."""
    letters: list[str] = []
    tone, place = "", -1
    for char in unicodedata.normalize("NFD", word.lower()):
        digit = TONES.get(char)
        if digit is None:
            letters.append(char)
        elif tone:
            return False
        else:
            tone, place = digit, len(unicodedata.normalize("NFC", "".join(letters))) - 1
    untoned = unicodedata.normalize("NFC", "".join(letters))
    splits = _splits(untoned, _MARKED_TABLES)
    if not splits:
        return False
    if tone and not any(place in _tone_places(onset, rime) for onset, rime in splits):
        return False
    return tone in _TONE_ON_STOP if untoned.endswith(_STOPS) else True


@lru_cache(maxsize=65_536)
def _is_misspelt(run: str) -> bool:
    if len(run) > 2 * _LONGEST or not _splits(fold(run), _bare()):
        return False
    decomposed = unicodedata.normalize("NFD", run)
    if not any(mark in decomposed for mark in TONES):
        # Without a tone mark nothing stands in the wrong place: "đươc" could be two words, and
        # capitals may be an abbreviation.
        return False
    return not is_syllable(run)


@lru_cache(maxsize=1024)
def misspelt(text: str) -> tuple[tuple[int, int], ...]:
    """The letter runs of the text whose marks are no Vietnamese spelling, as half-open ranges."""
    if text.isascii():
        return ()
    return tuple(found.span() for found in _RUN.finditer(text) if _is_misspelt(found.group()))


def repair(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """(the text with its misspelt runs put right, what changed as (start, end, repaired)).

    Offsets are those of the text handed in. Only misspelt runs change, each inside itself, and
    only into a syllable with the same bare letters; what cannot be put right stays. Loads
    ``underthesea`` where a run is misspelt, never otherwise.
    """
    changes = []
    for start, end in misspelt(text):
        run = text[start:end]
        repaired = _repaired(run)
        if repaired != run:
            changes.append((start, end, repaired))
    made: list[str] = []
    at = 0
    for start, end, repaired in changes:
        made += (text[at:start], repaired)
        at = end
    made.append(text[at:])
    return "".join(made), changes


@lru_cache(maxsize=4096)
def _repaired(run: str) -> str:
    from underthesea import text_normalize

    made = str(text_normalize(run))
    if made == run or fold(made) != fold(run) or not is_syllable(made):
        return run
    return made
