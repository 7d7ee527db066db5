"""What the linter finds in a project and the last digest did not know, and what it finds no more.

A finding is known by its rule and place, not by its words: whose load grows from six rows to seven
is told once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from bot.digests.values import Mended
from bot.lint import RULES, SEATS, Finding, Report, Severity, besides, rule_named
from bot.people import Person
from bot.project import Project

ALONE = "spof"
"""The one note that a digest tells of: it is how much somebody bears."""

LOAD = "load"
"""The one that hangs on more than its project."""

TOLD = tuple(
    rule
    for rule in RULES
    if rule.id == ALONE or (rule.id not in SEATS and rule.severity is not Severity.NOTE)
)
"""The rules that a digest tells of: neither empty seats, which "Nobody there" tells, nor what is
only good to know.
"""

_IDS = {rule.id for rule in RULES}


def marks(reports: Iterable[Report], people: Mapping[int, Person]) -> tuple[str, ...]:
    """What all who read a digest of these know then, in one order."""
    return tuple(sorted({mark for one in reports for mark in _marked(_told(one), one, people)}))


def marked(
    report: Report, people: Mapping[int, Person]
) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...]]:
    """The marks of a project, and apart from them those of people who bear too much, each with whom
    it is about.
    """
    ids = {person.key: person.id for person in people.values()}
    found = _marked(_told(report), report, people)
    heavy = {mark: one for mark, one in found.items() if one.rule.id == LOAD}
    return (
        tuple(mark for mark in found if mark not in heavy),
        tuple((ids[one.found.mark], mark) for mark, one in heavy.items()),
    )


def by_project(known: Collection[str] | None) -> Mapping[int, frozenset[str]] | None:
    """What is known of each project."""
    if known is None:
        return None
    found: dict[int, set[str]] = defaultdict(set)
    for mark in known:
        found[int(mark.partition("/")[0])].add(mark)
    return defaultdict(frozenset, {key: frozenset(some) for key, some in found.items()})


def turned(
    report: Report, known: Collection[str] | None, people: Mapping[int, Person]
) -> tuple[tuple[Finding, ...], tuple[Mended, ...]]:
    """What is found anew in a project, and what no more, by what is `known` of it; nothing of
    either before anything is (None): what is found then is where it begins.
    """
    if known is None:
        return (), ()
    found = _marked(_told(report), report, people)
    aside = _marked(report.waived, report, people)
    gone = sorted(mark for mark in known if mark not in found)
    return (
        tuple(one for mark, one in found.items() if mark not in known),
        tuple(
            mended
            for mark in gone
            if (mended := _mended(mark, report.project, aside.get(mark))) is not None
        ),
    )


def _told(report: Report) -> tuple[Finding, ...]:
    """Neither empty seats, which "Nobody there" tells, nor what is only good to know."""
    alone = (one for one in report.findings if one.rule.id == ALONE)
    return (*besides(report), *alone)


def _marked(
    findings: Iterable[Finding], report: Report, people: Mapping[int, Person]
) -> dict[str, Finding]:
    """Findings by what is kept of them: no names, which may have to be erased."""
    ids = {person.key: person.id for person in people.values()}
    return {
        "/".join(
            (
                str(report.project.id),
                one.rule.id,
                str(one.found.item.id if one.found.item else ""),
                str(ids.get(one.found.mark, one.found.mark)),
                one.found.letter.value if one.found.letter else "",
            )
        ): one
        for one in findings
        if one.rule.id not in SEATS
    }


def _mended(mark: str, project: Project, aside: Finding | None) -> Mended | None:
    """None where the rule or the item is there no more: whoever took it out is told of already."""
    _, rule, key, *_ = mark.split("/")
    item = next((one for one in project.items if str(one.id) == key), None)
    if rule not in _IDS or (key and item is None):
        return None
    until = aside.waiver.last_day if aside and aside.waiver else None
    return Mended(rule_named(rule), item, until)
