"""What a right answer is where no letter is asked for: standing, scope, evidence and history."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tests.bot.qa.support import Document

Told = dict[str, Any]
_WORDS = {
    "not_started": ("not started", "has not started", "hasn't started", "not yet started"),
    "in_progress": ("in progress",),
    "at_risk": ("at risk",),
    "blocked": ("blocked",),
    "done": ("done", "finished", "complete"),
}
_NOT_MEASURED = (
    "not measured", "no current", "not yet", "no value", "not been measured", "none yet",
)  # fmt: skip
_NO_BASELINE = (
    "no baseline", "baseline not", "baseline is not", "baseline was not", "baseline: none",
)  # fmt: skip
_OPEN = {"draft": "open"}
_OUT = ("out of scope", "not in scope")


class Kinds:
    """The rules over one document, as far as somebody sees it."""

    def __init__(
        self, document: Document, seen: Sequence[str], holders: Callable[[str, str], list[str]]
    ) -> None:
        self.document = document
        self.today = document["meta"]["now"][:10]
        self.projects = {row["key"]: row for row in document["projects"] if row["key"] in seen}
        self.holders = holders
        self.stages = {row["key"]: row for row in document["stages"]}
        self.items: dict[str, Mapping[str, Any]] = {}
        self.parts: set[str] = set()
        for key, row in self.projects.items():
            self.items |= {f"{key}/{stage}": told for stage, told in row["stages"].items()}
            self.items |= {f"{key}/{part['key']}": part for part in row["components"]}
            self.parts |= {f"{key}/{part['key']}" for part in row["components"]}

    def expected(self, want: Mapping[str, Any]) -> Told:
        rules: dict[str, Callable[[Mapping[str, Any]], Told]] = {
            "standing": self._standing,
            "in_status": self._in_status,
            "overdue": self._overdue,
            "project_status": self._project_status,
            "blockers": self._blockers,
            "scope": self._scope,
            "metric": self._metric,
            "pulls": self._pulls,
            "runs": self._runs,
            "best_run": self._best_run,
            "standup": self._standup,
            "gaps": self._gaps,
            "history": self._history,
        }
        return rules[want["kind"]](want)

    # --- where it stands -----------------------------------------------------------------------

    def _standing(self, want: Mapping[str, Any]) -> Told:
        ref, asked = want["ref"], want["ask"]
        row = self.items[ref]
        if asked == "due":
            return {"facts": ((row["due"],),)}
        yes = {
            "status": None,
            "blocked": row["status"] == "blocked",
            "done": row["status"] == "done",
            "started": row["status"] not in ("not_started",),
            "on_track": row["status"] not in ("blocked", "at_risk") and not self._late(ref),
        }[asked]
        return {"facts": (_WORDS[row["status"]],), **_verdict(yes)}

    def _in_status(self, want: Mapping[str, Any]) -> Told:
        return self._list(ref for ref in self._of(want) if self._is(ref, want["status"]))

    def _overdue(self, want: Mapping[str, Any]) -> Told:
        if ref := want.get("ref"):
            due = self.items[ref]["due"]
            said = (due, "today") if due == self.today else (due,)
            return {"facts": (said,), **_verdict(self._late(ref))}
        return self._list(ref for ref in self._of(want) if self._late(ref))

    def _project_status(self, want: Mapping[str, Any]) -> Told:
        stages = [ref for ref in self._of(want) if ref not in self.parts]
        bad = [ref for ref in stages if self._is(ref, "blocked") or self._is(ref, "at_risk")]
        late = any(self._late(ref) for ref in self._of(want))
        told: Told = {"facts": tuple((self._title(ref),) for ref in bad)}
        return told | (_verdict(not bad and not late) if want.get("ask") else {})

    def _list(self, refs: Iterable[str]) -> Told:
        found = set(refs)
        return {
            "stages": frozenset(found - self.parts),
            "optional": frozenset(found & self.parts),
        }

    # --- what is in the way --------------------------------------------------------------------

    def _blockers(self, want: Mapping[str, Any]) -> Told:
        if ref := want.get("ref"):
            return {"facts": ((self.items[ref]["blocker"],),)}
        said = [
            row
            for row in self.document["standups"]
            if row["blocker"] and row["date"] == self.today and row["project"] in self._keys(want)
        ]
        if who := want.get("person"):
            mine = [row for row in said if row["person"] == who]
            notes = tuple((row["blocker"],) for row in mine)
            said_so = _verdict(bool(mine)) if want.get("whether") else {}
            return {"people": frozenset({who}), "facts": notes, **said_so}
        if want.get("who"):
            return {"people": frozenset(row["person"] for row in said)}
        notes = tuple((self.items[ref]["blocker"],) for ref in self._of(want) if self._stuck(ref))
        return {"facts": (*notes, *((row["blocker"],) for row in said))}

    def _stuck(self, ref: str) -> bool:
        return self._is(ref, "blocked") and bool(self.items[ref]["blocker"])

    # --- what it is for ------------------------------------------------------------------------

    def _scope(self, want: Mapping[str, Any]) -> Told:
        told = self.projects[want["project"]]["scope"]
        match want["field"]:
            case "in_scope" | "out_of_scope" as field:
                return {"facts": tuple((entry,) for entry in told[field])}
            case "stakeholders":
                return {"people": frozenset(told["stakeholders"])}
            case "link":
                return {"facts": tuple((one["url"],) for one in _links(told, want["title"]))}
            case "membership":
                inside = want["entry"] in told["in_scope"]
                assert inside or want["entry"] in told["out_of_scope"], want
                return {"facts": (("in scope",) if inside else _OUT,), **_verdict(inside)}
            case field:
                return {"facts": ((told[field],),)}

    def _metric(self, want: Mapping[str, Any]) -> Told:
        metrics = self.projects[want["project"]]["scope"]["success_metrics"]
        if "metric" not in want:
            return {"facts": tuple((one["name"],) for one in metrics)}
        (one,) = [one for one in metrics if want["metric"] in one["name"].casefold()]
        if want["ask"] == ["null"]:
            assert one["current"] is None
            return {"facts": (_NOT_MEASURED,)}
        if want["ask"] == ["no baseline"]:
            assert one["baseline"] is None
            return {"facts": (_NO_BASELINE,)}
        if want["ask"] == ["hit"]:
            now, aim = one["current"], one["target"]
            reached = now >= aim if one["direction"] == "higher" else now <= aim
            return {"facts": (_number(now), _number(aim)), **_verdict(reached)}
        return {"facts": tuple(_number(one[name]) for name in want["ask"])}

    # --- evidence ------------------------------------------------------------------------------

    def _pulls(self, want: Mapping[str, Any]) -> Told:
        rows = [row for row in self.document["pull_requests"] if row["project"] in self.projects]
        if number := want.get("number"):
            (row,) = [row for row in rows if row["number"] == number]
            match want["ask"]:
                case "author":
                    return {"people": frozenset({row["author"]})}
                case "approved":
                    return _verdict(row["review_state"] == "approved")
                case "merged":
                    return _verdict(row["state"] == "merged")
                case _:
                    return {"facts": ((row["state"],),)}
        wanted = dict(want["filter"])
        if "review_state" not in wanted and wanted.get("state") == "open":  # so is a draft
            rows = [row | {"state": _OPEN.get(row["state"], row["state"])} for row in rows]
        return _told_by("number", rows, wanted)

    def _runs(self, want: Mapping[str, Any]) -> Told:
        rows = [row for row in self.document["runs"] if row["project"] in self.projects]
        if one := want.get("id"):
            (row,) = [row for row in rows if row["id"] == one]
            value = row["metrics"].get(want["value"], row["params"].get(want["value"]))
            return {"facts": (_number(value),)}
        return _told_by("id", rows, want["filter"])

    def _best_run(self, want: Mapping[str, Any]) -> Told:
        project = self.projects[want["project"]]
        metric = want.get("metric") or project["primary_run_metric"]
        runs = [
            row
            for row in self.document["runs"]
            if row["project"] == want["project"] and row["state"] == "finished"
        ]
        less = self.document["meta"]["run_metric_direction"][metric] == "min"
        ranked = sorted(runs, key=lambda row: row["metrics"][metric], reverse=not less)
        return {"facts": ((ranked[0]["id"],),)}

    # --- standups ------------------------------------------------------------------------------

    def _standup(self, want: Mapping[str, Any]) -> Told:
        rows = {row["person"]: row for row in self.document["standups"]}
        listed = {row["key"] for row in self.document["people"] if row["standup"] and row["active"]}
        out = {who for who, row in rows.items() if row["state"] == "out_of_office"}
        posted = {who for who, row in rows.items() if row["state"] == "posted"}
        match want["ask"]:
            case "missing":
                return {"people": frozenset(listed - out - posted)}
            case "out":
                return {"people": frozenset(out)}
            case "posted_by":
                return {"people": frozenset(posted)}
        who = want["person"]
        told: Told = {"people": frozenset({who})}
        match want["ask"]:
            case "posted":
                return told | _verdict(who in posted)
            case "content":
                today = (rows[who]["today"] or "",)
                return told | {"facts": (today,) if who in posted else ()}
            case "away":
                return told | _verdict(who in out)
            case _:
                return told | _verdict(who not in out)

    # --- who is missing ------------------------------------------------------------------------

    def _gaps(self, want: Mapping[str, Any]) -> Told:
        rows = [row for row in self.document["assignments"] if row["project"] in self._keys(want)]
        gone = {row["key"] for row in self.document["people"] if not row["active"]}
        match want["ask"]:
            case "vacant":
                roles = {row["vacant_role"] for row in rows} - {None}
                return {"facts": tuple((role,) for role in sorted(roles))}
            case "left":
                return {"people": frozenset(row["person"] for row in rows) & gone}
            case letter:
                return self._list(
                    ref
                    for ref in self._of(want)
                    if not self.holders(ref, letter) and not self.items[ref].get("inherits_raci")
                )

    # --- history -------------------------------------------------------------------------------

    def _history(self, want: Mapping[str, Any]) -> Told:
        (row,) = [row for row in self.document["history"] if row["id"] == want["id"]]
        match want["ask"]:
            case "date":
                return {"facts": ((row["date"],),)}
            case "value":
                return {"facts": (_number(float(row["from"])),)}
            case asked:
                return {"people": frozenset({row[asked]})}

    # --- small things --------------------------------------------------------------------------

    def _keys(self, want: Mapping[str, Any]) -> set[str]:
        return set(want.get("projects") or self.projects)

    def _of(self, want: Mapping[str, Any]) -> list[str]:
        keys = self._keys(want)
        return [ref for ref in self.items if ref.partition("/")[0] in keys]

    def _is(self, ref: str, status: str) -> bool:
        return bool(self.items[ref]["status"] == status)

    def _late(self, ref: str) -> bool:
        row = self.items[ref]
        return bool(row["due"] < self.today and row["status"] != "done")

    def _title(self, ref: str) -> str:
        return str(self.stages[ref.partition("/")[2]]["title"])


def _verdict(yes: bool | None) -> Told:
    return {} if yes is None else {"verdict": "yes" if yes else "no"}


def _links(told: Mapping[str, Any], title: str) -> list[Mapping[str, str]]:
    return [one for one in told["links"] if one["title"] == title]


def _number(value: float) -> tuple[str, ...]:
    return tuple({f"{value:g}", f"{value}", f"{value:.2f}", f"{value:.1f}"})


def _told_by(name: str, rows: Iterable[Mapping[str, Any]], wanted: Mapping[str, str]) -> Told:
    """That those rows are told which have what is wanted, and none of the others."""
    told: list[str] = []
    other: list[str] = []
    for row in rows:
        fits = all(row[key] == value for key, value in wanted.items())
        (told if fits else other).append(str(row[name]))
    return {"facts": tuple((one,) for one in told), "not_facts": tuple(other)}
