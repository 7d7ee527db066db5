"""The recorded tracker's registry: models, their versions, and which one bears an alias."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from handlers.playground.outside.story import Asked, Json, Recording, Unknown

_RUNS = re.compile(r"'([\w-]+)'")


class Registry:
    """Answers for all recorded models."""

    def __init__(self, models: Sequence[Json], recording: Recording) -> None:
        self._models = {model["name"]: model for model in models}
        self._recording = recording

    def answer(self, path: str, asked: Asked) -> Json | None:
        """What is told at a path; None for one that is none of a registry's."""
        match path:
            case "/registered-models/search":
                models = [self._told(model) for model in self._models.values()]
                return {"registered_models": models}
            case "/registered-models/get":
                return {"registered_model": self._told(self._model(asked))}
            case "/model-versions/get":
                return {"model_version": self._asked_for(asked)}
            case "/model-versions/search":
                runs = _RUNS.findall(asked.parameter("filter"))
                found = [
                    self._version(model, one)
                    for model in self._models.values()
                    for one in self._made(model)
                    if one["run"] in runs
                ]
                return {"model_versions": found}
        return None

    def _model(self, asked: Asked) -> Json:
        name = asked.parameter("name")
        if name not in self._models:
            raise Unknown(missing("RESOURCE_DOES_NOT_EXIST", f"No model {name} exists"))
        return self._models[name]

    def _asked_for(self, asked: Asked) -> Json:
        model, wanted = self._model(asked), asked.parameter("version")
        for one in self._made(model):
            if one["version"] == wanted:
                called = [alias for alias, held in self._aliases(model).items() if held == wanted]
                return self._version(model, one) | {"aliases": called}
        raise Unknown(missing("RESOURCE_DOES_NOT_EXIST", f"No version {wanted} exists"))

    def _made(self, model: Json) -> list[Json]:
        return [one for one in model["versions"] if self._recording.has_come(one["at"])]

    def _aliases(self, model: Json) -> dict[str, str]:
        """Which version bears which alias, as far as the story has come."""
        return {
            event["alias"]: event["version"] for event in self._recording.so_far(model["story"])
        }

    def _told(self, model: Json) -> Json:
        aliases = self._aliases(model)
        return {
            "name": model["name"],
            "tags": pairs(model["tags"]),
            "aliases": [{"alias": alias, "version": held} for alias, held in aliases.items()],
        }

    def _version(self, model: Json, one: Json) -> Json:
        made = self._recording.milliseconds(one["at"])
        return {
            "name": model["name"],
            "version": one["version"],
            "run_id": one["run"],
            "user_id": one["user"],
            "current_stage": "None",
            "status": "READY",
            "creation_timestamp": made,
            "last_updated_timestamp": made,
            "tags": pairs(one.get("tags", {})),
        }


def pairs(named: Mapping[str, Any]) -> list[Json]:
    return [{"key": key, "value": str(value)} for key, value in named.items()]


def missing(code: str, message: str) -> Json:
    return {"error_code": code, "message": message}
