"""Every rule of the linter, in the order of the docs, which are printed from here."""

from bot.errors import NotFound
from bot.lint import holders, rows
from bot.lint.values import Rule, Severity

RULES: tuple[Rule, ...] = (
    Rule(
        "no-a",
        Severity.ERROR,
        "Nobody is accountable",
        "An open row without an active Accountable has nobody who decides. A seat that is vacant "
        "or whose holder has left counts as nobody.",
        "raci ITEM A @person",
        rows.no_accountable,
    ),
    Rule(
        "no-r",
        Severity.WARNING,
        "Nobody is responsible",
        "An open row that nobody works on stands still, whoever is accountable for it.",
        "raci ITEM R @person",
        rows.no_responsible,
    ),
    Rule(
        "metrics-without-a",
        Severity.ERROR,
        "Framing is done and nobody answers for success",
        "Success is decided at the very start: once the problem is framed, somebody must be "
        "accountable for the success metrics, or nobody can say later whether it worked.",
        "raci success metrics A @person",
        rows.metrics_unowned,
    ),
    Rule(
        "rollout-vacant",
        Severity.ERROR,
        "Something runs that nobody rolls out",
        "A run is linked to the roll-out, so a model is on its way to users, while the roll-out "
        "has no Accountable who could stop it.",
        "raci roll-out A @person",
        rows.rollout_unowned,
    ),
    Rule(
        "a-outside",
        Severity.ERROR,
        "The Accountable is not of this workspace",
        "Whoever is accountable must be reachable and must be able to see the project: neither "
        "somebody from outside nor a guest.",
        "raci ITEM A @person",
        holders.accountable_outside,
    ),
    Rule(
        "holder-left",
        Severity.WARNING,
        "A letter is held by somebody who has left",
        "Whoever reads the matrix will turn to somebody who is not there any more.",
        "transfer @person to @other",
        holders.left,
    ),
    Rule(
        "cannot-see",
        Severity.ERROR,
        "Somebody works on what they cannot see",
        "In a private project, whoever is accountable or responsible must be able to see it.",
        "raci ITEM clear R @person",
        holders.unsighted,
    ),
    Rule(
        "own-judge",
        Severity.WARNING,
        "Who labels the data also judges its quality",
        "The Accountable of data quality is the only one responsible for annotation: their own "
        "work is what they would have to reject. In start-up mode it cannot be otherwise.",
        "raci annotation R @person",
        rows.own_judge,
    ),
    Rule(
        "self-approval",
        Severity.NOTE,
        "The gate is passed on the word of who did the work",
        "The Accountable, who opens the gate, is the only one responsible. That is allowed, also "
        "in start-up mode, and is marked as self-approved.",
        "raci ITEM R @person",
        rows.self_approval,
    ),
    Rule(
        "too-many-c",
        Severity.WARNING,
        "Too many are consulted",
        "Each of the Consulted is asked before the gate. With more than eight, nobody feels asked, "
        "and the gate waits for all of them.",
        "raci ITEM clear C @person",
        rows.too_many_consulted,
    ),
    Rule(
        "c-not-asked",
        Severity.NOTE,
        "It was passed without asking the Consulted",
        "A row is done, and somebody who was to be consulted was never asked. Either the letter is "
        "wrong, or the gate was passed too soon.",
        "raci ITEM clear C @person",
        rows.never_consulted,
    ),
    Rule(
        "delegate-gone",
        Severity.WARNING,
        "Who stands in cannot",
        "Somebody is away, and the one who acts for them has left or cannot see the project.",
        "delegate @person from DATE to DATE",
        holders.delegate_gone,
    ),
    Rule(
        "delegate-expired",
        Severity.NOTE,
        "Nobody stands in any more",
        "In the last seven days somebody stopped acting for the Accountable. If they are still "
        "away, the row answers to nobody.",
        "delegate @person from DATE to DATE",
        holders.delegate_expired,
    ),
    Rule(
        "spof",
        Severity.NOTE,
        "All depends on one person",
        "A stage with a single Responsible stops on the first day that they are away.",
        "raci ITEM R @person",
        holders.single_point,
    ),
    Rule(
        "load",
        Severity.WARNING,
        "Somebody is accountable for too much",
        "Nobody can answer for everything: over the limit, which an admin sets, decisions wait.",
        "transfer @person to @other",
        holders.overloaded,
    ),
)


def rule_named(text: str) -> Rule:
    """The rule of that id. `NotFound` (what "rule") with those that sound alike."""
    words = text.casefold().replace("-", " ").replace("_", " ").split()
    found = next((rule for rule in RULES if rule.id == "-".join(words)), None)
    if found is not None:
        return found
    alike = tuple(rule.id for rule in RULES if set(words) & set(rule.id.split("-")))
    raise NotFound("rule", text, alike or tuple(rule.id for rule in RULES[:3]))


def markdown() -> str:
    """docs/linter.md."""
    lines = [
        "# The linter",
        "",
        "`/charter lint` looks at the letters of a project and says what is wrong with them;",
        "`/charter lint all` looks at every project that you can see. At the command line,",
        "`python app.py lint [PROJECT]` does the same and ends with 1 where it found an error or a",
        "warning (`--fail-on` says how bad it must be), so that a pipeline can stop there;",
        "`--format json` gives it to other programs. This page is printed from `bot/lint`.",
        "",
        "An *error* must be mended, a *warning* should be, a *note* is good to know.",
        "",
        "| Rule | Severity | What it finds |",
        "|---|---|---|",
        *(f"| [`{rule.id}`](#{rule.id}) | {rule.severity.value} | {rule.says} |" for rule in RULES),
        "",
        "## When a rule does not fit",
        "",
        "    /charter waive RULE ITEM until DATE because REASON",
        "",
        "Or press *Set one aside …* below what the linter found: a form asks which, until when and "
        "why.",
        "",
        "A waiver is for one row, or without ITEM for the whole project, and ends by itself after",
        "its last day. What it covers is still told, below the rest, with the reason and who gave",
        "it. `/charter waive off RULE ITEM` ends it before.",
    ]
    for rule in RULES:
        lines += ["", f"## {rule.id}", "", f"{rule.says}. {rule.why}"]
        lines += ["", f"What helps: `/charter {rule.mend}`"]
    return "\n".join(lines) + "\n"
