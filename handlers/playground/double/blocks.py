"""Every limit Slack puts on the blocks of a message, a modal and a Home tab.

Unknown blocks, elements and keys are refused: what is not here, Charter does not send.
"""

from collections.abc import Iterator
from typing import Any

from handlers.playground.double.charts import MOST_IN_A_MESSAGE, chart
from handlers.playground.double.check import (
    Check,
    Json,
    Report,
    any_text,
    boolean,
    by_type,
    items,
    one_of,
    shape,
    string,
    text,
)
from handlers.playground.double.elements import (
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from handlers.playground.double.richtext import data_table, rich_text, table

_block_id = string(255)


def _unique_actions(report: Report, block: Json, at: str) -> None:
    seen: set[str] = set()
    for pointer, element in placed(block):
        action = element.get("action_id")
        if action in seen:
            report.add(
                f'`action_id` "{action}" already exists in this block', f"{at}{pointer}/action_id"
            )
        elif action:
            seen.add(action)


def _something_to_say(report: Report, section: Json, at: str) -> None:
    if "text" not in section and "fields" not in section:
        report.add("missing required field: text", at)


_ANYWHERE: dict[str, Check] = {
    "section": shape(
        {},
        {
            "text": any_text(3000),
            "fields": items(any_text(2000), 1, 10),
            "accessory": by_type(IN_SECTION),
            "expand": boolean,
            "block_id": _block_id,
        },
        _something_to_say,
        kind="section",
    ),
    "header": shape({"text": text(150)}, {"block_id": _block_id}, kind="header"),
    "context": shape(
        {"elements": items(any_text(3000), 1, 10)}, {"block_id": _block_id}, kind="context"
    ),
    "actions": shape(
        {"elements": items(by_type(IN_ACTIONS), 1, 25)},
        {"block_id": _block_id},
        _unique_actions,
        kind="actions",
    ),
    "divider": shape({}, {"block_id": _block_id}, kind="divider"),
    "input": shape(
        {"label": text(2000), "element": by_type(IN_INPUT)},
        {
            "hint": text(2000),
            "optional": boolean,
            "dispatch_action": boolean,
            "block_id": _block_id,
        },
        kind="input",
    ),
    "rich_text": rich_text(block_id=_block_id),
}
_TABLES: dict[str, Check] = {
    "table": table(block_id=_block_id),
    "data_table": data_table(block_id=_block_id),
}
_CHARTS: dict[str, Check] = {"data_visualization": chart(block_id=_block_id)}
_RATED: dict[str, Check] = {
    "context_actions": shape(
        {"elements": items(by_type(IN_CONTEXT_ACTIONS), 1, 5)},
        {"block_id": _block_id},
        _unique_actions,
        kind="context_actions",
    ),
}
_IN_MESSAGES: dict[str, Check] = {**_ANYWHERE, **_TABLES, **_CHARTS, **_RATED}
_ROWS = ("actions", "context_actions")


def placed(block: Json) -> Iterator[tuple[str, Json]]:
    """The elements of a block, each with its pointer inside the block."""
    if block.get("type") in _ROWS:
        for index, element in enumerate(block["elements"]):
            yield f"/elements/{index}", element
    for key in ("accessory", "element"):
        if key in block:
            yield f"/{key}", block[key]


def _unique_blocks(report: Report, blocks: list[Any], at: str) -> None:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        name = block.get("block_id") if isinstance(block, dict) else None
        if name in seen:
            report.add(f'`block_id` "{name}" already exists', f"{at}/{index}/block_id")
        elif isinstance(name, str):
            seen.add(name)


def _check_all(report: Report, blocks: Any, at: str, kinds: dict[str, Check], most: int) -> None:
    items(by_type(kinds), 0, most)(report, blocks, at)
    if isinstance(blocks, list):
        _unique_blocks(report, blocks, at)


def faults_of_message(blocks: Any) -> list[str]:
    """What Slack finds wrong with the blocks of a message; empty when it would take them."""
    report = Report()
    _check_all(report, blocks, "/blocks", _IN_MESSAGES, 50)
    if not report.errors and sum(block["type"] in _TABLES for block in blocks) > 1:
        report.add("only_one_table_allowed", "/blocks")
    if not report.errors and sum(block["type"] in _CHARTS for block in blocks) > MOST_IN_A_MESSAGE:
        report.add(f"no more than {MOST_IN_A_MESSAGE} charts allowed", "/blocks")
    return report.errors


def _view_blocks(report: Report, value: Any, at: str) -> None:
    _check_all(report, value, at, _ANYWHERE, 100)


def _inputs_need_submit(report: Report, view: Json, at: str) -> None:
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        report.add("submit is required when an input block is within the blocks array", at)


def _one_focus(report: Report, view: Json, at: str) -> None:
    elements = [element for block in view["blocks"] for _, element in placed(block)]
    if sum(bool(element.get("focus_on_load")) for element in elements) > 1:
        report.add("only one element may have focus_on_load", f"{at}/blocks")


_common: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
_modal = shape(
    {"title": text(24), "blocks": _view_blocks},
    {
        "submit": text(24),
        "close": text(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        **_common,
    },
    _inputs_need_submit,
    _one_focus,
    kind="modal",
)
_home = shape({"blocks": _view_blocks}, _common, _one_focus, kind="home")


def faults_of_view(view: Any, surface: str) -> list[str]:
    """What Slack finds wrong with a view; `surface` is `modal` or `home`."""
    report = Report()
    if isinstance(view, dict) and "type" in view and view["type"] != surface:
        one_of(surface)(report, view["type"], "/view/type")
    else:
        by_type({"modal": _modal, "home": _home})(report, view, "/view")
    return report.errors


def with_ids(blocks: list[Json], fresh: Iterator[str]) -> list[Json]:
    """The blocks with the ids that Slack adds where the app gave none."""
    return [_with_ids(block, fresh) for block in blocks]


def _with_ids(block: Json, fresh: Iterator[str]) -> Json:
    named = {**block}
    named.setdefault("block_id", next(fresh))
    for key in ("accessory", "element"):
        if key in named:
            named[key] = _named(named[key], fresh)
    if named["type"] in _ROWS:
        named["elements"] = [_named(element, fresh) for element in named["elements"]]
    return named


def _named(element: Json, fresh: Iterator[str]) -> Json:
    return element if "action_id" in element else {**element, "action_id": next(fresh)}
