"""Public holidays by region: a country, or a part of one, as ISO 3166 names them (`DE-BY`)."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

import holidays
from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from bot.errors import NotFound
from bot.text import fold

NO_HOLIDAYS = "none"
"""Said by somebody who has no public holidays at all."""

_HALF = "half_day"
_FOR_SOME = frozenset({"CN"})
"""Where the half days that the calendar tells are not for everybody."""
_EVENING = re.compile(r"\(from (?:[5-9]|1[01])pm\)")
"""A holiday that begins when most have gone home."""
_OTHERWISE = {"GB": ("UK", "Great Britain"), "US": ("USA", "America")}
_LONGEST_CODE = 3
_YEARS = 2000
"""Regions and years that are kept: all that the people of an installation need, many times over."""
_NEAR = 75
_SHOWN = 4


class Half(StrEnum):
    """The part of a day that somebody is away: all of it, or one half."""

    DAY = "day"
    MORNING = "morning"
    AFTERNOON = "afternoon"


def day_off(region: str, day: date) -> Half | None:
    """How much of a day is a public holiday in a region, moved ones counted where they are kept.

    The region is one that `region` gave.
    """
    return _year(region, day.year).get(day)


@lru_cache(_YEARS)
def _year(region: str, year: int) -> Mapping[date, Half]:
    if region == NO_HOLIDAYS:
        return {}
    whole = _calendar(region, year)
    country = region.partition("-")[0]
    halves: dict[date, Half] = {}
    if _HALF in whole.supported_categories and country not in _FOR_SOME:
        halves = {
            day: Half.AFTERNOON
            for day, name in _calendar(region, year, _HALF).items()
            if not _EVENING.search(name)
        }
    return {**halves, **dict.fromkeys(whole, Half.DAY)}


def _calendar(region: str, year: int, *categories: str) -> holidays.HolidayBase:
    country, _, part = region.partition("-")
    calendar = holidays.country_holidays(
        country, subdiv=part or None, years=year, categories=categories or None, language="en_US"
    )
    # A calendar asked for another year would grow by it: this one is only looked into.
    calendar.expand = False
    return calendar


def region(text: str) -> str:
    """The region that somebody means: `DE-BY`, `de by`, `Germany`, `Germany Bavaria`, `none`.

    `NotFound` for what is no region, with those that it may have meant.
    """
    said = " ".join(fold(text).replace("_", " ").split())
    if said in {NO_HOLIDAYS, "nowhere"}:
        return NO_HOLIDAYS
    known = _spellings()
    wanted = said.replace("-", " ")
    if wanted in known:
        return known[wanted]
    code = wanted.split(" ")[0].upper()
    near = _parts_near(code, wanted) if code in _countries() else _near(wanted, known)
    raise NotFound("region", text.strip(), tuple(near))


def _near(wanted: str, known: Mapping[str, str]) -> Iterable[str]:
    names = [name for name in known if len(name) > _LONGEST_CODE]
    found = process.extract(wanted, names, scorer=ratio, limit=3 * _SHOWN, score_cutoff=_NEAR)
    return list(dict.fromkeys(known[name] for name, *_ in found))[:_SHOWN]


def _parts_near(country: str, wanted: str) -> Iterable[str]:
    """A country and some of its parts, the likely ones first."""
    parts = {name: code for name, code in _spellings().items() if code.startswith(f"{country}-")}
    found = [parts[name] for name, *_ in process.extract(wanted, parts.keys(), limit=12)]
    return [country, *dict.fromkeys(found)][:_SHOWN]


@cache
def _countries() -> Mapping[str, tuple[str, ...]]:
    return {
        country: tuple(parts)
        for country, parts in holidays.list_supported_countries(include_aliases=False).items()
    }


@cache
def _spellings() -> Mapping[str, str]:
    """Regions by whatever they are called, folded: codes, and names where the calendar has any.
    The name of a part alone (`Scotland`) counts where only one country has such a part.
    """
    found: dict[str, str] = {}
    alone: dict[str, set[str]] = {}
    for country, parts in _countries().items():
        called = {**{part: part for part in parts}, **_aliases(country)}
        for name in (country, _name(country), *_OTHERWISE.get(country, ())):
            found[_key(name)] = country
            found |= {_key(f"{name} {part}"): f"{country}-{code}" for part, code in called.items()}
        for part, code in called.items():
            if len(part) > _LONGEST_CODE:
                alone.setdefault(_key(part), set()).add(f"{country}-{code}")
    once = {name: next(iter(codes)) for name, codes in alone.items() if len(codes) == 1}
    return once | found


def _aliases(country: str) -> Mapping[str, str]:
    """The names of a country's parts, where the calendar has any."""
    names: Mapping[str, str] = getattr(
        type(holidays.country_holidays(country)), "subdivisions_aliases", {}
    )
    return names


def _key(name: str) -> str:
    return " ".join(fold(name).replace("-", " ").replace("_", " ").split())


def _name(country: str) -> str:
    """A country as the calendar's class is called: "United States" for US."""
    line = type(holidays.country_holidays(country)).__mro__
    own = next((one.__name__ for one in line if len(one.__name__) > _LONGEST_CODE), country)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", own)
