"""What may go wrong, what is taken for granted, what has gone wrong, what waits for others."""

from bot.commands.chapter import Command
from bot.commands.raid import read_entry, read_raid
from bot.raid import RaidKind, label

_HELP = {
    RaidKind.RISK: "keep what may go wrong: how likely, how bad, what is done about it",
    RaidKind.ASSUMPTION: "keep what is taken for granted, and when to look at it again",
    RaidKind.ISSUE: "keep what has gone wrong, whose it is, and until when",
    RaidKind.DEPENDENCY: "keep what the project waits for, and from whom",
}
_RATED = "risk R-3 likelihood LEVEL impact LEVEL"
_EXAMPLES = {
    RaidKind.RISK: "risk add for rollout likelihood high impact high owner @bea: "
    "the vendor stops the feed",
    RaidKind.ASSUMPTION: "assumption add for data pipeline: events arrive within an hour",
    RaidKind.ISSUE: "issue add for annotation owner @cy due 1 May: the labels of June are lost",
    RaidKind.DEPENDENCY: "dependency add for rollout due 1 May: the platform team's gateway",
}


def _of(kind: RaidKind) -> Command:
    named, one = kind.value, f"{kind.value} {label(kind, 3)}"
    rated = (_RATED,) if kind is RaidKind.RISK else ()
    return Command(
        named,
        (
            named,
            f"{named} add",
            f"{named} add TEXT",
            f"{named} add for ITEM owner PERSON due DATE: TEXT",
            one,
            f"{one} edit",
            *rated,
            f"{one} owner PERSON due DATE",
            f"{one} mitigation: TEXT",
            f"{one} close because REASON",
            f"{one} reopen",
        ),
        _EXAMPLES[kind],
        _HELP[kind],
        read_entry(kind),
        _MORE if kind is RaidKind.RISK else (),
        (kind.plural,),
    )


_MORE = (
    "`add` alone, and `edit`, open a form. LEVEL: low, medium or high; only risks have them. "
    "`owner nobody`, `due none` and `for project` take away what stands there; `R-3: TEXT` words "
    "it anew.",
    "Nothing is overwritten: `risk R-3` shows all that was ever said of it, by whom and since "
    "when. A page of the list: `risks page 2`.",
    "Whoever is accountable hears of a risk that is high in both, and of an entry whose day has "
    "gone by; whoever owns it hears of both, too.",
)

RAID: tuple[Command, ...] = (
    *(_of(kind) for kind in RaidKind),
    Command(
        "raid",
        ("raid", "raid page PAGE", "raid in PROJECT"),
        "raid in Churn Radar",
        "see the risks, assumptions, issues and dependencies of a project together",
        read_raid,
    ),
)
