"""Who is away, in words. Why somebody is away stands in none of them, but to themselves."""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.moments import known, zone_in_words
from bot.people import Person
from bot.presence import NO_HOLIDAYS, Absence, Half, Reason
from bot.presence.shown import AwayEnded, AwayList, AwaySaid, AwayShown, ZoneShown
from bot.telling import person_ref
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    counted,
    message,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart

MOST = 20
_FAR = 180
"""Days ahead from which on a year is told with a day."""

_WHY = {
    Reason.LEAVE: "",
    Reason.STATUS: " (as your status in Slack says)",
    Reason.HOLIDAY: " (a public holiday)",
    Reason.WEEK: " (no day of your week)",
}


def said(made: AwaySaid) -> Message:
    """Days that were just said."""
    shown = made.shown
    who = _who(shown)
    return message(
        paragraph(who, bold(_days(made.days, shown.today)), *_back(shown, made.days), "."),
        paragraph(f"This takes the place of {_listed(made.ended, shown.today)}.")
        if made.ended
        else {},
        quiet(
            "Standups do not ask meanwhile, and what can wait is told afterwards. Nobody is told "
            "why; that is not kept."
        ),
        actions(_deputy(made), _off(shown.person, made.days, "Undo")),
    )


def ended(made: AwayEnded) -> Message:
    """Days that are over, or called off."""
    shown, gone = made.shown, made.days
    who = "You are" if shown.is_own else f"{name(shown.person.name)} is"
    again = max(gone.first, shown.today)
    back = gone.first <= shown.today
    return message(
        paragraph(f"{who} back." if back else f"{who} not away {_days(gone, shown.today)}."),
        actions(_again(shown, gone, again)),
    )


def told(shown: AwayShown, one: Absence, by: str, *, is_set: bool) -> Message:
    """What somebody hears whose days another has set, or ended."""
    days = _days(one, shown.today)
    if not is_set:
        return message(
            paragraph(f"{name(by)} says that you are not away {days}."),
            quiet("If that is wrong: /charter away until DAY."),
        )
    return message(
        paragraph(f"{name(by)} says that you are away ", bold(days), "."),
        actions(_off(shown.person, one, "I am there")),
    )


def shown(told: AwayShown) -> Message:
    """Somebody's days from today on."""
    today = told.presence.off(told.today)
    ahead = [one for one in told.ahead if not one.covers(told.today)]
    return message(
        paragraph(_today(told)),
        paragraph("Later:") if ahead else {},
        bullets([[_days(one, told.today)] for one in ahead], MOST) if ahead else {},
        paragraph(_region(told)) if told.is_own else {},
        quiet(*_hints(told)),
        actions(*(_buttons(told) if told.is_own and (today or ahead) else ()), _undo_region(told)),
    )


def listed(found: AwayList) -> Message:
    """Who is away today."""
    people = told_apart(found.people)
    if not found.gone:
        return message(paragraph("Nobody of those in your projects is away today."))
    rows: list[list[str | Piece]] = [
        [
            bold(name(people[one.person].name)),
            ": a part of today" if one.is_half else f": back {_day(one.back, one.back)}",
        ]
        for one in found.gone
    ]
    return message(
        paragraph(
            f"Away today: {len(found.gone)} of {counted(found.everybody, 'person', 'people')}"
            " in your projects."
        ),
        bullets(rows, MOST),
    )


def zone(told: ZoneShown) -> Message:
    """Somebody's zone, with what time it is there: so a wrong one is seen."""
    person = told.person
    here = told.now.astimezone(ZoneInfo(known(person.timezone)))
    called = zone_in_words(known(person.timezone))
    whose = "your own word" if person.own_zone else "as Slack says"
    undo = (
        button(
            "Undo",
            Act.COMMAND_RUN,
            {"c": f"zone {told.own_before or 'slack'}"},
            spoken="Undo: the time zone of before",
        )
        if told.own_before is not None
        else None
    )
    return message(
        paragraph("Your time zone: ", bold(called), f", {whose}. ")
        if told.own_before is None
        else paragraph("Your time zone is now ", bold(called), f", {whose}. "),
        paragraph(f"It is {here:%H:%M} there, on {here:%A}."),
        quiet("For standups it counts from the next day on.")
        if told.own_before is not None
        else {},
        quiet("To change it: /charter zone Europe/Berlin. Back to Slack's: /charter zone slack."),
        actions(undo),
    )


def until(told: AwayShown) -> Message | None:
    """Nothing but that somebody is away now, and the way back; None where they are not."""
    leave = told.presence.leave(told.today)
    if leave is None:
        return None
    return message(paragraph(_until(told, leave)), actions(_off(told.person, leave, "I am back")))


def _until(told: AwayShown, leave: Absence) -> str:
    """The last of these days is told, and the first on which they work again."""
    if told.presence.off(told.today) is not Half.DAY or leave.half is not Half.DAY:
        return _today(told)
    last = "today" if leave.last == told.today else f"until {_day(leave.last, told.today)}"
    back = _day(told.presence.back(told.today), told.today)
    return f"You are away {last}{_WHY[leave.why]}, back {back}."


def _today(told: AwayShown) -> str:
    off = told.presence.off(told.today)
    who = "You are" if told.is_own else f"{name(told.person.name)} is"
    if off is None:
        return f"{who} not away today."
    why = _WHY[told.presence.why(told.today) or Reason.LEAVE] if told.is_own else ""
    if off is not Half.DAY:
        return f"{who} away this {off.value}{why}."
    back = told.presence.back(told.today)
    return f"{who} away{why}, back {_day(back, told.today)}."


def _who(shown: AwayShown) -> str:
    return "You are away " if shown.is_own else f"{name(shown.person.name)} is away "


def _back(shown: AwayShown, one: Absence) -> Iterator[str]:
    if one.half is Half.DAY:
        yield f", and back {_day(shown.presence.back(one.last), shown.today)}"


def _days(one: Absence, today: date) -> str:
    """When, as people say it, both days included."""
    part = "" if one.half is Half.DAY else f", in the {one.half.value}"
    if one.first == one.last:
        near = {0: "today", 1: "tomorrow"}.get((one.first - today).days)
        day = _day(one.first, today)
        return f"{near}, {day}{part}" if near else f"on {day}{part}"
    return f"from {_day(one.first, today)} to {_day(one.last, today)}{part}"


def _day(day: date, today: date) -> str:
    year = f" {day.year}" if abs((day - today).days) > _FAR else ""
    return f"{day:%A} {day.day} {day:%B}{year}"


def _listed(some: Sequence[Absence], today: date) -> str:
    return "; ".join(_days(one, today) for one in some[:MOST])


def _region(told: AwayShown) -> str:
    region = told.presence.region
    if region == NO_HOLIDAYS or not region:
        return "No public holidays are counted for you."
    return f"Public holidays: those of {region}."


def _hints(told: AwayShown) -> Iterator[str]:
    if told.is_own:
        yield "Say it with /charter away until Wednesday, or /charter away region DE-BY."


def _buttons(told: AwayShown) -> Iterator[Block]:
    leave = told.presence.leave(told.today)
    if leave is not None:
        yield _off(told.person, leave, "I am back")


def _undo_region(told: AwayShown) -> Block | None:
    if told.region_before is None:
        return None
    command = f"away region {told.region_before or 'default'}"
    spoken = "Undo: whose public holidays you had before"
    return button("Undo", Act.COMMAND_RUN, {"c": command}, spoken=spoken)


def _off(person: Person, one: Absence, label: str) -> Block:
    command = f"away off {person_ref(person)} {one.first.isoformat()}"
    return button(label, Act.COMMAND_RUN, {"c": command}, spoken=f"{label}: end these days")


def _again(shown: AwayShown, gone: Absence, first: date) -> Block | None:
    """The same once more, as far as it is still to come."""
    if gone.last < shown.today:
        return None
    part = "" if gone.half is Half.DAY else f" {gone.half.value}"
    days = f"{first.isoformat()} to {gone.last.isoformat()}"
    command = f"away {person_ref(shown.person)} {days}{part}"
    return button("Undo", Act.COMMAND_RUN, {"c": command}, spoken="Undo: away after all")


def _deputy(made: AwaySaid) -> Block | None:
    """Whoever answers for something open may want somebody to act for them: never by itself."""
    if not made.offers_deputy:
        return None
    days = f"from {made.days.first.isoformat()} to {made.days.last.isoformat()}"
    spoken = "Who acts for you? Opens a form with these days"
    return button("Who acts for you?", Act.COMMAND_RUN, {"c": f"delegate {days}"}, spoken=spoken)
