"""From what a phone sends to words: punctuation made plain, quotes and mentions kept whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»＂", '"'),
        **dict.fromkeys("‘’‚‛′´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u2028\u2029\u0085", "\n"),
        "…": "...",
        "：": ":",
        "，": ",",
    }
)
# Zero-width and direction marks hide in pasted text; joiners (emoji, Persian words) stay.
_INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad\x00-\x08\x0e-\x1b\x7f]"
)
_UNPAIRED = re.compile("[\ud800-\udfff]")
_ENTITY = re.compile(r"<([@#])([A-Z0-9]+)(?:\|([^<>]*))?>")
_TOKEN = re.compile(
    r"""
    <[@#!][^<>]{1,300}>
    | "(?:\\.|[^"\\])*"
    | [“”„](?:\\.|[^“”"\\])*[“”"]
    | «(?:\\.|[^»\\])*»
    | »(?:\\.|[^«\\])*«
    | \S+
    """,
    re.DOTALL | re.VERBOSE,
)
_CLOSING = {'"': '"', "“": '“”"', "”": '“”"', "„": '“”"', "«": "»", "»": "«"}


def cleaned(text: str) -> str:
    """A person's own text, as they wrote it: without invisible marks, Slack's escapes undone."""
    text = _UNPAIRED.sub("\N{REPLACEMENT CHARACTER}", _INVISIBLE.sub("", text))
    text = text.replace("\r\n", "\n").replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&amp;", "&").strip()


def normalised(text: str) -> str:
    """One line in plain punctuation: `“R–2”` → `"R-2"`, `<@U1|bea>` → `<@U1>`, `<#C1|x>` → `#x`."""
    return plain(cleaned(_ENTITY.sub(_entity, text)))


def plain(text: str) -> str:
    """One line, its quotes, dashes and blanks as a keyboard makes them."""
    return " ".join(text.translate(_PLAIN).split())


def _entity(match: re.Match[str]) -> str:
    sign, key, name = match.groups()
    return f"#{name}" if sign == "#" and name else f"<{sign}{key}>"


@dataclass(frozen=True, slots=True)
class Word:
    """One word or quoted phrase of a text, plain, and where it stands there."""

    text: str
    start: int
    end: int
    quoted: bool = False

    @property
    def key(self) -> str:
        """For comparing with the grammar's own words: a quoted phrase is never one of them."""
        return "" if self.quoted else self.text.casefold()


def words(text: str) -> tuple[Word, ...]:
    return tuple(
        word
        for match in _TOKEN.finditer(text)
        if (word := _word(match.group(), match.start(), match.end())).text or word.quoted
    )


def _word(raw: str, start: int, end: int) -> Word:
    if len(raw) > 1 and raw[-1] in _CLOSING.get(raw[0], ""):
        return Word(re.sub(r'\\(["\\])', r"\1", cleaned(raw[1:-1])), start, end, quoted=True)
    return Word(normalised(raw), start, end)


def joined(some: Sequence[Word]) -> str:
    """The words as one name, in plain punctuation, as names are looked up."""
    return plain(" ".join(word.text for word in some))


def unwrapped(text: str) -> str:
    """A person's own text (a note, a value, a name), without the quotes around the whole of it."""
    found = words(text)
    return found[0].text.strip() if len(found) == 1 and found[0].quoted else cleaned(text)


def quoted(name: str) -> str:
    """A name as one word of a command, which `words` reads back."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def as_slack_sends(command: str) -> str:
    """A command with `&`, `<` and `>` escaped, as Slack hands it to us; `cleaned` undoes it."""
    return command.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
