"""The sentences about decisions, risks, milestones and standups of user groups."""

from bot.errors import Why

OF_PLANS: dict[Why, str] = {
    Why.BAD_REVIEW: (
        "“{days}” is no time to ask again. Write `/charter review every 30 days`, up to 365, or "
        "`/charter review off`."
    ),
    Why.MILESTONE_REMOVED: (
        "{milestone} was there before, first planned for {date}. Bring it back with that day: "
        "`/charter milestone NAME back`."
    ),
    Why.MILESTONE_THERE: (
        "{milestone} is there already, first planned for {date}. Move it with a reason: "
        "`/charter milestone NAME moved to 15 May because REASON`."
    ),
    Why.MOVE_REASON: (
        "Say why it moves, for the ledger: "
        "`/charter milestone NAME moved to 15 May because REASON`."
    ),
    Why.NOT_MET_YET: (
        "{date} is still to come. Say when {milestone} was met: "
        "`/charter milestone NAME met today`."
    ),
    Why.BAD_LEVEL: (
        "“{level}” is no level. Say low, medium or high: "
        "`/charter risk R-3 likelihood high impact low`."
    ),
    Why.CLOSE_REASON: ("Say how it was settled: `/charter {kind} {entry} close because REASON`."),
    Why.ONLY_RISKS_RATED: (
        "Only a risk has a likelihood and an impact. Leave them out of this {kind}, or raise a "
        "risk: `/charter risk add TEXT`."
    ),
    Why.OWNER_GONE: (
        "{name} has left, or is a bot. Name somebody else: `/charter risk R-3 owner @bea`."
    ),
    Why.DECISION_KEPT: (
        "This message is {decision} already. See them all with `/charter decisions`."
    ),
    Why.NO_WORDS: "There are no words to keep. Say it in your own: `/charter decision TEXT`.",
    Why.GROUP_UNKNOWN: (
        "I know no Slack user group “{name}”. An admin can grant me the scope usergroups:read; "
        "then, or with another name, try again: `/charter standup with @ml-team`."
    ),
    Why.SCOPE_DECLINED: (
        "I may not read this message: that takes the scope {scope}, which an admin can grant. "
        "Until then choose “Save as decision” in its menu, or type `/charter decision TEXT`."
    ),
}
