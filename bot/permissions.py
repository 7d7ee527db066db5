"""Who may do what: a right for every change and for every order, and the role that gives it.

Open inside a project: every full member of the workspace edits what they can see, unless they were
made a viewer. Answering for something is for its Accountable, the project's lead and admins;
running the workspace is for admins. Guests of Slack's have what was granted to them, bots nothing.
Nobody may touch what they cannot see; an admin sees no more than others.
"""

from collections.abc import Mapping

from bot import changes, commands, orders
from bot.changes import Change
from bot.errors import Forbidden, NotFound
from bot.people import Actor, Person
from bot.project import Item, Letter, PersonHolder, Project
from bot.rights import Right, Role
from bot.sight import Sight

CHANGES: Mapping[type[Change], Right] = {
    changes.RolesChanged: Right.EDIT,
    changes.HandOverOffered: Right.EDIT,
    changes.HandOverSettled: Right.LOOK,
    changes.DelegationSet: Right.LOOK,
    changes.DelegationEnded: Right.LOOK,
    changes.StageMoved: Right.EDIT,
    changes.DueMoved: Right.EDIT,
    changes.BlockerHanded: Right.EDIT,
    changes.CriterionChanged: Right.ANSWER,
    changes.TickChanged: Right.ANSWER,
    changes.GateAsked: Right.EDIT,
    changes.HealthSet: Right.EDIT,
    changes.ProjectFinished: Right.ANSWER,
    changes.ItemAdded: Right.EDIT,
    changes.ItemRemoved: Right.EDIT,
    changes.ItemRenamed: Right.EDIT,
    changes.ItemsOrdered: Right.EDIT,
    changes.RungsChanged: Right.RUN,
    changes.ScopeChanged: Right.EDIT,
    changes.MetricChanged: Right.EDIT,
    changes.ScopeRevised: Right.EDIT,
    changes.ScopeApproved: Right.ANSWER,
    changes.VerdictGiven: Right.ANSWER,
    changes.ProjectConfirmed: Right.ANSWER,
    changes.ReviewSet: Right.ANSWER,
    changes.DecisionKept: Right.EDIT,
    changes.DecisionWithdrawn: Right.EDIT,
    changes.MilestoneMet: Right.EDIT,
    changes.MilestoneMoved: Right.EDIT,
    changes.MilestoneRemoved: Right.EDIT,
    changes.MilestoneSet: Right.EDIT,
    changes.RaidRaised: Right.EDIT,
    changes.RaidChanged: Right.EDIT,
    changes.AliasChanged: Right.EDIT,
    changes.ChannelChanged: Right.EDIT,
    changes.ArchiveChanged: Right.ANSWER,
    changes.StandupSet: Right.EDIT,
    changes.StandupEnded: Right.EDIT,
    changes.DigestSet: Right.EDIT,
    changes.DigestEnded: Right.EDIT,
    changes.OwnDigestSet: Right.LOOK,
    changes.OwnDigestEnded: Right.LOOK,
    changes.ProjectCreated: Right.EDIT,
    changes.PullRequestLinked: Right.EDIT,
    changes.RunLinked: Right.EDIT,
    changes.LinkAdded: Right.EDIT,
    changes.IdentityChanged: Right.RUN,
    changes.PeopleMerged: Right.RUN,
    changes.ModeChanged: Right.ANSWER,
    changes.WaiverChanged: Right.ANSWER,
    changes.RoleDefined: Right.RUN,
    changes.JobGiven: Right.RUN,
    changes.GrantChanged: Right.ANSWER,
    changes.PrivacyChanged: Right.ANSWER,
    changes.GlassBroken: Right.RUN,
    changes.SettingChanged: Right.RUN,
    changes.SharedChannelOpened: Right.RUN,
    changes.HoldChanged: Right.RUN,
    changes.ConsultationAsked: Right.EDIT,
    changes.ConsultationAnswered: Right.LOOK,
    changes.ConsultationSilent: Right.EDIT,
    changes.HoursSet: Right.LOOK,
}
"""What a change takes: in its project, or in the workspace if it is of none. Who may settle an
offer is decided with the offer, and who may delegate with the delegation.
"""


def takes(change: Change, actor: Actor) -> Right:
    """What this very change takes: what was offered to somebody they may take; to give away what is
    somebody else's is to answer for it; and to hand over unasked, or to pass a gate that is closed,
    is to answer for the project.
    """
    if isinstance(change, changes.RolesChanged) and change.accepts is not None:
        return Right.LOOK
    if _is_of_the_whole(change) or _is_of_another(change, actor):
        return Right.ANSWER
    return CHANGES[type(change)]


def _is_of_another(change: Change, actor: Actor) -> bool:
    """Whether it offers, or takes out of the project, what somebody else is accountable for."""
    match change:
        case changes.HandOverOffered(giver=giver, is_request=is_request):
            return not is_request and giver != actor.person_id
        case changes.ItemRemoved(back=False, ended=ended):
            accountable = (one.holder for one in ended if one.letter is Letter.A)
            return any(
                isinstance(holder, PersonHolder) and holder.person != actor.person_id
                for holder in accountable
            )
        case _:
            return False


def _is_of_the_whole(change: Change) -> bool:
    """Whether it is not for those who answer for the item alone, but for the project's lead."""
    match change:
        case changes.RolesChanged(forced=forced):
            return bool(forced)
        case changes.StageMoved(passed=passed):
            return bool(passed)
        case _:
            return False


ORDERS: Mapping[type, Right] = {
    commands.Help: Right.LOOK,
    commands.Welcome: Right.LOOK,
    commands.Ask: Right.LOOK,
    commands.ShowQuestions: Right.EDIT,
    orders.SayExpected: Right.LOOK,
    orders.SettleQuestion: Right.EDIT,
    commands.OpenNew: Right.EDIT,
    commands.ListProjects: Right.LOOK,
    commands.Show: Right.LOOK,
    commands.Bind: Right.EDIT,
    commands.Unbind: Right.EDIT,
    commands.Archive: Right.ANSWER,
    commands.ShowMatrix: Right.LOOK,
    commands.ShowRow: Right.LOOK,
    commands.ShowScope: Right.LOOK,
    commands.ShowGate: Right.LOOK,
    commands.ShowHealth: Right.LOOK,
    commands.ShowLadder: Right.LOOK,
    commands.OpenStandup: Right.EDIT,
    commands.ShowStandup: Right.LOOK,
    commands.ShowStandups: Right.LOOK,
    commands.ShowDigest: Right.LOOK,
    commands.PreviewDigest: Right.LOOK,
    commands.OpenDigest: Right.EDIT,
    commands.OpenOwnDigest: Right.LOOK,
    commands.ShowOwnDigest: Right.LOOK,
    commands.PreviewOwnDigest: Right.LOOK,
    commands.Export: Right.LOOK,
    commands.ShowGaps: Right.LOOK,
    commands.ShowIdle: Right.EDIT,
    commands.ShowLoad: Right.LOOK,
    commands.ListRoles: Right.LOOK,
    commands.ShowRole: Right.LOOK,
    commands.OpenRole: Right.RUN,
    commands.ShowLint: Right.LOOK,
    commands.ShowBrief: Right.LOOK,
    orders.NewProject: Right.EDIT,
    orders.SetAlias: Right.EDIT,
    orders.Assign: Right.EDIT,
    orders.Clear: Right.EDIT,
    orders.SettleOffer: Right.LOOK,
    commands.ShowHeld: Right.LOOK,
    commands.ShowHistory: Right.LOOK,
    commands.OpenDelegate: Right.LOOK,
    commands.ShowDelegates: Right.LOOK,
    orders.Delegate: Right.LOOK,
    orders.EndDelegation: Right.LOOK,
    orders.SayOfOffer: Right.LOOK,
    commands.ShowPerson: Right.LOOK,
    commands.ExportPerson: Right.LOOK,
    orders.AskToErase: Right.RUN,
    orders.ErasePerson: Right.RUN,
    orders.LinkNames: Right.RUN,
    orders.SetNames: Right.RUN,
    orders.UnlinkNames: Right.RUN,
    orders.MergePeople: Right.RUN,
    orders.SplitPeople: Right.RUN,
    orders.FillSeats: Right.EDIT,
    orders.GiveBack: Right.EDIT,
    orders.AddRole: Right.RUN,
    orders.RenameRole: Right.RUN,
    orders.EditRole: Right.RUN,
    orders.RemoveRole: Right.RUN,
    orders.GiveJob: Right.RUN,
    orders.Waive: Right.ANSWER,
    orders.EndWaiver: Right.ANSWER,
    orders.Transfer: Right.EDIT,
    orders.CloneRaci: Right.EDIT,
    orders.StartUp: Right.ANSWER,
    orders.EndStartUp: Right.ANSWER,
    orders.Split: Right.EDIT,
    orders.Move: Right.EDIT,
    orders.Due: Right.EDIT,
    orders.Block: Right.EDIT,
    orders.Unblock: Right.EDIT,
    orders.AddItem: Right.EDIT,
    orders.RenameItem: Right.EDIT,
    orders.RemoveItem: Right.EDIT,
    orders.OrderItems: Right.EDIT,
    orders.AddRung: Right.RUN,
    orders.RenameRung: Right.RUN,
    orders.RemoveRung: Right.RUN,
    orders.AddCriterion: Right.ANSWER,
    orders.RemoveCriterion: Right.ANSWER,
    orders.TickCriterion: Right.ANSWER,
    orders.AskGate: Right.EDIT,
    orders.SetHealth: Right.EDIT,
    orders.FinishProject: Right.ANSWER,
    orders.SetScope: Right.EDIT,
    commands.OpenScope: Right.EDIT,
    orders.EditScope: Right.EDIT,
    orders.ApproveScope: Right.ANSWER,
    commands.ScopeHistory: Right.LOOK,
    commands.ScopeDiff: Right.LOOK,
    commands.ShowMetrics: Right.LOOK,
    orders.SetMetric: Right.EDIT,
    orders.RemoveMetric: Right.EDIT,
    commands.ShowVerdict: Right.LOOK,
    orders.GiveVerdict: Right.ANSWER,
    commands.Portfolio: Right.LOOK,
    commands.ShowDecisions: Right.LOOK,
    orders.KeepDecision: Right.EDIT,
    orders.Confirm: Right.ANSWER,
    orders.SetReview: Right.ANSWER,
    commands.ShowMilestones: Right.LOOK,
    commands.ShowMilestone: Right.LOOK,
    orders.SetMilestone: Right.EDIT,
    orders.MoveMilestone: Right.EDIT,
    orders.MeetMilestone: Right.EDIT,
    orders.RemoveMilestone: Right.EDIT,
    commands.ShowRaid: Right.LOOK,
    commands.ShowEntry: Right.LOOK,
    commands.OpenRaid: Right.EDIT,
    orders.RaiseRaid: Right.EDIT,
    orders.EditRaid: Right.EDIT,
    orders.CloseRaid: Right.EDIT,
    orders.WithdrawDecision: Right.EDIT,
    orders.SetStandup: Right.EDIT,
    orders.AdjustStandup: Right.EDIT,
    orders.EndStandup: Right.EDIT,
    orders.AnswerStandups: Right.LOOK,
    orders.SetDigest: Right.EDIT,
    orders.EndDigest: Right.EDIT,
    orders.SetOwnDigest: Right.LOOK,
    orders.EndOwnDigest: Right.LOOK,
    orders.AddLink: Right.EDIT,
    orders.MoveLink: Right.EDIT,
    commands.ShowAccess: Right.LOOK,
    orders.Grant: Right.ANSWER,
    orders.SetPrivacy: Right.ANSWER,
    orders.BreakGlass: Right.RUN,
    commands.ShowSettings: Right.LOOK,
    orders.ChangeSetting: Right.RUN,
    orders.OpenSharedChannel: Right.RUN,
    orders.Resume: Right.RUN,
    commands.Explain: Right.LOOK,
    commands.ShowQuiet: Right.LOOK,
    orders.SetQuiet: Right.LOOK,
    orders.AskResponsible: Right.LOOK,
    orders.AnswerConsultation: Right.LOOK,
}
"""What an order takes. Whoever was asked, in a standup, for input or to take something over, may
answer, and their own hours and digests are everybody's own, whatever else they may do.
"""

ADMIN = "an admin"
FRAMING = "framing"


def in_workspace(actor: Actor) -> Role:
    """What somebody is to the workspace, apart from any project."""
    if actor.person is None or actor.is_admin:
        return Role.ADMIN
    is_full = not (actor.person.is_guest or actor.person.is_bot)
    return Role.EDITOR if is_full else Role.VIEWER


def in_project(
    actor: Actor, project: Project, item: Item | None, stands_for: frozenset[int]
) -> Role:
    """What somebody who sees a project is to it, or to one item of it.

    `stands_for` are the people whom they act for today.
    """
    if actor.person is None or actor.is_admin:
        return Role.ADMIN
    if actor.person.is_guest:  # also one who was no guest when the letters were given
        return project.grants.get(actor.person.id, Role.VIEWER)
    if answerable(project, item) & {actor.person.id, *stands_for}:
        return Role.ACCOUNTABLE
    return project.grants.get(actor.person.id, Role.EDITOR)


def answerable(project: Project, item: Item | None) -> frozenset[int]:
    """Who answers for a project, or for an item of it: its Accountable, and the project's lead,
    or, where there is none, who created it.
    """
    lead = project.lead if project.lead is not None else project.created_by
    held = project.raci(item) if item else ()
    accountable = {
        one.holder.person
        for one in held
        if one.letter is Letter.A and isinstance(one.holder, PersonHolder)
    }
    return frozenset(accountable | ({lead} if lead is not None else set()))


def answering(project: Project, item: Item | None, people: Mapping[int, Person]) -> tuple[str, ...]:
    """Their names, of those who have not left."""
    found = (people.get(key) for key in answerable(project, item))
    return tuple(sorted(one.name for one in found if one is not None and one.active))


def check(
    actor: Actor,
    change: Change,
    project: Project,
    item: Item | None,
    people: Mapping[int, Person],
    *,
    sight: Sight,
    stands_for: frozenset[int] = frozenset(),
) -> None:
    """Raise `NotFound` for what the actor cannot see, `Forbidden` for what is not theirs to do."""
    about = None if _is_of_the_whole(change) else item or _stage_of(change, project)
    right = takes(change, actor)
    require_in(actor, right, project, about, people, sight=sight, stands_for=stands_for)


def require_in(
    actor: Actor,
    right: Right,
    project: Project,
    item: Item | None,
    people: Mapping[int, Person],
    *,
    sight: Sight,
    stands_for: frozenset[int] = frozenset(),
) -> None:
    """The same for a right by itself.

    `sight` is what they see of the project from where they are. Through broken glass they may look.
    """
    if not sight:
        raise NotFound("project", project.key)
    role = in_project(actor, project, item, stands_for)
    if sight is Sight.THROUGH_GLASS:
        role = Role.VIEWER
    if not role.may(right):
        raise Forbidden(right, project.name, who_can(project, item, people))


_OF_FRAMING = (
    changes.ScopeApproved | changes.VerdictGiven | changes.ProjectConfirmed | changes.ReviewSet
)


def _stage_of(change: Change, project: Project) -> Item | None:
    """The stage whose Accountable answers for a change of the whole: framing is about scope."""
    if isinstance(change, _OF_FRAMING):
        return project.item(FRAMING)
    return None


def check_workspace(actor: Actor, change: Change, people: Mapping[int, Person]) -> None:
    """Raise `Forbidden` where a change of no project is not the actor's to make."""
    require(actor, CHANGES[type(change)], people)


def require(actor: Actor, right: Right, people: Mapping[int, Person]) -> None:
    """Raise `Forbidden` where somebody does not have that right in the workspace."""
    if not in_workspace(actor).may(right):
        raise Forbidden(right, "", admins(people))


def who_can(project: Project, item: Item | None, people: Mapping[int, Person]) -> tuple[str, ...]:
    """The names of those who answer for it; an admin too, where one can see the project."""
    names = answering(project, item, people)
    return (*names, ADMIN) if not project.private or not names else names


def admins(people: Mapping[int, Person]) -> tuple[str, ...]:
    """The names of the workspace's admins."""
    names = sorted(one.name for one in people.values() if one.is_admin and one.active)
    return tuple(names) or (ADMIN,)
