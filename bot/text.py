"""Text as people type it, brought into a form that can be compared.

Two names are the same when their keys are: case, accents, hyphens, blanks and plural endings do not
count ("Roll-outs", "roll out" and "rollout" share one key).
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 40_000
"""Characters of one text that are looked at; of a longer one the beginning and the end count."""

# One ideograph is one word: Chinese is written without blanks.
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(
    rf"@[UW][A-Z0-9]{{2,20}}\b|[{_HAN}]|[^\W_{_HAN}]+(?:['’ʼ][^\W_{_HAN}]+)*|&",
)
_SLACK = re.compile(r"<([^<>\n]{1,400})>")
_MARKUP = re.compile(r"<(?=[!@#]|\w+:)")  # what was typed as text stays no markup
_LONE = re.compile("[\ud800-\udfff]")  # half a character, which no text can hold
_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_PAUSE = re.compile(r"[,;:()\[\]–—…\"“”„«»]|\s-\s")
_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|[。！？；\n\r]+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[^\W\d_]|e\.g|i\.e|etc|vs|dr|mr|mrs|ms|resp|bzw"
    r"|(?:am|ab|bis|dem|den|seit|um|und|vom|vor|zum)\s\d{1,2})\.$",
    re.I,
)
_SUFFIXES = ("'s", "'re", "'ve", "'ll", "'d", "'m")
_BROKEN_NOT = {"ca": "can", "wo": "will", "sha": "shall"}
# An ending, what stays of it, and how much must stand before it.
_ENDINGS = (
    ("ment", "", 4),
    ("ation", "at", 3),
    ("ator", "at", 3),
    ("ing", "", 2),
    ("ed", "", 3),
    ("ion", "", 5),
)
_OWN_WORDS = frozenset(("production", "building", "meeting", "station", "version", "parking"))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as typed, as compared, and without its plural ending.

    `pause`: a comma, colon, dash, bracket or quotation mark stands before it. `at`: its place.
    `others`: further readings of the stem, which a word of another language may have in English.
    """

    surface: str
    text: str
    stem: str
    pause: bool = False
    at: int = 0
    others: tuple[str, ...] = ()


@lru_cache(maxsize=8_192)
def fold(text: str) -> str:
    """Lower case, no accents, no invisible characters, straight quotes."""
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKC", text).replace("ß", "ss").casefold()
    bare = "".join(
        char
        for char in unicodedata.normalize("NFD", lowered)
        if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
    )
    bare = bare.replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("ı", "i")
    return bare.replace("’", "'").replace("ʼ", "'")


@lru_cache(maxsize=8_192)
def stem(word: str) -> str:
    """Without the ending of an English plural: "labels" and "label" are one word."""
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "oes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=8_192)
def root(word: str) -> str:
    """Without what makes an English noun or tense: "annotating", "annotation" → "annotat"."""
    base = stem(word)
    if base in _OWN_WORDS:
        return base
    for ending, kept, shortest in _ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= shortest:
            base = base[: -len(ending)] + kept
            break
    if base.endswith("e") and len(base) > 3:
        return base[:-1]
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "aeiou":
        return base[:-1]
    return base


def plain(text: str) -> str:
    """Without what Slack or a phone put around the words: code fences, links, entities, marks."""
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + "\n" + text[-LONGEST // 2 :]
    text = _FENCE.sub(" ", text) if "```" in text else text
    if "<" in text:
        text = _SLACK.sub(lambda found: _said(found[1]), text)
    text = _MARKUP.sub(" ", html.unescape(text)) if "&" in text else text
    text = _LONE.sub("\ufffd", text)
    lines = unicodedata.normalize("NFC", text).replace("`", " ").split("\n")
    own = [line for line in lines if not line.lstrip().startswith(">")]
    return "\n".join(own if any(line.strip() for line in own) else lines)


def _said(inner: str) -> str:
    """What a reader sees of `<…>`: a person stays as @U…, a link or channel shows its label."""
    target, _, label = inner.partition("|")
    if target.startswith("@"):
        return f" {target.upper()} "
    if target.startswith("!"):
        return " "
    if target.startswith("#"):
        return f" {label} "
    if "://" in target or target.startswith("mailto:"):
        return f" {label} "
    return f" {inner} "


def sentences(text: str) -> list[str]:
    """The sentences of a plain text, each with its closing mark."""
    parts: list[str] = []
    start = 0
    for found in _END.finditer(text):
        if "\n" not in found[0] and _ABBREVIATION.search(
            text[max(0, found.start() - 8) : found.start()]
        ):
            continue
        parts.append(text[start : found.end()].strip())
        start = found.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def words(text: str) -> list[Word]:
    """The words of a sentence, in order."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        surface = match[0]
        pause = bool(_PAUSE.search(text, last, match.start()))
        last = match.end()
        for part in filter(None, _parts(fold(surface))):
            found.append(Word(surface, part, stem(part), pause, match.start()))
            pause = False
    return found


def tokens(text: str) -> list[str]:
    """The words of a name alone, which is all that an index needs."""
    return [part for found in _WORD.findall(text) for part in _parts(fold(found)) if part]


@lru_cache(maxsize=8_192)
def _parts(folded: str) -> tuple[str, ...]:
    """A word without its contraction: "who's" → who; "isn't" → is, not."""
    if folded == "&":
        return ("and",)
    if "'" not in folded:
        return (folded,)
    if folded.endswith("n't"):
        base = folded[:-3]
        return (_BROKEN_NOT.get(base, base), "not")
    for suffix in _SUFFIXES:
        if folded.endswith(suffix) and len(folded) > len(suffix):
            return (folded[: -len(suffix)].replace("'", ""),)
    return (folded.replace("'", ""),)


def key(found: Iterable[Word]) -> str:
    """What is compared: the stems without blanks, so that "roll out" and "roll-out" are one."""
    return "".join(word.stem for word in found)


def clip(text: str, longest: int) -> str:
    """At most so many characters on one line, cut visibly."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"
