"""Who may do what, and what holds for the whole workspace."""

from bot.commands.access import (
    read_access,
    read_break_glass,
    read_channel,
    read_outbox,
    read_resume,
    read_settings,
)
from bot.commands.chapter import Command

ACCESS: tuple[Command, ...] = (
    Command(
        "access",
        (
            "access",
            "access PROJECT",
            "access PERSON viewer",
            "access PERSON editor",
            "access PERSON none",
            "access private",
            "access public",
            "access titles",
            "access no titles",
        ),
        "access @bea viewer in Churn Radar",
        "who may do what in a project, and why; give somebody a role there",
        read_access,
        (
            "Everybody who sees a project may edit it, unless they are made a viewer. Guests see "
            "nothing until they are given a role. A role in a private project lets people see it.",
            "`access private` leaves a project to those who are listed and to the members of its "
            "private channels; what was posted before cannot be called back.",
            "Outside a project's private channels a pull request of a private repository is told "
            "of by number and state. `access titles` lets all who may know of the project read the "
            "rest: title, people, checks; `access no titles` ends that.",
            "Giving roles is for those who answer for the project: its lead, and admins who see "
            "it.",
        ),
    ),
    Command(
        "break-glass",
        ("break-glass PROJECT because REASON",),
        "break-glass Churn Radar because the lead is ill and the release is tomorrow",
        "look into a private project that is not yours, for an hour (for admins)",
        read_break_glass,
        (
            "PROJECT is its exact name. Whoever answers for it is told at once who looks and why, "
            "and the record keeps it.",
        ),
    ),
    Command(
        "settings",
        ("settings", "settings SETTING", "settings SETTING VALUE"),
        "settings load limit 7",
        "what holds for the whole workspace; changing it is for admins",
        read_settings,
        ("VALUE is a number, or `default`.",),
    ),
    Command(
        "channel",
        ("channel allow", "channel forbid"),
        "channel allow",
        "let me answer in a channel that is shared with another organisation (for admins)",
        read_channel,
        (
            "Even there I answer people of this workspace alone, and so that nobody else reads it. "
            "Nothing is posted there by itself.",
        ),
    ),
    Command(
        "resume",
        ("resume",),
        "resume",
        "send again what comes by the clock, after I was removed and came back (for admins)",
        read_resume,
    ),
    Command(
        "outbox",
        ("outbox", "outbox retry all", "outbox retry NUMBER"),
        "outbox retry 42",
        "what did not reach Slack, and send again what was given up (for admins)",
        read_outbox,
        (
            "It tells by place since when messages wait or were given up, and why: never what they "
            "say, and nothing of private projects that you do not see.",
            "What is sent again is what may be told by now, in the order in which it was said; "
            "where it may have arrived it is looked for first, so it does not come twice. What "
            "was to stand below a message that never came is given up again, unless that one comes "
            "now.",
        ),
    ),
)
