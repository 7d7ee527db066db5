"""One method, one use case, one transaction. The only importer of storage among the handlers.

Every method raises an error of `bot.errors` and nothing else that a person could have caused.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.pace import Pace
from bot.settings import Settings
from bot.sources import sources
from bot.sources.base import Source
from bot.sources.budget import Budgets
from handlers.service import (
    brief_plans,
    digests,
    drift,
    kinds,
    own_digests,
    reminders,
    retention,
    reviews,
    roster,
)
from handlers.service.access import Access
from handlers.service.audience import Audience, Readers
from handlers.service.auditing import Auditing
from handlers.service.brief_plans import BriefPlans
from handlers.service.briefs import Briefs
from handlers.service.cards import FOLLOW, REGISTRY, SYNC
from handlers.service.catalogue import Roles
from handlers.service.channels import Channels
from handlers.service.circles import Circles
from handlers.service.codeowners import Codeowners
from handlers.service.consultations import DUTIES as CONSULTATION_DUTIES
from handlers.service.consultations import Consultations
from handlers.service.decisions import Decisions
from handlers.service.delegations import Delegations
from handlers.service.digests import Digests
from handlers.service.documents import Documents
from handlers.service.drift import Drift
from handlers.service.elsewhere import Press
from handlers.service.escalation import DUTIES as BLOCKER_DUTIES
from handlers.service.export_plans import ExportPlans
from handlers.service.exports import Exports
from handlers.service.facts import FactsCache
from handlers.service.feedback import KIND as FEEDBACK
from handlers.service.feedback import Again, Feedback
from handlers.service.filing import Filing
from handlers.service.gates import Gates
from handlers.service.homes import Homes
from handlers.service.identities import Identities
from handlers.service.importing import Importing
from handlers.service.installations import KEPT_UNINSTALLED, Installations, Vault
from handlers.service.ladders import Ladders
from handlers.service.leaving import Leaving
from handlers.service.links import Follows, Links, Lookout, Polling, Streams, deliveries, hearing
from handlers.service.links.deliveries import Deliveries
from handlers.service.links.kept import KeptAnswers
from handlers.service.links.registry import Registry
from handlers.service.linter import Linter
from handlers.service.measuring import Measures
from handlers.service.milestones import Milestones
from handlers.service.offers import DUTIES as OFFER_DUTIES
from handlers.service.outbox import Outbox
from handlers.service.own_digests import OwnDigests
from handlers.service.past_standups import Lookups
from handlers.service.people import People
from handlers.service.personal import Personal
from handlers.service.preparing import Preparations
from handlers.service.presence import Presences
from handlers.service.projects import Projects
from handlers.service.questions import Questions
from handlers.service.quiet import Quiet
from handlers.service.raci import Raci
from handlers.service.raid import DUTIES as RAID_DUTIES
from handlers.service.raid import Raid
from handlers.service.reasons import Reasons
from handlers.service.records import Records
from handlers.service.reminders import QuietUntil
from handlers.service.review_lists import ReviewLists
from handlers.service.reviews import Reviews
from handlers.service.roster import Everyone
from handlers.service.rounds import DUTIES as STANDUP_DUTIES
from handlers.service.rungs import Rungs
from handlers.service.scopes import Scopes
from handlers.service.settings import WorkspaceSettings
from handlers.service.stages import Stages
from handlers.service.standings import Standings
from handlers.service.standups import Standups
from handlers.service.team import Team
from handlers.service.timers import Duty, Timers
from handlers.service.together import Transfers
from handlers.service.undelivered import Undelivered
from handlers.service.user_groups import UserGroups
from handlers.service.vitals import Vitals
from handlers.service.workspaces import Workspaces
from storage.database import Database

__all__ = [
    "Access",
    "Auditing",
    "Channels",
    "Charter",
    "Circles",
    "Codeowners",
    "Consultations",
    "Decisions",
    "Delegations",
    "Digests",
    "Documents",
    "Drift",
    "ExportPlans",
    "Exports",
    "Feedback",
    "Follows",
    "Gates",
    "Homes",
    "Identities",
    "Importing",
    "Installations",
    "Ladders",
    "Leaving",
    "Links",
    "Linter",
    "Lookups",
    "Milestones",
    "Outbox",
    "OwnDigests",
    "People",
    "Personal",
    "Presences",
    "Projects",
    "Questions",
    "Quiet",
    "Raci",
    "Raid",
    "Reasons",
    "Records",
    "Reviews",
    "Roles",
    "Rungs",
    "Scopes",
    "Stages",
    "Standings",
    "Standups",
    "Team",
    "Timers",
    "Transfers",
    "Undelivered",
    "UserGroups",
    "WorkspaceSettings",
    "Workspaces",
    "equipped",
    "services",
]

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Charter:
    """The use cases, as Bolt's listeners get them by the name `charter`."""

    workspaces: Workspaces
    people: People
    identities: Identities
    personal: Personal
    auditing: Auditing
    leaving: Leaving
    channels: Channels
    projects: Projects
    raci: Raci
    team: Team
    roles: Roles
    linter: Linter
    drift: Drift
    transfers: Transfers
    delegations: Delegations
    stages: Stages
    gates: Gates
    ladders: Ladders
    rungs: Rungs
    standings: Standings
    scopes: Scopes
    reviews: Reviews
    milestones: Milestones
    raid: Raid
    decisions: Decisions
    questions: Questions
    feedback: Feedback
    documents: Documents
    standups: Standups
    lookups: Lookups
    links: Links
    follows: Follows
    measures: Measures
    review_lists: ReviewLists
    codeowners: Codeowners
    polling: Polling
    deliveries: Deliveries
    registry: Registry
    timers: Timers
    outbox: Outbox
    homes: Homes
    digests: Digests
    briefs: Briefs
    brief_plans: BriefPlans
    own_digests: OwnDigests
    exports: Exports
    export_plans: ExportPlans
    importing: Importing
    access: Access
    circles: Circles
    settings: WorkspaceSettings
    undelivered: Undelivered
    consultations: Consultations
    quiet: Quiet
    presences: Presences
    reasons: Reasons
    user_groups: UserGroups
    pace: Pace
    installations: Installations
    vitals: Vitals
    preparations: Preparations


def services(
    database: Database,
    clock: Clock,
    admins: frozenset[str] = frozenset(),
    sources: Iterable[Source] = (),
    everyone: Everyone | None = None,
    quiet_until: QuietUntil | None = None,
    press: Press | None = None,
    pace: Pace | None = None,
    readers: Readers | None = None,
    vault: Vault | None = None,
    kept_for: timedelta = KEPT_UNINSTALLED,
) -> Charter:
    """Wire the use cases. `clock` gives aware UTC; `admins` are Slack ids of admins; `sources` are
    looked at for what is linked; `everyone` gives Slack's users, `quiet_until` until when one of
    them wants no notifications, `readers` who is in a channel; `press` makes large workbooks;
    `pace` bounds what is asked within a minute; `vault` seals the tokens of many workspaces, whose
    data is `kept_for` a while after they took Charter away.
    """
    cache = FactsCache()
    lookout = Lookout(sources)
    streams = Streams(database, clock, cache, lookout)
    registry = Registry(database, clock, cache, lookout)
    polling = Polling(database, clock, cache, lookout, streams, registry)
    heard = Deliveries(database, clock, cache, lookout)
    questions = Questions(database, clock, cache)
    audience = Audience(database, cache, readers)
    duties: dict[str, Duty] = {
        **STANDUP_DUTIES,
        **OFFER_DUTIES,
        reviews.KIND: reviews.duty(database, clock, cache),
        **RAID_DUTIES,
        drift.KIND: drift.duty(database, clock, cache),
        **CONSULTATION_DUTIES,
        **BLOCKER_DUTIES,
        digests.KIND: digests.duty(database, clock, cache),
        brief_plans.KIND: brief_plans.duty(database, clock, cache),
        kinds.EXPORT: Filing(database, clock, cache, audience, press).duty(),
        own_digests.KIND: own_digests.duty(database, clock, cache),
        SYNC: polling.duty(),
        deliveries.KIND: heard.duty(),
        deliveries.REPAIRS: heard.repairs(),
        FOLLOW: streams.duty(),
        REGISTRY: registry.duty(),
        roster.KIND: roster.duty(everyone),
        retention.KIND: retention.duty(),
        reminders.KIND: reminders.duty(database, clock, cache, quiet_until),
        FEEDBACK: Again(database, clock, cache, questions).duty(),
    }
    return Charter(
        workspaces=Workspaces(database, clock),
        people=People(database, clock, cache, admins),
        identities=Identities(database, clock, cache),
        personal=Personal(database, clock, cache),
        auditing=Auditing(database, clock, cache),
        leaving=Leaving(database, clock, cache),
        channels=Channels(database, clock, cache),
        projects=Projects(database, clock, cache),
        raci=Raci(database, clock, cache),
        team=Team(database, clock, cache),
        roles=Roles(database, clock, cache),
        linter=Linter(database, clock, cache),
        drift=Drift(database, clock, cache),
        transfers=Transfers(database, clock, cache),
        delegations=Delegations(database, clock, cache),
        stages=Stages(database, clock, cache),
        gates=Gates(database, clock, cache),
        ladders=Ladders(database, clock, cache),
        rungs=Rungs(database, clock, cache),
        standings=Standings(database, clock, cache),
        scopes=Scopes(database, clock, cache),
        reviews=Reviews(database, clock, cache),
        milestones=Milestones(database, clock, cache),
        raid=Raid(database, clock, cache),
        decisions=Decisions(database, clock, cache),
        questions=questions,
        feedback=Feedback(database, clock, cache, questions),
        documents=Documents(database),
        standups=Standups(database, clock, cache),
        lookups=Lookups(database, clock, cache),
        links=Links(database, clock, cache, lookout),
        follows=Follows(database, clock, cache, lookout),
        measures=Measures(database, clock, cache, lookout),
        review_lists=ReviewLists(database, clock, cache),
        codeowners=Codeowners(database, clock, cache, lookout),
        polling=polling,
        deliveries=heard,
        registry=registry,
        timers=Timers(database, clock, cache, duties),
        outbox=Outbox(database, clock, cache),
        homes=Homes(database, clock, cache, admins),
        digests=Digests(database, clock, cache),
        briefs=Briefs(database, clock, cache),
        brief_plans=BriefPlans(database, clock, cache),
        own_digests=OwnDigests(database, clock, cache),
        exports=Exports(database, clock, cache, audience, press),
        export_plans=ExportPlans(database, clock, cache, audience),
        importing=Importing(database, clock, cache),
        access=Access(database, clock, cache),
        circles=Circles(database, clock, cache),
        settings=WorkspaceSettings(database, clock, cache),
        undelivered=Undelivered(database, clock, cache),
        consultations=Consultations(database, clock, cache),
        quiet=Quiet(database, clock, cache),
        presences=Presences(database, clock, cache),
        reasons=Reasons(database, clock, cache),
        user_groups=UserGroups(database),
        pace=pace or Pace(),
        installations=Installations(database, clock, cache, vault, kept_for),
        vitals=Vitals(database, clock),
        preparations=Preparations(database, clock),
    )


def equipped(
    settings: Settings,
    database: Database,
    clock: Clock,
    everyone: Everyone | None = None,
    quiet_until: QuietUntil | None = None,
    press: Press | None = None,
    budgets: Budgets | None = None,
    readers: Readers | None = None,
) -> Charter:
    """Wire the use cases as the settings say, with the sources that they name."""
    kept = KeptAnswers(database, clock)
    known = sources(settings, kept, clock, budgets=budgets, listener=hearing.heard)
    pace = Pace(settings.charter_asks_per_person, settings.charter_asks_per_workspace)
    keys = settings.secret_keys()
    return services(
        database,
        clock,
        settings.admins(),
        known,
        everyone,
        quiet_until,
        press,
        pace,
        readers,
        Vault(keys) if keys else None,
        timedelta(days=settings.charter_keep_uninstalled_days),
    )
