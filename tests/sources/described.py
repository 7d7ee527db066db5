"""GitHub's REST interface as GitHub describes it (OpenAPI 3.0), and whether what is asked of it and
answered is as that says.

A stand-in answers with the few fields that a test is about. Each of them has to be one that GitHub
knows, and of its type; that all the others are missing is no fault, unless an answer is to be
`whole`.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any
from urllib.parse import parse_qs, unquote

import httpx
import pytest
from jsonschema import Draft4Validator, FormatChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT4

from bot.sources import web
from tests.support.servers import DESCRIPTION, found

HERE = "urn:github"
ODD = "X-Not-As-GitHub"
"""What the answer of a stand-in says of itself where it is nonsense on purpose."""
SLIPS = (
    "'annotations_url' is a required property",
    "'network_count' is a required property",
    "'subscribers_count' is a required property",
    "'target_id' is a required property",
    "access_tokens: 422: : 'documentation_url' is a required property",
    "GET /app: 200: .owner: None is not valid",
    "GET /app/installations: 200: [0].account: {'login': 'ana',",
)
"""What the emulator leaves out, and Charter does not read."""
ANYWHERE = {301, 302, 304, 307, 401, 403, 404, 410, 429}
"""Statuses that any question may be answered with, described or not; so may 500 and more."""

formats = FormatChecker(formats=())


@formats.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def _or_null(check: Any, validator: Any, value: Any, instance: Any, schema: Any) -> Any:
    """Every keyword as it is, but that OpenAPI 3.0 says `nullable` where JSON Schema lists null."""
    if instance is None and schema.get("nullable") is True:
        return iter(())
    return check(validator, value, instance, schema) or iter(())


def _known(validator: Any, properties: Any, instance: Any, schema: Any) -> Any:
    """What is there has to be there at GitHub, too: a name that it does not know is a slip."""
    yield from Draft4Validator.VALIDATORS["properties"](validator, properties, instance, schema)
    if isinstance(instance, dict) and schema.get("additionalProperties") in (None, False):
        for name in instance.keys() - properties.keys():
            yield ValidationError(f"{name!r} is nothing that GitHub tells here")


def _nothing(*_: Any) -> Any:
    return iter(())


def _form(**other: Any) -> Any:
    any_of = Draft4Validator.VALIDATORS["anyOf"]
    # "All of" stands where one of several things is told, such as a person or a company.
    checks = {**Draft4Validator.VALIDATORS, "allOf": any_of, **other}
    kept = {name: partial(_or_null, check) for name, check in checks.items()}
    return extend(Draft4Validator, kept)  # type: ignore[no-untyped-call]  # has no types


_WHOLE = _form()
_ABRIDGED = _form(
    required=_nothing,
    properties=_known,
    oneOf=Draft4Validator.VALIDATORS["anyOf"],  # parts of several may look alike
)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked: by which method, at which addresses."""

    method: str
    template: str
    form: re.Pattern[str]
    parameters: Mapping[str, Any]
    """Those of the query, by name."""
    places: Mapping[str, Any]
    """Those of the path."""
    responses: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.template}"


class Described:
    """The description, and whether an exchange is as it says."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        for name in ("pull-request", "pull-request-simple"):
            _of_a_fork_that_is_gone(told["components"]["schemas"][name])
        resource = DRAFT4.create_resource(told)
        self._registry: Registry[Any] = Registry().with_resource(HERE, resource)
        self._operations = [*self._read()]

    def _read(self) -> Iterator[Operation]:
        for template, methods in self._told["paths"].items():
            form = _form_of(template)
            for method, about in methods.items():
                said = [self._at(one) for one in about.get("parameters", ())]
                yield Operation(
                    method.upper(),
                    template,
                    form,
                    {one["name"]: one for one in said if one["in"] == "query"},
                    {one["name"]: one for one in said if one["in"] == "path"},
                    {status: self._at(one) for status, one in about["responses"].items()},
                )

    def _at(self, value: Any) -> Any:
        """What a reference leads to."""
        while isinstance(value, dict) and "$ref" in value:
            value = self._registry.resolver(HERE).lookup(value["$ref"]).contents
        return value

    def operation(self, method: str, path: str) -> Operation | None:
        """What such a request asks; of several the one that names most of the path."""
        fitting = [
            one for one in self._operations if one.method == method and one.form.fullmatch(path)
        ]
        return min(fitting, key=lambda one: one.template.count("{"), default=None)

    def asked(self, method: str, path: str, query: Mapping[str, Sequence[str]]) -> list[str]:
        """What is wrong with a question."""
        operation = self.operation(method, path)
        if operation is None:
            return [f"{method} {path} is nothing that GitHub can be asked"]
        found = operation.form.fullmatch(path)
        assert found
        faults = []
        for name, about in operation.places.items():
            faults += self._faults(_valued(unquote(found[name]), about), about["schema"], name)
        for name, values in query.items():
            about = operation.parameters.get(name)
            if about is None:
                faults.append(f"{name} is nothing that can be said there")
                continue
            for value in values:
                faults += self._faults(_valued(value, about), about["schema"], name)
        missing = {name for name, one in operation.parameters.items() if one.get("required")}
        faults += [f"{name} is missing" for name in sorted(missing - query.keys())]
        return [f"{operation}: {fault}" for fault in faults]

    def answered(
        self, method: str, path: str, status: int, body: Any, *, whole: bool = False
    ) -> list[str]:
        """What is wrong with an answer, to a question that can be asked."""
        operation = self.operation(method, path)
        assert operation
        if status >= 500 or status == 304:
            return []
        about = operation.responses.get(str(status))
        if about is None and status not in ANYWHERE:
            return [f"{operation}: {status} is no answer to that"]
        schema = self.schema(operation, status)
        faults = self._faults(body, schema, "", _WHOLE if whole else _ABRIDGED) if schema else []
        return [f"{operation}: {status}: {fault}" for fault in faults]

    def schema(self, operation: Operation, status: int) -> Any:
        """The form of such an answer; of an error that is not described, that of any."""
        about = operation.responses.get(str(status))
        if about is None:
            return {"$ref": "#/components/schemas/basic-error"}
        return about.get("content", {}).get("application/json", {}).get("schema")

    def example(self, method: str, path: str, status: int = 200) -> Any:
        """An answer that GitHub gives as an example."""
        operation = self.operation(method, path)
        assert operation
        content = operation.responses[str(status)]["content"]["application/json"]
        shown = self._at(next(iter(content["examples"].values())))["value"]
        value = self._at(shown)
        return deepcopy(value["value"] if value is not shown else value)

    def _faults(self, value: Any, schema: Any, name: str, form: Any = _WHOLE) -> list[str]:
        checked: Validator = form(
            schema,
            format_checker=formats,
            registry=self._registry,
            _resolver=self._registry.resolver(HERE),
        )
        return [
            f"{name}{fault.json_path.removeprefix('$')}: {fault.message[:200]}"
            for fault in checked.iter_errors(value)
        ]


def _form_of(template: str) -> re.Pattern[str]:
    """What an address of that kind looks like; only a file's path in it has parts of its own."""
    named = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template))
    return re.compile(named.replace("(?P<path>[^/]+)", "(?P<path>.+)"))


def _of_a_fork_that_is_gone(pull: Any) -> None:
    """GitHub tells no repository of it, which the description says of webhooks alone."""
    head = pull["properties"]["head"]["properties"]
    head["repo"] = {"nullable": True, "anyOf": [head["repo"]]}


@dataclass(slots=True)
class Watch:
    """Looks over the shoulder of whoever asks GitHub by REST, and keeps what is wrong with it.

    What answers at the address `whole` has to tell all that GitHub does.
    """

    described: Described
    whole: str = ""
    asked: set[str] = field(default_factory=set)
    """The operations that were asked for."""
    faults: list[str] = field(default_factory=list)

    def __call__(self, reply: httpx.Response) -> None:
        told = _looked_at(reply)
        request = reply.request
        path = request.url.raw_path.decode().partition("?")[0]
        if path.endswith("/graphql") or path.startswith("/repositories/"):
            return  # a repository by its number is where one that was renamed is sent on to
        query = parse_qs(request.url.query.decode())
        faults = self.described.asked(request.method, path, query)
        operation = self.described.operation(request.method, path)
        if operation:
            self.asked.add(str(operation))
        if operation and ODD not in reply.headers:
            body = told.json() if told.content else {}
            whole = bool(self.whole) and str(request.url).startswith(self.whole)
            found = self.described.answered(
                request.method, path, reply.status_code, body, whole=whole
            )
            faults += [one for one in found if not (whole and any(slip in one for slip in SLIPS))]
        self.faults += faults


def _looked_at(reply: httpx.Response) -> httpx.Response:
    """What comes in, read; whoever asked reads it as if nobody had."""
    raw = b"".join(reply.iter_raw())
    reply.stream, reply.is_stream_consumed, reply.is_closed = httpx.ByteStream(raw), False, False
    return httpx.Response(reply.status_code, headers=reply.headers, content=raw)


@pytest.fixture
def as_described(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Watch]:
    """All that is asked of GitHub by REST, and answered, is as GitHub describes it."""
    watch, plain = Watch(description()), web.client
    if "github_emulator" in request.fixturenames:
        watch.whole = request.getfixturevalue("github_emulator")

    def watched(limits: web.Limits) -> httpx.Client:
        made = plain(limits)
        made.event_hooks = {"response": [watch]}
        return made

    monkeypatch.setattr(web, "client", watched)
    yield watch
    assert not watch.faults, "\n" + "\n".join(sorted(set(watch.faults)))


def _valued(text: str, about: Mapping[str, Any]) -> Any:
    """A word of an address as the value that it stands for."""
    is_number = about["schema"].get("type") == "integer" and text.isdigit()
    return int(text) if is_number else text


@cache
def description() -> Described:
    """The one of github.com, of the version in tests/sources/servers/package.json."""
    with open(found(DESCRIPTION), encoding="utf-8") as file:
        return Described(json.load(file))
