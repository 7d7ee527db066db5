"""The small things commands are made of: letters, statuses, dates, the project at the end."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.commands.words import Word, joined, normalised, words
from bot.errors import BadInput, Why
from bot.project import Letter, Status

LONGEST_REFERENCE = 255
ALLOWED_LETTERS = "A, R, C, I"
_LETTERS = re.compile(r"[ARCI](?:[/,+&]?[ARCI]){0,3}[/,+&:=]?", re.IGNORECASE)
_MANY_SIGNS = {"/", ",", "+", "&", "and"}

STATUSES: dict[str, Status] = {
    **{status.words: status for status in Status},
    "todo": Status.NOT_STARTED,
    "to do": Status.NOT_STARTED,
    "started": Status.IN_PROGRESS,
    "ongoing": Status.IN_PROGRESS,
    "under way": Status.IN_PROGRESS,
    "wip": Status.IN_PROGRESS,
    "stuck": Status.BLOCKED,
    "finished": Status.DONE,
    "complete": Status.DONE,
    "completed": Status.DONE,
    "skip": Status.SKIPPED,
    "paused": Status.ON_HOLD,
    "parked": Status.ON_HOLD,
}

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?([a-z]{3,9})\.?,?(?: (\d{4}))?", re.A
)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?", re.A)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.A)
_YEARS = range(1970, 2200)


def reference(some: Sequence[Word], what: str) -> str:
    """The name somebody typed for a `what`; `BadInput` where it is missing or endless."""
    name = joined(some)
    if not name:
        raise BadInput(Why.EMPTY_TEXT, {"field": what}, field=what)
    if len(name) > LONGEST_REFERENCE:
        facts = {"field": what, "length": str(len(name)), "longest": str(LONGEST_REFERENCE)}
        raise BadInput(Why.TEXT_TOO_LONG, facts, field=what)
    return name


def project_of(rest: str) -> str | None:
    """The project where nothing but a project is named, with `in` before it or not."""
    some = words(rest)
    if some and some[0].key == "in":
        some = some[1:]
    return reference(some, "project") if some else None


def needed_project(rest: str) -> str:
    project = project_of(rest)
    if project is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "project"}, field="project")
    return project


def without_project(some: Sequence[Word]) -> tuple[tuple[Word, ...], str | None]:
    """The words before a trailing `in PROJECT`, and the project; None where there is none."""
    for at in range(len(some) - 2, -1, -1):
        if some[at].key == "in":
            return tuple(some[:at]), reference(some[at + 1 :], "project")
    return tuple(some), None


def with_note(rest: str) -> tuple[str, str | None]:
    """Cut at the first `:`, `because` or lone dash; what follows is a person's own text."""
    for word in words(rest):
        if word.quoted:
            continue
        if word.start and (word.key == "because" or word.text == "-"):
            return rest[: word.start], rest[word.end :]
        sign = re.search("[:：]", rest[word.start : word.end])
        if sign and not word.text.startswith("<"):
            at = word.start + sign.start()
            return rest[:at], rest[at + 1 :]
    return rest, None


def with_project(text: str) -> tuple[str, str | None]:
    """After free text only a quoted project counts, so that no sentence is taken for one."""
    some = words(text)
    if len(some) > 2 and some[-1].quoted and some[-2].key == "in":
        return text[: some[-2].start], reference(some[-1:], "project")
    return text, None


def page_of(rest: str) -> int:
    """The page that is meant, the first one where none is named."""
    page = normalised(rest).casefold().removeprefix("projects").strip()
    page = page.removeprefix("page").strip()
    if not page:
        return 1
    if not re.fullmatch(r"[1-9]\d{0,5}", page, re.ASCII):
        raise BadInput(Why.BAD_NUMBER, {"number": page}, field="page")
    return int(page)


def letters_at(some: Sequence[Word], start: int) -> tuple[tuple[Letter, ...], int] | None:
    """The letters that stand at `start` (`A/R`, `AR`, `A, R`, `A and R`) and where they end."""
    end, signs = start, ""
    while end < len(some) and end < start + 7:
        word = some[end]
        if word.quoted or not _LETTERS.fullmatch(word.text):
            break
        signs += word.text
        end += 1
        more = end < len(some) and some[end].key in _MANY_SIGNS
        following = end + 1 if more else end
        if not (more or word.text[-1] in ",/+&") or not _is_letters(some, following):
            break
        end = following
    letters = tuple(Letter(sign) for sign in signs.upper() if sign.isalpha())
    if not letters or len(set(letters)) != len(letters):
        return None
    return tuple(letter for letter in Letter if letter in letters), end


def _is_letters(some: Sequence[Word], at: int) -> bool:
    return at < len(some) and not some[at].quoted and bool(_LETTERS.fullmatch(some[at].text))


def status_of(some: Sequence[Word]) -> Status | None:
    """The status that exactly these words name; `in_progress` and `In-Progress` count as well."""
    if not 1 <= len(some) <= 2 or any(word.quoted for word in some):
        return None
    return STATUSES.get(re.sub(r"[\s_-]+", " ", joined(some).casefold()))


def read_date(text: str, today: date, *, ahead: bool) -> date:
    """A day: ISO, "today", "1 March", "March 1, 2026".

    Without a year it is the nearest such day to come (`ahead`) or gone by, `today` included.
    `BadInput` for anything else, also for `03/04/2026`, which people read in two ways.
    """
    words = " ".join(text.casefold().replace(",", " ").split())
    near = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if words in near:
        return today + timedelta(days=near[words])
    if found := _ISO.fullmatch(words):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_MONTH.fullmatch(words):
        year, month, day = int(found[3] or 0), _month(found[2]), int(found[1])
    elif found := _MONTH_DAY.fullmatch(words):
        year, month, day = int(found[3] or 0), _month(found[1]), int(found[2])
    else:
        raise _bad(text)
    if year == 0:
        return _nearest(month, day, today, text, ahead=ahead)
    return _day(year, month, day, text)


def _month(word: str) -> int:
    word = "sep" if word == "sept" else word
    return next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(word)), 0)


def _nearest(month: int, day: int, today: date, text: str, *, ahead: bool) -> date:
    step = 1 if ahead else -1
    for years in range(9):  # a leap day is at most eight years away
        try:
            found = date(today.year + step * years, month, day)
        except ValueError:
            continue
        if (found >= today) if ahead else (found <= today):
            return found
    raise _bad(text)


def _day(year: int, month: int, day: int, text: str) -> date:
    if year not in _YEARS:
        raise _bad(text)
    try:
        return date(year, month, day)
    except ValueError:
        raise _bad(text) from None


def _bad(text: str) -> BadInput:
    return BadInput(Why.BAD_DATE, {"date": text}, field="date")
