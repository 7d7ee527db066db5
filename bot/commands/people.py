"""`person`: who somebody is elsewhere, and which two are one."""

from collections.abc import Sequence
from datetime import date

from bot.commands.orders import ExportPerson, Order, ShowPerson
from bot.commands.reading import reference
from bot.commands.words import Word, joined, words
from bot.commands.work import ShowLogins
from bot.errors import BadInput, Why
from bot.identities import ALSO, KINDS, checked, kind_of
from bot.orders import AskToErase, LinkNames, MergePeople, SplitPeople, UnlinkNames

_WANTED = "person link @bea github=bea-x"


def read_person(rest: str, today: date) -> Order:
    some = words(rest)
    match some[0].key if some else "":
        case "link":
            person, names = _named(some[1:])
            return LinkNames(person, tuple(_pair(one, needed=True) for one in names))
        case "unlink":
            person, names = _named(some[1:])
            return UnlinkNames(person, tuple(_pair(one, needed=False) for one in names))
        case "merge":
            return _merge(some[1:])
        case "logins" if len(some) == 1:
            return ShowLogins()
        case "export" if len(some) == 1:
            return ExportPerson()
        case "erase":
            return _erase(some[1:])
        case "unmerge":
            return SplitPeople(reference(some[1:], "person"))
    return ShowPerson(reference(some, "person") if some else None)


def _named(some: Sequence[Word]) -> tuple[str, tuple[Word, ...]]:
    """Who is meant, and the names behind: those words that say a kind."""
    at = next((at for at, word in enumerate(some) if at and _says_kind(word)), len(some))
    person, names = reference(some[:at], "person"), tuple(some[at:])
    if not names:
        raise BadInput(Why.EMPTY_TEXT, {"field": "name"}, field="value")
    return person, names


def _says_kind(word: Word) -> bool:
    kind = word.text.partition("=")[0].casefold()
    return "=" in word.text or kind in KINDS or kind in ALSO


def _pair(word: Word, *, needed: bool) -> tuple[str, str]:
    """`github=bea-x` as a kind and a name; where it is not `needed`, `github` alone is all."""
    said, _, value = word.text.partition("=")
    kind = kind_of(said)
    if value:
        return kind, checked(kind, value)
    if needed:
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": word.text, "wanted": _WANTED}, "value")
    return kind, ""


def _erase(some: Sequence[Word]) -> AskToErase:
    at = next((at for at, word in enumerate(some) if word.key == "because"), len(some))
    return AskToErase(reference(some[:at], "person"), joined(some[at + 1 :]))


def _merge(some: Sequence[Word]) -> MergePeople:
    at = next((at for at, word in enumerate(some) if word.key == "into"), None)
    if at is None:
        facts = {"words": joined(some) or "merge", "wanted": "person merge @old into @new"}
        raise BadInput(Why.WORDS_LEFT_OVER, facts, "person")
    return MergePeople(reference(some[:at], "person"), reference(some[at + 1 :], "person"))
