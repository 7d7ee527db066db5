"""The form for a scope, what it says where two changed the same, and the form for a verdict."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot import scope, templates
from bot.deciding import LONGEST_FIELD, LONGEST_NAME, LONGEST_NOTE, LONGEST_UNIT
from bot.errors import BadInput, Why
from bot.feasibility import Feasibility
from bot.orders import EditScope, GiveVerdict
from bot.outcome import ScopeClash, Shown, Taken
from bot.people import Person
from bot.project import Call, Project
from bot.scope import Field, Kind
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import (
    Block,
    View,
    bold,
    cut,
    divider,
    length,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.modals.fields import (
    day,
    day_of,
    field,
    needed,
    option,
    option_of,
    radio,
    select,
    text_input,
    text_of,
    user,
    user_of,
)
from handlers.views.modals.frame import modal
from handlers.views.names import told_apart

MINE, THEIRS, EACH = "mine", "theirs", "each"
LONGEST_THEIRS = 1500
_PICK = "pick_"


def scope_form(shown: Shown) -> View:
    """All fields of a scope, and the metric that the project is judged by."""
    project = shown.project
    metric = scope.primary(project.scope)
    metric_name = metric.name if metric and length(metric.name) <= LONGEST_NAME else ""
    values = scope.form_values(scope.cells(project.scope), metric_name)
    intro = quiet("Saved fields make one version. Empty a field to take it away.")
    blocks = [paragraph(bold(name(project.name)), _version(project)), intro]
    return _form(project, shown.people, metric_name, values, blocks)


def scope_clash(clash: ScopeClash) -> View:
    """The same form with all that was typed, and beside it what others changed meanwhile.

    Its fields have other names than before, so that what Slack remembers of the old ones does not
    stand in the place of what was taken over.
    """
    project, people = clash.project, told_apart(clash.people)
    blocks = [
        paragraph(
            bold("Somebody else changed the same."),
            f" Nothing was saved yet; this is{_version(project)}. Choose what shall stand, then "
            "save again.",
        ),
    ]
    if len(clash.taken) > 1:
        choices = [
            option(EACH, "Choose for each below"),
            option(MINE, "Keep all of mine"),
            option(THEIRS, "Take all of theirs"),
        ]
        blocks.append(field(f"{_PICK}all", "For all of them", radio(choices, EACH)))
    return _form(project, clash.people, clash.metric, clash.typed, blocks, _disputes(clash, people))


def _version(project: Project) -> str:
    version = project.scope.version
    return f" v{version}" if version else ", not written down yet"


def _disputes(clash: ScopeClash, people: Mapping[int, Person]) -> dict[str, list[Block]]:
    return {one.field: _dispute(one, people, len(clash.taken)) for one in clash.taken}


def _dispute(taken: Taken, people: Mapping[int, Person], many: int) -> list[Block]:
    """What stands above a field that two have changed."""
    who = people.get(taken.by) if taken.by is not None else None
    by = name(who.name) if who else "the operator"
    label = _label(taken.field)
    theirs = scope.worded(taken.field, taken.theirs, people)
    choices = [option(MINE, "Keep mine, below"), option(THEIRS, f"Take what {by} wrote")]
    return [
        divider(),
        paragraph(
            bold(f"{label}: "),
            f"{by} wrote ",
            moment(taken.at),
            f": {cut(theirs, LONGEST_THEIRS) if theirs else 'nothing'}",
        ),
        field(f"{_PICK}{taken.field}", label, radio(choices, None), optional=many > 1),
    ]


def _form(
    project: Project,
    people: Mapping[int, Person],
    metric: str,
    values: Mapping[str, str],
    blocks: Sequence[Block],
    disputes: Mapping[str, list[Block]] | None = None,
) -> View:
    disputes = disputes or {}
    suffix = f"#{project.scope.version}" if disputes else ""
    kept: Values = {"p": project.key, "v": project.scope.version, "m": metric}
    made = list(blocks)
    hints = {**templates.GENERIC.hints, **templates.of_key(project.template).hints}
    for one in scope.FIELDS:
        text = values[one.name]
        made += disputes.get(one.name, [])
        made += _input(one, text, hints.get(one.name, one.asks), people, kept, suffix)
    made += [divider(), paragraph(bold("The metric that tells whether it works"))]
    for part in scope.METRIC_FIELDS:
        made += disputes.get(part, [])
        made.append(_part(part, values[part], suffix))
    return modal(Form.SCOPE, "Scope", "Save", made, kept)


def _input(
    one: Field,
    text: str,
    hint: str,
    people: Mapping[int, Person],
    kept: Values,
    suffix: str,
) -> list[Block]:
    label, block_id = _label(one.name), f"{one.name}{suffix}"
    if length(text) > LONGEST_FIELD:
        long = f"{label} is too long for a form: see /charter scope {one.words}."
        return [quiet(long)]
    match one.kind:
        case Kind.DAY:
            initial = text if _is_day(text) else None
            kept["d"] = bool(text) and initial is None
            note = f"It says “{name(text)}” now, which is no day." if kept["d"] else ""
            return [field(block_id, label, day(initial), hint=note, optional=True)]
        case Kind.PERSON:
            return _sponsor(text, people, kept, suffix)
        case _:
            lines = one.kind is not Kind.AMOUNT
            element = text_input(text, longest=LONGEST_FIELD, placeholder=hint, lines=lines)
            return [field(block_id, label, element, optional=True)]


def _sponsor(text: str, people: Mapping[int, Person], kept: Values, suffix: str) -> list[Block]:
    """Somebody of the workspace, or a name; who is not in Slack is kept by key, shown by name."""
    key = scope.person_in(text)
    person = people.get(key) if key is not None else None
    chosen = person.slack_id if person else None
    other = "" if chosen else person.name if person else "" if key is not None else text
    if length(other) > LONGEST_NAME:
        return [quiet("The sponsor is too long for a form: see /charter scope sponsor.")]
    if person and not chosen:
        kept |= {"s": person.key, "sn": cut(person.name, 200)}
    return [
        field(f"sponsor{suffix}", "Sponsor", user(chosen), optional=True),
        field(
            f"sponsor_name{suffix}",
            "Or a sponsor who is not in Slack",
            text_input(other, longest=LONGEST_NAME),
            optional=True,
        ),
    ]


_LONGEST_PART = {"unit": LONGEST_UNIT, "metric": LONGEST_NAME, "measured": LONGEST_NOTE}
_SHORT_PART = 60
_EXAMPLES = {"metric": "AUC", "measured": "offline, weekly"}
_PART_LABELS = {"metric": "Name of the metric", "measured": "How it is measured"}
_PART_HINTS = {
    "baseline": "Where it stands before anything changes, as 0.71.",
    "target": "Where it shall get to, as 0.80. It needs a baseline.",
}


def _part(part: str, text: str, suffix: str) -> Block:
    block_id, label = f"{part}{suffix}", _PART_LABELS.get(part, _label(part))
    if part == "direction":
        ways = [option("higher", "Higher is better"), option("lower", "Lower is better")]
        return field(block_id, label, select(ways, text), optional=True)
    longest = _LONGEST_PART.get(part, _SHORT_PART)
    if length(text) > longest:
        return quiet(f"{label} is too long for a form: see /charter metric.")
    element = text_input(text, longest=longest, placeholder=_EXAMPLES.get(part, ""))
    return field(block_id, label, element, hint=_PART_HINTS.get(part, ""), optional=True)


def _label(of: str) -> str:
    words = scope.words(of) if of in scope.FIELD else of
    return f"{words[:1].upper()}{words[1:]}"


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def read_scope_form(view: Mapping[str, Any]) -> EditScope:
    """What a form says, but for what is to stay as others have written it meanwhile."""
    kept = unpack(view.get("private_metadata", ""))
    ids = _ids(view)
    values: dict[str, str] = {}
    for one in (*scope.NAMES, *scope.METRIC_FIELDS):
        block_id = ids.get(one)
        if block_id is None or not _is_kept(view, one, ids):
            continue
        if one == "sponsor":
            values[one] = _sponsor_of(view, ids, kept)
        elif one == "deadline":
            chosen = day_of(view, block_id)
            if chosen or not kept.get("d"):
                values[one] = chosen or ""
        elif one == "direction":
            values[one] = option_of(view, block_id) or ""
        else:
            values[one] = text_of(view, block_id)
    seen = kept.get("v")
    return EditScope(
        values=values,
        metric=str(kept.get("m", "")),
        project=str(kept["p"]) if "p" in kept else None,
        seen=seen if isinstance(seen, int) else 0,
    )


def _ids(view: Mapping[str, Any]) -> dict[str, str]:
    """The form's block ids by the names of its fields."""
    found = (str(block.get("block_id", "")) for block in view["blocks"])
    return {block_id.split("#", 1)[0]: block_id for block_id in found}


def _is_kept(view: Mapping[str, Any], one: str, ids: Mapping[str, str]) -> bool:
    """Whether mine is to stand. `BadInput` where nobody has chosen yet."""
    pick = f"{_PICK}{one}"
    if pick not in ids:
        return True
    of_all = option_of(view, f"{_PICK}all") or EACH
    choice = option_of(view, pick) if of_all == EACH else of_all
    if choice is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "pick"}, pick)
    return choice == MINE


def _sponsor_of(view: Mapping[str, Any], ids: Mapping[str, str], kept: Mapping[str, Any]) -> str:
    chosen = user_of(view, ids["sponsor"])
    text = text_of(view, ids["sponsor_name"])
    if chosen and text:
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": text}, "sponsor_name")
    if chosen:
        return f"<@{chosen}>"
    return f"key:{kept['s']}" if "s" in kept and text == kept.get("sn") else text


def verdict_form(shown: Shown, row: Feasibility, call: Call) -> View:
    """Whether a project is worth doing, and why."""
    project = shown.project
    calls = [option(one.value, "Go" if one is Call.GO else "No-go") for one in Call]
    reason = row.verdict.reason if row.verdict and row.verdict.call is call else ""
    blocks = [
        paragraph(bold(name(project.name))),
        quiet(
            f"Expected saving: {name(row.saving_text) if row.saving_text else 'not written down'}",
            f"Cost: {name(row.cost_text) if row.cost_text else 'not written down'}",
        ),
        field("verdict", "Verdict", radio(calls, call.value)),
        field("reason", "Why", text_input(reason, longest=LONGEST_NOTE, lines=True)),
    ]
    return modal(Form.VERDICT, "Verdict", "Save", blocks, {"p": project.key})


def read_verdict_form(view: Mapping[str, Any]) -> GiveVerdict:
    kept = unpack(view.get("private_metadata", ""))
    call = needed(option_of(view, "verdict") or "", "verdict")
    project = str(kept["p"]) if "p" in kept else None
    return GiveVerdict(Call(call), text_of(view, "reason"), project)
