"""Orders about what Charter writes to somebody, as the commands that give them."""

from bot.commands.looking import ShowQuestions
from bot.commands.orders import Explain, ShowQuiet
from bot.commands.speaking import name_word, own_text, within
from bot.hours import SHORT
from bot.orders import AskResponsible, SetQuiet

NoticeOrder = Explain | ShowQuiet | SetQuiet | AskResponsible | ShowQuestions
"""What can be said of what Charter writes to somebody."""


def notice_spoken(order: NoticeOrder) -> str:
    """Such an order as the command that gives it."""
    match order:
        case Explain(channel=channel, ts=ts):
            there = f" https://slack.com/archives/{channel}/p{ts.replace('.', '')}" if ts else ""
            return f"why{there}"
        case AskResponsible(item=item, text=text, project=project):
            return f"question {name_word(item)}{within(project)}: {own_text(text)}"
        case ShowQuestions(project=project):
            return f"unanswered{within(project)}"
        case ShowQuiet():
            return "quiet"
        case SetQuiet(is_off=True):
            return "quiet off"
        case SetQuiet(days=days, quiet_from=start, quiet_until=end):
            hours = f" {start:%H:%M}-{end:%H:%M}" if start is not None and end is not None else ""
            worked = f" {' '.join(SHORT[day] for day in sorted(days))}" if days else ""
            return f"quiet{hours}{worked}"
