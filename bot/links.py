"""Linking: what an address is, and the change that links it to a project."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from bot import errors
from bot.acting import Acting
from bot.attaching import Attached, By
from bot.changes import (
    PullRequestLinked,
    RunLinked,
    Spot,
    TieChange,
)
from bot.errors import BadInput, Refused
from bot.evidence import Sighting
from bot.outcome import Done
from bot.people import Person
from bot.project import Item, Project
from bot.sources.base import Kind, Page, PullRequest, Ref, Run, Trouble, Why
from bot.upkeep import Link

LONGEST_URL = 2000
LONGEST_TITLE = 120
_IN_TEXT = re.compile(
    r"<(https?://[^\s<>|]+)(?:\|[^<>]*)?>|(?<![\w/.@-])(https?://[^\s<>|]+)", re.I
)
_TRAILING = ".,;:!?'\"”’"


def addresses(text: str) -> tuple[str, ...]:
    """The web addresses in what somebody wrote, as Slack marks them up or bare; each once."""
    found = (marked or _ended(bare) for marked, bare in _IN_TEXT.findall(text))
    return tuple(dict.fromkeys(url.replace("&amp;", "&") for url in found))


def _ended(bare: str) -> str:
    """Without the marks of the sentence around it."""
    return bare.rstrip(_TRAILING if "(" in bare else _TRAILING + ")")


def without_addresses(text: str) -> str:
    return " ".join(_IN_TEXT.sub(" ", text).split())


def checked_url(text: str) -> str:
    """An address of the web that can be kept. `BadInput` for anything else.

    One with a user in it is refused: it leads elsewhere than it seems to.
    """
    url = text.strip()
    parts = _split(url)
    odd = parts is None or not url.isprintable() or any(mark in url for mark in ' <>"`\\')
    if odd or parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadInput(errors.Why.BAD_URL, {"url": url}, field="url")
    if "@" in parts.netloc or len(url) > LONGEST_URL:
        raise BadInput(errors.Why.BAD_URL, {"url": url}, field="url")
    return url


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # asked for its complaint
    except ValueError:
        return None
    return parts


def short_title(url: str) -> str:
    """What an address is called that nobody gave a name: its host and path."""
    parts = urlsplit(url)
    title = f"{parts.hostname}{parts.path}".rstrip("/")
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def ref_title(ref: Ref) -> str:
    """What the address alone tells: "acme/churn#7", "run 0ab12"."""
    if ref.kind is Kind.PULL_REQUEST:
        return ref.key
    return f"run {ref.key.rpartition('/')[2][:12]}"


def repo_and_number(ref: Ref) -> tuple[str, int]:
    """Of a pull request: its repository (in lower case) and its number there."""
    repo, _, number = ref.key.rpartition("#")
    return repo, int(number)


def spot(item: Item | None) -> Spot:
    return Spot(item.id, item.key, item.title) if item else Spot()


def link(project: Project, ref: Ref, before: Spot | None, item: Item | None) -> TieChange | None:
    """The change that links `ref` to a project, and to an item of it if one is given.

    None where it is linked there already: without an item the present one stays. `Refused` for an
    archived project.
    """
    if project.archived_at:
        raise Refused(errors.Why.ARCHIVED, {"project": project.name, "key": project.key})
    after = before if before is not None and item is None else spot(item)
    return None if after == before else linked(project.id, ref, before, after)


def linked(project: int, ref: Ref, before: Spot | None, after: Spot | None) -> TieChange:
    if ref.kind is Kind.PULL_REQUEST:
        repo, number = repo_and_number(ref)
        return PullRequestLinked(project, ref.source, repo, number, ref.url, before, after)
    return RunLinked(project, ref.source, ref.key, ref.url, before, after)


def move(project: Project, ref: Ref, before: Spot | None, item: Item | None) -> TieChange:
    """The change that gives something linked another item, or none."""
    if project.archived_at:
        raise Refused(errors.Why.ARCHIVED, {"project": project.name, "key": project.key})
    if before is None:
        raise Refused(errors.Why.NOT_HELD, {"item": project.name, "letters": ref_title(ref)})
    if spot(item) == before:
        raise Refused(errors.Why.NOTHING_CHANGES, {"item": ref_title(ref)})
    return linked(project.id, ref, before, spot(item))


def unlink(project: Project, ref: Ref, before: Spot | None) -> TieChange:
    """The change after which `ref` is linked no more. `Refused` where it is not linked."""
    if before is None:
        raise Refused(errors.Why.NOT_HELD, {"item": project.name, "letters": ref_title(ref)})
    return linked(project.id, ref, before, None)


def checked_title(text: str) -> str:
    """What a page is to be called: one line, no longer than is shown."""
    title = " ".join(text.split())
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def ref_of(change: TieChange) -> Ref:
    match change:
        case PullRequestLinked(source=source, repo=repo, number=number, url=url):
            return Ref(source, Kind.PULL_REQUEST, f"{repo}#{number}".lower(), url)
        case RunLinked(tracker=tracker, run=run, url=url):
            return Ref(tracker, Kind.RUN, run, url)


def author(seen: PullRequest | Run | None) -> str:
    """Whose it is, by their name at the source."""
    match seen:
        case PullRequest(author=login) | Run(user=login):
            return login
        case _:
            return ""


def seen_title(linked: "Linked") -> str:
    """What it is called and where it stands, in a few words: "acme/churn#7 merged"."""
    match linked.sighting.seen:
        case PullRequest(repo=repo, number=number, state=state):
            return f"{repo}#{number} {state.value}"
        case Run(name=name, state=state, deleted=deleted):
            return f"{name or ref_title(linked.ref)} {'deleted' if deleted else state.value}"
        case _:
            return ref_title(linked.ref)


@dataclass(frozen=True, slots=True)
class Linked:
    """A pull request or run in a project. `id` is its row's among those of its kind.

    `item` is the key of the stage or component that it belongs to. `is_linked`: it still belongs to
    the project. One that a document told has no address until somebody links it.

    `by` is how it came to be where it is, `why` in words the rule that put it there; `overruled`
    are rules that would have it elsewhere.
    """

    id: int
    project: int
    item: str | None
    sighting: Sighting
    is_linked: bool = True
    is_polled: bool = False
    linked_at: datetime | None = None
    by: By = By.HAND
    why: str = ""
    overruled: tuple[Attached, ...] = ()

    @property
    def ref(self) -> Ref:
        return self.sighting.ref

    @property
    def about(self) -> str:
        """What cards about it have in common."""
        return f"{self.ref.kind}/{self.id}"

    def card_key(self, channel: str, thread: str) -> str:
        return f"card/{self.about}/{channel}/{thread}"


def spot_of(project: Project, linked: Linked | None) -> Spot | None:
    """What it is linked to; None where it is not."""
    if linked is None or not linked.is_linked:
        return None
    item = project.item(linked.item) if linked.item else None
    return spot(item) if item or not linked.item else Spot(None, linked.item, linked.item)


class Sight(StrEnum):
    """How much a card may say where it stands."""

    FULL = "full"
    NUMBER = "number"
    """Of a pull request its number and state alone: its repository is private, the place is not."""
    BARE = "bare"
    """Nothing but what stands in the address: the project is private elsewhere."""


def sight(linked: Linked, *, knows_project: bool, inside: bool) -> Sight:
    """What everybody who reads the place may see.

    Of a pull request in a private repository only those read all who are `inside`: in a private
    channel of the project's own, or, for themselves, its author and its reviewers; all, where the
    project shows titles. Charter's token may see more than the one who asks.
    """
    if not knows_project:
        return Sight.BARE
    if linked.ref.kind is Kind.PULL_REQUEST and not inside:
        seen = linked.sighting.seen
        if not isinstance(seen, PullRequest) or seen.private:
            return Sight.NUMBER
    return Sight.FULL


@dataclass(frozen=True, slots=True)
class Card:
    """A linked thing with what stands beside it on its card. `project` None where the place may
    not know of it.

    `logins` are people's names at the source, in lower case, `acting` who acts for whom there.
    `places` are what others, which the place may know of, are called where a rule would have it.
    """

    linked: Linked
    sight: Sight
    project: Project | None = None
    people: Mapping[int, Person] = field(default_factory=dict)
    logins: Mapping[str, int] = field(default_factory=dict)
    acting: Mapping[int, Acting] = field(default_factory=dict)
    places: Mapping[tuple[int, str | None], str] = field(default_factory=dict)
    commit_of: Ref | None = None
    """The pull request of the project that the commit of a run belongs to, where all may know."""

    @property
    def item(self) -> Item | None:
        key = self.linked.item
        return self.project.item(key) if self.project and key else None


class Posted(StrEnum):
    """Where the card of something linked stands, as seen from where it was asked for."""

    HERE = "here"
    DIRECT = "direct"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class LinkMade:
    """What an order to link came to. `done` None: it was linked like that already."""

    card: Card
    posted: Posted
    done: Done | None


@dataclass(frozen=True, slots=True)
class LinkKept:
    """The address of a page, or one that no source knows, kept among the links of the project.
    `is_open`: all who read the place may know of that. `page` is what its source told of it. Where
    it was kept before (not `is_new`), it is looked through on another day, or of another item;
    `keeper` is who does.
    """

    url: str
    title: str
    done: Done
    is_open: bool
    page: Page | Trouble | None = None
    link: Link | None = None
    is_new: bool = True
    keeper: Person | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Which project something belongs to: `options` are names and keys, `more` are left out."""

    ref: Ref
    options: tuple[tuple[str, str], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Synced:
    """What one pass came to at one source: how many were looked at, what looks otherwise now (as
    words), and in how many looks which trouble was met. `linked` was found where it is followed.
    """

    source: str
    looked_at: int
    changed: tuple[str, ...] = ()
    troubles: Mapping[Why, int] = field(default_factory=dict)
    linked: tuple[str, ...] = ()
