"""The form in which a file is let come by itself."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.export_plans import ExportShown
from bot.orders import SetExport
from bot.orders.routines import ME
from bot.sheets.forms import Form as Kind
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import View, bold, name, paragraph
from handlers.views.modals.digests import holidays, read_holidays, read_when, when
from handlers.views.modals.fields import (
    channel,
    channel_of,
    field,
    option,
    option_of,
    select,
    text_input,
    text_of,
)
from handlers.views.modals.frame import modal

_KINDS = [
    option(Kind.XLSX, "Workbook (xlsx)"),
    option(Kind.CSV, "CSV: the list of all letters"),
    option(Kind.JSON, "JSON"),
    option(Kind.MARKDOWN, "Markdown"),
]
_FREE = "A daily file does not come on them. Such as DE-BY, US-CA or Scotland; none for none."


def export_plan(shown: ExportShown | None) -> View:
    """How a file is to come: a new one, or one that comes already."""
    plan = shown.plan if shown else None
    hint = "Left empty: where you are. A city or a zone, such as Berlin or Europe/Berlin."
    kind = plan.form if plan else Kind.XLSX
    timing = plan.when if plan else None
    fields = [
        field("kind", "As", select(_KINDS, kind)),
        *when(timing, hint, holidays(timing, _FREE)),
    ]
    if shown is not None:
        where = f" to #{name(shown.place.name)}" if shown.place else " to you, by direct message"
        what = paragraph("When ", bold(name(shown.title)), f" comes{where}.")
        kept: Values = {"n": shown.number, **({"r": True} if timing and timing.region else {})}
        return modal(Form.EXPORT_PLAN, "Scheduled file", "Save", [what, *fields], kept)
    new = [
        field(
            "project",
            "Project",
            text_input(placeholder="Churn Radar"),
            hint="Left empty: all projects, the portfolio.",
            optional=True,
        ),
        field(
            "to",
            "To",
            channel(),
            hint="With what everybody there may see. Left empty: to you, by direct message.",
            optional=True,
        ),
    ]
    return modal(Form.EXPORT_PLAN, "Scheduled file", "Save", [*new, *fields], {})


def read_export_plan(view: Mapping[str, Any]) -> SetExport:
    """What the form orders. `BadInput` where the days do not go with how often it comes."""
    kept = unpack(view.get("private_metadata", ""))
    wanted = replace(read_when(view), region=read_holidays(view))
    kind = Kind(option_of(view, "kind") or Kind.XLSX)
    number = kept.get("n")
    if isinstance(number, int):
        return SetExport(wanted, form=kind, number=number)
    project = text_of(view, "project").strip() or None
    to = channel_of(view, "to") or ME
    return SetExport(wanted, project, whole=project is None, form=kind, to=to)
