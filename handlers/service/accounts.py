"""What a code host tells of accounts: whoever changes their name there stays the same person."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from bot import accounts
from bot.people import Actor, Surface
from bot.sources.base import PullRequest, Seen
from handlers.service.facts import WorkspaceFacts
from storage import identities, ledger

KIND = "github"


def learn(session: Session, facts: WorkspaceFacts, now: datetime, seen: Iterable[Seen]) -> None:
    """Keep what was seen of accounts, before anything is told by names: within a transaction that
    holds the workspace's lock.
    """
    names = accounts.told(one for one in seen if isinstance(one, PullRequest) and one.accounts)
    if not names:
        return
    known = identities.accounts(session, facts.workspace, KIND)
    found = accounts.learned(KIND, names, known)
    if found.changes:
        actor = Actor(facts.workspace, None, Surface.CLOCK, is_admin=False)
        with ledger.opened(session, actor, now) as book:
            for change in found.changes:
                book.apply(change, facts.people)
    for value, account in found.accounts.items():
        identities.keep_account(session, facts.workspace, KIND, value, account)
