"""How each change is taken back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.cadence import DigestPlan, ExportPlan
from bot.changes import (
    AliasChanged,
    ArchiveChanged,
    BriefChange,
    BriefEnded,
    BriefSet,
    CatalogueChange,
    Change,
    DecisionChange,
    DecisionWithdrawn,
    DigestEnded,
    DigestSet,
    DocumentPlanned,
    ExportChange,
    ExportEnded,
    ExportSet,
    FilterSet,
    GrantChanged,
    HandOverOffered,
    HandOverSettled,
    LinkAdded,
    LinkChange,
    MilestoneChange,
    ModeChanged,
    NameChange,
    OwnBriefEnded,
    OwnBriefSet,
    OwnDigestEnded,
    OwnDigestSet,
    OwnExportEnded,
    OwnExportSet,
    PeopleMerged,
    PersonChange,
    PrivacyChanged,
    RaidChange,
    ReviewChange,
    RoleDefined,
    RolesChanged,
    RoutineChange,
    ScopeApproved,
    ScopeChange,
    ScopeChanged,
    ScopePart,
    ScopeRevised,
    StandupChange,
    StandupEnded,
    StandupSet,
    TitlesAllowed,
    VerdictGiven,
    WaiverChanged,
    WorkChange,
    kinds,
)
from bot.deciding.milestones import milestone_reversed
from bot.deciding.raid import raid_reversed
from bot.deciding.reviews import review_reversed
from bot.deciding.undoing_work import reverse_work
from bot.project import Item, OfferState


def _swapped(change: ModeChanged | WaiverChanged | ArchiveChanged) -> Change:
    match change:
        case ArchiveChanged():
            return replace(change, archived=not change.archived)
        case ModeChanged():
            return replace(change, before=change.after, after=change.before)
        case WaiverChanged():
            return replace(change, before=change.after, after=change.before)


def _access_reversed(change: GrantChanged | PrivacyChanged | TitlesAllowed) -> Change:
    if isinstance(change, TitlesAllowed):
        return replace(change, allowed=not change.allowed)
    if isinstance(change, PrivacyChanged):
        return replace(change, private=not change.private, key="")
    return replace(change, before=change.after, after=change.before)


def _roles_reversed(change: RolesChanged, item: Item | None) -> RolesChanged:
    seats = {(seat.letter, seat.holder) for seat in change.begun}
    current = item.assignments if item else ()
    ended = tuple(held for held in current if (held.letter, held.holder) in seats)
    restored = change.shifted + change.ended + change.voided
    return RolesChanged(
        change.project,
        change.item,
        ended,
        (),
        change.since,
        restored=restored,
        returns=change.accepts,
    )


def _offer_reversed(change: HandOverOffered, item: Item | None) -> HandOverSettled | None:
    """The offer called off, where it is still the one that is open."""
    offer = item.offer if item else None
    if offer is None or (offer.giver, offer.receiver) != (change.giver, change.receiver):
        return None
    state = OfferState.CANCELLED
    return HandOverSettled(
        change.project, change.item, offer.id, change.giver, change.receiver, state
    )


def _scope_reversed(change: ScopeChange) -> ScopeChange:
    match change:
        case ScopeRevised(parts=parts):
            return replace(change, parts=tuple(map(_part_reversed, reversed(parts))))
        case ScopeApproved():
            return replace(change, given=not change.given)
        case VerdictGiven():
            return replace(
                change,
                before=change.after,
                before_reason=change.reason,
                after=change.before,
                reason=change.before_reason,
            )
        case _:
            return _part_reversed(change)


def _part_reversed(part: ScopePart) -> ScopePart:
    if isinstance(part, ScopeChanged):
        return replace(part, before=part.after, after=part.before)
    return replace(part, before=part.after, after=part.before)


def _decision_reversed(change: DecisionChange) -> DecisionWithdrawn:
    """Nothing is deleted: what was kept by mistake is withdrawn."""
    if isinstance(change, DecisionWithdrawn):
        return replace(change, withdrawn=not change.withdrawn)
    return DecisionWithdrawn(change.project, change.item, change.number, change.text)


def _name_reversed(change: NameChange) -> NameChange:
    if isinstance(change, AliasChanged):
        return replace(change, added=not change.added)
    return replace(change, bound=not change.bound)


def _link_reversed(change: LinkChange) -> LinkChange:
    if isinstance(change, LinkAdded):
        return replace(change, added=not change.added)
    if isinstance(change, DocumentPlanned):  # apart, for what was is of another type here
        return replace(change, before=change.after, after=change.before)
    if isinstance(change, FilterSet):
        return replace(change, before=change.after, after=change.before)
    return replace(change, before=change.after, after=change.before)


def _routine_reversed(change: RoutineChange) -> RoutineChange:
    if isinstance(change, StandupSet | StandupEnded):
        return _standup_reversed(change)
    if isinstance(change, BriefChange):
        return _brief_reversed(change)
    if isinstance(change, ExportChange):
        return _export_reversed(change)
    match change:
        case DigestEnded(channel=channel, before=plan):
            return DigestSet(channel, None, plan)
        case DigestSet(channel=channel, before=None, after=plan):
            return DigestEnded(channel, plan)
        case OwnDigestEnded(person=person, before=plan):
            return OwnDigestSet(person, None, plan)
        case OwnDigestSet(person=person, before=None, after=plan):
            return OwnDigestEnded(person, plan)
        case DigestSet(before=DigestPlan() as plan) | OwnDigestSet(before=DigestPlan() as plan):
            return replace(change, before=change.after, after=plan)
        case _:
            raise AssertionError(f"nothing to take back: {change!r}")


def _brief_reversed(change: BriefChange) -> BriefChange:
    match change:
        case BriefEnded(channel=channel, before=plan):
            return BriefSet(channel, None, plan)
        case OwnBriefEnded(person=person, before=plan):
            return OwnBriefSet(person, None, plan)
        case BriefSet(before=DigestPlan() as plan) | OwnBriefSet(before=DigestPlan() as plan):
            return replace(change, before=change.after, after=plan)
        case BriefSet(channel=channel, after=plan):
            return BriefEnded(channel, plan)
        case OwnBriefSet(person=person, after=plan):
            return OwnBriefEnded(person, plan)


def _export_reversed(change: ExportChange) -> ExportChange:
    match change:
        case ExportEnded(channel=channel, project=project, before=plan):
            return ExportSet(channel, project, None, plan)
        case OwnExportEnded(person=person, project=project, before=plan):
            return OwnExportSet(person, project, None, plan)
        case ExportSet(before=ExportPlan() as plan) | OwnExportSet(before=ExportPlan() as plan):
            return replace(change, before=change.after, after=plan)
        case ExportSet(channel=channel, project=project, after=plan):
            return ExportEnded(channel, project, plan)
        case OwnExportSet(person=person, project=project, after=plan):
            return OwnExportEnded(person, project, plan)


def _standup_reversed(change: StandupChange) -> StandupChange:
    if isinstance(change, StandupEnded):
        return StandupSet(change.project, None, change.before, "", change.was_in)
    if change.before is None:
        return StandupEnded(change.project, change.after, change.is_in)
    return replace(
        change,
        before=change.after,
        after=change.before,
        was_in=change.is_in,
        is_in=change.was_in,
    )


def _person_reversed(change: PersonChange) -> PersonChange:
    if isinstance(change, PeopleMerged):
        return replace(change, undone=not change.undone)
    return replace(change, before=change.after, after=change.before)


def _catalogue_reversed(change: CatalogueChange) -> CatalogueChange:
    if isinstance(change, RoleDefined):
        return replace(change, before=change.after, after=change.before)
    return replace(
        change,
        before=change.after,
        after=change.before,
        before_title=change.after_title,
        after_title=change.before_title,
    )


Back = Callable[[Any, Item | None], Change | None]


def _alone(back: Callable[[Any], Change | None]) -> Back:
    """What is taken back without a look at how the item stands now."""
    return lambda change, _item: back(change)


_BACK: Mapping[type[Change], Back] = {
    kind: back
    for noun, back in (
        (RolesChanged, _roles_reversed),
        (HandOverOffered, _offer_reversed),
        (WorkChange, reverse_work),
        (ScopeChange, _alone(_scope_reversed)),
        (DecisionChange, _alone(_decision_reversed)),
        (ReviewChange, _alone(review_reversed)),
        (MilestoneChange, _alone(milestone_reversed)),
        (RaidChange, _alone(raid_reversed)),
        (NameChange, _alone(_name_reversed)),
        (LinkChange, _alone(_link_reversed)),
        (ModeChanged | WaiverChanged | ArchiveChanged, _alone(_swapped)),
        (RoutineChange, _alone(_routine_reversed)),
        (CatalogueChange, _alone(_catalogue_reversed)),
        (PersonChange, _alone(_person_reversed)),
        (GrantChanged | PrivacyChanged | TitlesAllowed, _alone(_access_reversed)),
    )
    for kind in kinds(noun)
}


def reverse(change: Change, item: Item | None) -> Change | None:
    """The change that takes `change` back, or None where there is no such thing.

    The record keeps both; the letters are as if neither had been: what began never held, what ended
    goes on from its own beginning. `item` is the item as it is now.
    """
    back = _BACK.get(type(change))
    return back(change, item) if back else None
