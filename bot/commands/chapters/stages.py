"""How work goes: stages and components, what is in their way, their gates, the project's health."""

from bot.commands.blockers import read_block, read_unblock
from bot.commands.chapter import Command
from bot.commands.gates import read_gate
from bot.commands.health import read_done, read_health
from bot.commands.items import read_due
from bot.commands.ladder import read_component, read_ladder, read_stage_command

STAGES: tuple[Command, ...] = (
    Command(
        "stage",
        (
            "stage ITEM",
            "stage ITEM STATUS",
            "stage ITEM STATUS: NOTE",
            "stage ITEM done override: REASON",
            "stage add NAME after ITEM",
            "stage rename ITEM to NAME",
            "stage move ITEM before ITEM",
            "stage remove ITEM",
        ),
        "stage data pipeline blocked: waiting for the export",
        "see where a stage stands, move it, or change which stages there are",
        read_stage_command,
        (
            "STATUS: not started, in progress, at risk, blocked, done, skipped, on hold. "
            "Blocked and skipped need a note that says why.",
            "The note may also follow the word `because`. The project stands before the note: "
            "`stage rollout blocked in Churn Radar: no GPUs`.",
            "A stage with a gate is done once all that the gate asks for is met; the lead or an "
            "admin may let it pass with `override` and a reason.",
            "A stage that is renamed keeps its history, and its old name still means it. One that "
            "is removed keeps its history too; `stage add` with its name brings it back.",
        ),
    ),
    Command(
        "component",
        (
            "component add NAME to STAGE",
            "component rename NAME to NAME",
            "component move NAME before NAME",
            "component remove NAME",
        ),
        "component add tide feed to data pipeline",
        "change which components a stage has",
        read_component,
    ),
    Command(
        "ladder",
        (
            "ladder",
            "ladder add NAME after STAGE",
            "ladder rename STAGE to NAME",
            "ladder remove STAGE",
        ),
        "ladder add Label audit after annotation",
        "see or change the stages that new projects begin with",
        read_ladder,
        ("For admins. Projects that there are keep the stages they have.",),
    ),
    Command(
        "due",
        ("due ITEM DATE", "due ITEM none"),
        "due rollout 1 March in Churn Radar",
        "set or remove the date by which something is due",
        read_due,
        ("DATE: 2026-03-01, 1 March, March 1, 1 Mar 2026, today or tomorrow.",),
    ),
    Command(
        "block",
        ("block ITEM: TEXT", "block ITEM: TEXT owner PERSON"),
        "block data pipeline: no export yet owner @bea",
        "say what is in the way of a stage or component",
        read_block,
        (
            "It is whoever is responsible who sees to it, else whoever is accountable, unless you "
            "name an owner. The same text again is no second blocker: it keeps its age, and with "
            "another owner it is handed on to them.",
        ),
    ),
    Command(
        "unblock",
        ("unblock ITEM", "unblock ITEM because REASON", "unblock ITEM: TEXT because REASON"),
        "unblock data pipeline because the export came",
        "say that what was in the way is gone",
        read_unblock,
        (
            "Without a text all that is in its way is gone; with the last of it the item is again "
            "where it was before.",
        ),
    ),
    Command(
        "gate",
        (
            "gate ITEM",
            "gate ITEM tick",
            "gate ITEM tick CRITERION because NOTE",
            "gate ITEM untick CRITERION",
            "gate ITEM ask",
            "gate ITEM add TEXT",
            "gate ITEM remove CRITERION",
        ),
        "gate framing tick approved because the team agreed",
        "see and tick what a stage needs before it is done",
        read_gate,
        (
            "CRITERION: its text, how it begins, or its number. Those who answer for the stage "
            "tick; what the record tells by itself (a target, earlier stages) nobody ticks.",
            "`ask` lets those who approve and those who are consulted know that they are "
            "waited for.",
        ),
    ),
    Command(
        "health",
        ("health", "health green because REASON", "health auto"),
        "health amber because the labels come late",
        "see how a project does and why, or say it yourself",
        read_health,
        (
            "Green, amber and red are the worst of four things: what is blocked or at risk, the "
            "schedule, the target metrics, and whether somebody is accountable.",
            "What you say counts, and what is computed stays beside it; `auto` ends that.",
        ),
    ),
    Command(
        "done",
        ("done", "done because REASON", "done PROJECT because REASON", "done off"),
        "done Churn Radar because the pilot ends here",
        "say that a project is done: every stage is, and every target is reached (or why not)",
        read_done,
    ),
)
