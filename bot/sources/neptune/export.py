"""Reading what neptune-exporter wrote: Parquet files, one row for each value of a run.

The exporter's columns, and the folder that it makes, are described in its repository
(neptune-ai/neptune-exporter); a run may lie in several parts of about 50 MB.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.sources import reading
from bot.sources.base import Run, RunState
from bot.sources.neptune import NAMES, ref_of

NO_READER = (
    "Reading Parquet files takes duckdb: "
    ".venv/bin/python -m pip install -r requirements-neptune.txt"
)

_PART = re.compile(r"(?P<run>.+)_part_(?P<number>\d+)\.parquet")
_REGISTRY = frozenset({"models", "model_versions"})
_VALUES = """
SELECT attribute_path, attribute_type, float_value, int_value, string_value, bool_value,
       epoch_ms(datetime_value), string_set_value, epoch_ms("timestamp")
FROM read_parquet(?)
WHERE attribute_type IN
      ('float', 'int', 'string', 'bool', 'datetime', 'string_set', 'float_series')
QUALIFY row_number() OVER (
    PARTITION BY attribute_path ORDER BY step DESC NULLS LAST, "timestamp" DESC NULLS LAST) = 1
ORDER BY attribute_path
"""
"""Of a series its last value: cards and answers show no more."""
_COMMIT = re.compile(r"\b[0-9a-f]{7,40}\b")
_PARAMETERS = ("params", "parameters", "param", "config", "hparams", "hyperparameters", "args")
_OWN = ("sys/", "source_code/", "monitoring/")


class NoReader(Exception):
    """The package that reads Parquet is not installed; `str()` says how to install it."""

    def __init__(self) -> None:
        super().__init__(NO_READER)


class Broken(Exception):
    """Files of a run cannot be read; `str()` says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The files of one run, in the order of their parts."""

    files: tuple[Path, ...]

    @property
    def first(self) -> Path:
        return self.files[0]


def found(folder: Path) -> tuple[Exported, ...]:
    """The runs below a folder, by their files. Models and what is unfinished are passed over."""
    parts: dict[Path, dict[int, Path]] = defaultdict(dict)
    for file in folder.rglob("*.parquet"):
        name = _PART.fullmatch(file.name)
        if file.parent.name not in _REGISTRY:
            key = file.with_name(name["run"]) if name else file
            parts[key][int(name["number"]) if name else 0] = file
    return tuple(
        Exported(tuple(file for _, file in sorted(some.items())))
        for _, some in sorted(parts.items())
    )


def read(exported: Exported) -> Run:
    """A run as it was when it was exported. Raises `Broken` and `NoReader`."""
    (project, id), rows = _rows(exported)
    if not project or not id or project.count("/") != 1:
        raise Broken(f"{exported.first} names no project and run of Neptune's.")
    values = {path: (kind, value) for path, kind, value, _ in rows}
    logged = [at for _, kind, _, at in rows if kind == "float_series" and at]
    return _run(project, id, values, max(logged, default=None))


def _rows(
    exported: Exported,
) -> tuple[tuple[str, str], list[tuple[str, str, Any, datetime | None]]]:
    try:
        import duckdb
    except ModuleNotFoundError:
        raise NoReader from None
    files = [str(file) for file in exported.files]
    name = exported.first
    try:
        # Nothing is fetched: no extension, and no file but these.
        with duckdb.connect(config={"threads": 2, "autoinstall_known_extensions": False}) as there:
            asked = "SELECT DISTINCT project_id, run_id FROM read_parquet(?)"
            runs = there.execute(asked, [files]).fetchall()
            told = there.execute(_VALUES, [files]).fetchall()
    except duckdb.BinderException:
        raise Broken(f"{name} is no file of neptune-exporter: it lacks columns.") from None
    except duckdb.Error:
        raise Broken(
            f"{name} cannot be read: it is cut off or no Parquet file; copy or export it anew."
        ) from None
    if len(runs) != 1:
        raise Broken(f"{name} holds {len(runs)} runs, where neptune-exporter writes one a file.")
    project, run = runs[0]
    rows = [
        (path, kind, _value(row), reading.milliseconds(at))
        for path, kind, *row, at in told
        if isinstance(path, str) and isinstance(kind, str)
    ]
    return (reading.text(project), reading.text(run)), rows


def _value(row: Sequence[Any]) -> Any:
    """The one value of a row, whatever its type: a moment as a time."""
    number, whole, text, truth, moment, several = row
    if moment is not None:
        return reading.milliseconds(moment)
    return next((one for one in (number, whole, text, truth, several) if one is not None), None)


Values = Mapping[str, tuple[str, Any]]


def _run(project: str, id: str, values: Values, last: datetime | None) -> Run:
    def plain(path: str) -> Any:
        return values.get(path, ("", None))[1]

    started = _moment(plain("sys/creation_time"))
    name = reading.text(plain("sys/name"))
    return Run(
        ref=ref_of(project, id),
        name=name if name and name != "Untitled" else id,
        state=RunState.FAILED if plain("sys/failed") is True else RunState.FINISHED,
        user=reading.text(plain("sys/owner")),
        experiment=project,
        started=started,
        ended=_ended(started, plain, last),
        metrics=dict(_metrics(values)),
        params=dict(_params(values)),
        tags={**dict(_tags(values)), **dict(_named(values))},
        deleted=plain("sys/trashed") is True,
        experiment_id=project,
        commit=_commit(values),
        usage=dict(_usage(values)),
        is_archived=True,
    )


def _moment(value: Any) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _ended(started: datetime | None, plain: Any, last: datetime | None) -> datetime | None:
    """By how long it ran, else by its last sign of life."""
    ran = reading.number(plain("sys/running_time"))
    if started and ran is not None and 0 < ran < 1e9:
        return started + timedelta(seconds=ran)
    return last or _moment(plain("sys/ping_time")) or _moment(plain("sys/modification_time"))


def _is_parameter(path: str) -> bool:
    return path.partition("/")[0].lower() in _PARAMETERS


def _metrics(values: Values) -> Iterator[tuple[str, float]]:
    """Series by their last value, and single numbers that are no parameters."""
    for path, (kind, value) in values.items():
        if path.startswith(_OWN) or (kind != "float_series" and _is_parameter(path)):
            continue
        told = reading.number(value) if kind in ("float_series", "float", "int") else None
        if told is not None:
            short = path.removeprefix("metrics/")
            yield reading.text(short if short not in values else path), told


def _params(values: Values) -> Iterator[tuple[str, str]]:
    for path, (kind, value) in values.items():
        is_text = kind in ("string", "bool", "datetime", "string_set")
        if path.startswith(_OWN) or kind == "float_series":
            continue
        if is_text or _is_parameter(path):
            short = path.partition("/")[2]
            yield reading.text(short if _is_parameter(path) and short else path), _said(value)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return reading.text(", ".join(map(str, value)))
    return reading.text(value)


def _tags(values: Values) -> Iterator[tuple[str, str]]:
    """Tags are words: of `charter.project=churn` the name is what stands before the sign."""
    for path in ("sys/tags", "sys/group_tags"):
        value = values.get(path, ("", None))[1]
        for tag in sorted(map(str, value)) if isinstance(value, list) else ():
            name, _, rest = reading.text(tag).partition("=")
            if name:
                yield name.strip(), rest.strip()


def _named(values: Values) -> Iterator[tuple[str, str]]:
    for path in NAMES:
        if told := reading.text(values.get(path, ("", None))[1]):
            yield path, told


def _commit(values: Values) -> str:
    for path, (_, value) in values.items():
        if path.startswith("source_code/git") and isinstance(value, str):
            told = _COMMIT.search(value)
            if told and ("commit" in path or "/" not in path.removeprefix("source_code/")):
                return told[0]
    return ""


def _usage(values: Values) -> Iterator[tuple[str, float]]:
    for path, (kind, value) in values.items():
        told = reading.number(value) if kind == "float_series" else None
        if path.startswith("monitoring/") and told is not None:
            yield reading.text(path), told
