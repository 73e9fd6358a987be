"""Is a run of letters a Vietnamese syllable, and does its tone mark stand on the right vowel?

Syllables are read by the tables of onsets and rimes. Both tone styles are right where the
grammars differ ("hoà"/"hòa", "thuý"/"thúy"); "qúy", "tòan", "đựơc" are slips of the keyboard.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import regex

from normalize.text import TONES, nfc, word_key

_RUN = regex.compile(r"[\p{L}\p{M}]+")
_MARKED = "ăâêôơư"
_VOWELS = frozenset("aăâeêioôơuưy")
_STOPS = ("c", "ch", "p", "t", "k")
_STOP_TONES = frozenset("45")

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt
    ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
    uân uâng uât uây uê uêch uên uênh uêt uơ uy uya uych uyn uynh uyên uyêt uyt uyp uyu
    """.split()
)
_AFTER_QU = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e ec em en eo et
    ê êch ên ênh êt êu i ich in inh it ơ ơi ơn ơt ôc y ych yn ynh yt yên yêt yp
    """.split()
)
_AFTER_GI = frozenset("ên êng êt êc êm".split())
_EXTRA = frozenset("đăk lăk kan kon ka đak blao krông pleiku".split())
"""Syllables of place names that the tables leave out."""

_normalized: dict[str, str | None] = {}


def _apart(word: str) -> tuple[str, list[tuple[int, str]]]:
    """(lower-case letters without tones, the tones as (letter's index, digit)) of a word."""
    letters: list[str] = []
    tones: list[tuple[int, str]] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        digit = TONES.get(char)
        if digit is not None:
            tones.append((len(letters) - 1, digit))
        elif unicodedata.combining(char) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        else:
            letters.append(char)
    return "".join(letters), tones


@cache
def _bases() -> dict[str, tuple[str, frozenset[int], bool]]:
    """Toneless syllable → (its rime, indices where its tone may stand, does it end in a stop)."""
    found: dict[str, tuple[str, frozenset[int], bool]] = {}
    for onset in ("", *_ONSETS):
        for rime in _rimes_after(onset):
            base = onset + rime
            places = frozenset(len(onset) + at for at in _tone_places(rime))
            found.setdefault(base, (rime, places, rime.endswith(_STOPS)))
    for stem in ("in", "im", "iêng", "iêc", "iêt", "iên", "iêm"):
        at = 2 if len(stem) > 2 else 1
        found["g" + stem] = (stem, frozenset({at}), stem.endswith(_STOPS))
    found["gi"] = ("i", frozenset({1}), False)
    for base in _EXTRA:
        places = frozenset(at for at, char in enumerate(base) if char in _VOWELS)
        found.setdefault(base, (base, places, False))
    return found


def _rimes_after(onset: str) -> list[str]:
    """The rimes that may follow an onset."""
    if onset == "qu":
        return sorted(_AFTER_QU)
    if onset == "gi":
        return sorted({rime for rime in _RIMES if rime[0] not in "iy"} | _AFTER_GI)
    rimes = sorted(_RIMES)
    if onset in ("gh", "ngh", "k"):
        return [rime for rime in rimes if rime[0] in "eêiy"]
    if onset in ("c", "g", "ng"):
        front = "eêiy"
        return [r for r in rimes if r[0] not in front and not (onset == "c" and _glides(r))]
    if onset:
        return [rime for rime in rimes if rime[:2] != "yê"]
    return rimes


def _glides(rime: str) -> bool:
    """A rime with the glide that is written "qu" behind a hard c."""
    return rime[:2] in ("oa", "oă", "oe", "uâ", "uê", "uy", "uơ")


def _tone_places(rime: str) -> set[int]:
    """The indices of the vowels on which a tone mark of the rime may stand."""
    marked = [at for at, char in enumerate(rime) if char in _MARKED]
    if marked:
        return {marked[-1]}
    vowels = [at for at, char in enumerate(rime) if char in _VOWELS]
    if len(vowels) == 1:
        return {vowels[0]}
    if rime in ("oa", "oe", "uy"):
        return {0, 1}
    if rime in ("ooc", "oong"):
        return {0, 1}
    if rime[:2] in ("oa", "oe", "uy"):
        return {1}
    return {0}


@lru_cache(maxsize=65_536)
def _cached_syllable(word: str) -> bool:
    base, tones = _apart(word)
    known = _bases().get(base)
    if known is None or len(tones) > 1:
        return False
    _, places, stop = known
    if not tones:
        return not stop
    at, digit = tones[0]
    return at in places and (not stop or digit in _STOP_TONES)


def is_syllable(word: str) -> bool:
    """Do the letters form a Vietnamese syllable, its tone mark rightly placed (either style)?"""
    return len(word) <= 16 and _cached_syllable(word)


def _repaired(run: str) -> str | None:
    """The run with its tone mark on the right vowel; None where nothing is wrong with it."""
    try:
        return _normalized[run]
    except KeyError:
        pass
    made = _replaced(run) if not run.isascii() and len(run) <= 16 else None
    if len(_normalized) > 200_000:
        _normalized.clear()
    _normalized[run] = made
    return made


def _replaced(run: str) -> str | None:
    base, tones = _apart(run)
    known = _bases().get(base)
    if known is None or len(tones) != 1:
        return None
    _, places, stop = known
    at, digit = tones[0]
    if at in places or (stop and digit not in _STOP_TONES):
        return None
    composed = [unicodedata.normalize("NFC", char) for char in _clusters(run)]
    mark = next(mark for mark, known_digit in TONES.items() if known_digit == digit)
    target = min(places)
    bare = unicodedata.normalize("NFD", composed[at]).replace(mark, "")
    composed[at] = unicodedata.normalize("NFC", bare)
    composed[target] = unicodedata.normalize("NFC", composed[target] + mark)
    return "".join(composed)


def _clusters(run: str) -> list[str]:
    """The letters of a run, each with its combining marks."""
    found: list[str] = []
    for char in nfc(run):
        if unicodedata.combining(char) and found:
            found[-1] += char
        else:
            found.append(char)
    return found


def misspelt(text: str) -> bool:
    """Is there a syllable in the text whose tone mark stands on the wrong vowel ("qúy")?

    Never "hoà"/"hòa", "thuý", abbreviations, or words of other languages.
    """
    return any(_repaired(run) is not None for run in _RUN.findall(text))


@lru_cache(maxsize=8_192)
def _with_underthesea(run: str) -> str:
    """The slip as underthesea writes it; as the tables do where it keeps the slip or more goes."""
    from underthesea import text_normalize

    own = _repaired(run) or run
    made: str = nfc(text_normalize(nfc(run)))
    same = len(made) == len(own) and word_key(made) == word_key(own)
    return made if same and _repaired(made) is None else own


def repair(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text with its misplaced tone marks put right, and (start, end, new) of each change.

    Offsets are half open in the text given. underthesea is imported at the first slip only.
    """
    pieces: list[str] = []
    changes: list[tuple[int, int, str]] = []
    done = 0
    for found in _RUN.finditer(text):
        if _repaired(found.group()) is None:
            continue
        new = _with_underthesea(found.group())
        pieces += (text[done : found.start()], new)
        changes.append((found.start(), found.end(), new))
        done = found.end()
    pieces.append(text[done:])
    return "".join(pieces), changes
