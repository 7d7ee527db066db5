"""The sentences about decisions, risks and milestones."""

from bot.errors import Why

OF_PLANS: dict[Why, str] = {
    Why.DECISION_KEPT: (
        "This message is {decision} already. See them all with `/charter decisions`."
    ),
    Why.NO_WORDS: "There are no words to keep. Say it in your own: `/charter decision TEXT`.",
    Why.SCOPE_DECLINED: (
        "I may not read this message: that takes the scope {scope}, which an admin can grant. "
        "Until then choose “Save as decision” in its menu, or type `/charter decision TEXT`."
    ),
}
