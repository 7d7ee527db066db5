"""Who is away because their status in Slack says so: for as long as it does, and no longer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bot import deciding
from bot.changes import AbsenceEnded, AbsenceSet
from bot.moments import own_day
from bot.people import Person, Profile
from bot.presence import Presence
from bot.presence.status import away_until
from handlers.service import homes, mail
from storage import absences, people, workspace_settings
from storage.absences import ByStatus
from storage.ledger import Book


def follow(book: Book, met: Sequence[tuple[Any, Profile]], looked_next: datetime) -> None:
    """Let people (a row each) be away, or back, as their profiles say. `looked_next` is when that
    is looked at again, whatever is heard meanwhile. What waits for them is reckoned anew.
    """
    if not met:
        return
    # Nowhere is it a day before the one that was before that of UTC.
    since = book.now.date() - timedelta(days=1)
    ids = [row["id"] for row, _ in met]
    before = absences.by_status(book.session, book.workspace_id, ids, since)
    changes = [
        change
        for row, profile in met
        for change in _changes(row, profile, before.get(row["id"], ByStatus()), book, looked_next)
    ]
    if not changes:
        return
    everyone = people.everyone(book.session, book.workspace_id)
    for change in changes:
        book.apply(change, everyone)
    about = {change.person for change in changes}
    _reckon_mail(book, {key: everyone[key] for key in sorted(about)})
    homes.call_for(book.session, book.workspace_id, about, book.now)


def _reckon_mail(book: Book, about: Mapping[int, Person]) -> None:
    session, workspace = book.session, book.workspace_id
    absent = absences.standing(session, workspace, book.workspace.revision)
    usual = workspace_settings.present(session, workspace).holiday_region
    for key, person in about.items():
        presence = Presence(key, absent.get(key, ()), person.region or usual, person.work_days)
        mail.reckon(session, workspace, person, presence, book.now)


def _changes(
    row: Any, profile: Profile, before: ByStatus, book: Book, looked_next: datetime
) -> tuple[AbsenceSet | AbsenceEnded, ...]:
    zone = row["own_zone"] or profile.timezone
    today = own_day(book.now, zone)
    standing = [one for one in before.standing if one.last >= today]
    last: date | None = None
    if profile.is_away and not (profile.is_bot or profile.deleted):
        until = away_until(profile.away_until, book.now, looked_next)
        last = max(today, own_day(until, zone)) if until is not None else None
    return deciding.follow_status(row["id"], standing, before.called_off, last, today)
