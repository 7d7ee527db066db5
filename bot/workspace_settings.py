"""The settings of a workspace, as its admins set them: one table, each with what it is good for.

A setting of the server, from the environment, stands in `bot.settings`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, ClassVar, Self

from bot.errors import BadInput, NotFound, Why
from bot.presence import NO_HOLIDAYS, region


class Unit(StrEnum):
    """What the number of a setting counts."""

    DAYS = "days"
    WORKING_DAYS = "working days"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the table: a number of `unit`. `none` says what 0 means; empty where 0 may
    not be set.
    """

    name: str
    default: int
    unit: Unit
    sentence: str
    least: int
    most: int
    none: str = ""

    @property
    def words(self) -> str:
        return self.name.replace("_", " ")

    @property
    def range(self) -> str:
        allowed = f"{self.least} to {self.most}"
        return f"{allowed}, or 0" if self.none else allowed

    def told(self, value: int) -> str:
        """A value in words: `30 days`, `1 working day`, `0: nobody is asked`."""
        if value == 0:
            return f"0: {self.none}"
        return f"{value} {self.unit.removesuffix('s') if value == 1 else self.unit}"

    def takes(self, value: int) -> bool:
        return self.least <= value <= self.most or (value == 0 and bool(self.none))


@dataclass(frozen=True, slots=True)
class RegionSetting:
    """One setting of the table: whose public holidays count; empty: those of no region."""

    name: str
    default: str
    sentence: str

    range: ClassVar[str] = "a region, as in DE-BY, or none"

    @property
    def words(self) -> str:
        return self.name.replace("_", " ")

    def told(self, value: str) -> str:
        return value or NO_HOLIDAYS


Value = int | str
"""What a setting is set to."""


def _number(
    default: int, unit: Unit, sentence: str, *, least: int = 1, most: int = 365, none: str = ""
) -> Any:
    """A field of the table; dataclasses type what stands for a field as that field's own type."""
    rules = {"unit": unit, "sentence": sentence, "least": least, "most": most, "none": none}
    return field(default=default, metadata=rules)


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """What holds in a workspace; every field is a setting that has this name."""

    review_days: int = _number(
        30,
        Unit.DAYS,
        "After so many days without a confirmation, the Accountable of a project is asked whether "
        "it is all still true; and facts that old are marked as unconfirmed.",
        none="nobody is asked",
    )
    stale_days: int = _number(
        10,
        Unit.DAYS,
        "A stage in progress that was not updated for so long is marked: no update.",
    )
    load_limit: int = _number(
        5,
        Unit.LETTERS,
        "Who is accountable for more rows than this, over all open projects, is listed under load.",
        most=100,
    )
    blocker_days: int = _number(
        3,
        Unit.WORKING_DAYS,
        "A blocker that is open for so long is told to the Accountable of its stage, once.",
        most=60,
    )
    consultation_days: int = _number(
        3,
        Unit.WORKING_DAYS,
        "So long have those who are consulted before a gate to answer; then their silence is kept.",
        most=60,
    )
    handover_days: int = _number(
        3,
        Unit.WORKING_DAYS,
        "After so long somebody who was offered a hand-over is reminded of it, once.",
        most=60,
    )
    standup_text_days: int = _number(
        365,
        Unit.DAYS,
        "What people wrote in standups is deleted after so many days; who answered when is kept.",
        least=7,
        most=3650,
        none="it is kept for ever",
    )

    holiday_region: str = field(
        default="",
        metadata={
            "sentence": "Whose public holidays those have who never said which, and digests and "
            "briefs that are set by them."
        },
    )

    def with_one(self, name: str, value: Value) -> Self:
        """The same with one setting otherwise; the name must be one of the table."""
        wanted: dict[str, Any] = {name: value}
        return replace(self, **wanted)


DEFAULTS = WorkspaceSettings()

SETTINGS: tuple[Setting | RegionSetting, ...] = tuple(
    (Setting if "unit" in one.metadata else RegionSetting)(
        name=one.name, default=getattr(DEFAULTS, one.name), **one.metadata
    )
    for one in fields(WorkspaceSettings)
)
_LONGEST = 7


def named(text: str) -> Setting | RegionSetting:
    """The setting that somebody means: `review days`, `review_days`, `Review-Days`.

    `NotFound` (what "setting") with the names that begin alike.
    """
    wanted = "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
    for setting in SETTINGS:
        if setting.name == wanted:
            return setting
    first = wanted.partition("_")[0]
    alike = tuple(one.words for one in SETTINGS if first and first in one.name.split("_"))
    raise NotFound("setting", text, alike or tuple(one.words for one in SETTINGS))


def checked(setting: Setting | RegionSetting, text: str) -> Value:
    """The value that somebody typed: a number, its unit behind it or not, or a region. `BadInput`
    for other numbers, `NotFound` for what is no region.
    """
    typed = text.strip().casefold()
    if isinstance(setting, RegionSetting):
        found = setting.default if typed in {"", "default"} else region(typed)
        return "" if found == NO_HOLIDAYS else found
    for unit in (setting.unit.value, setting.unit.removesuffix("s"), "days", "day"):
        typed = typed.removesuffix(unit).strip()
    if typed == "default":
        return setting.default
    value = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < _LONGEST else None
    if value is None or not setting.takes(value):
        facts = {"setting": setting.words, "value": text.strip(), "range": setting.range}
        raise BadInput(Why.BAD_SETTING, facts, field="value")
    return value


def kept(values: Mapping[str, str]) -> WorkspaceSettings:
    """The settings of a record: names that it does not have are as the table says, and what the
    table does not know (any more) counts for nothing.
    """
    known = {one.name: one for one in SETTINGS}
    found: dict[str, Any] = {
        name: int(value) if isinstance(known[name], Setting) else value
        for name, value in values.items()
        if name in known
    }
    return replace(DEFAULTS, **found)


def told(setting: Setting | RegionSetting, value: Value) -> str:
    """A value in words."""
    if isinstance(setting, Setting):
        return setting.told(int(value))
    return setting.told(str(value))


def markdown() -> str:
    """The table as docs/permissions.md prints it."""
    head = "| setting | usually | takes | what it is |\n| --- | --- | --- | --- |\n"
    return head + "".join(
        f"| {one.words} | {told(one, one.default)} | {one.range} | {one.sentence} |\n"
        for one in SETTINGS
    )
