"""The recorded GitHub and tracker, read as Charter reads real ones."""

import json
from collections.abc import Iterable, Iterator
from http.client import HTTPConnection
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from bot.document import read
from bot.settings import Settings
from handlers.playground.double import serving
from handlers.playground.outside import Outside, pointed_at
from tests.handlers.playground.conftest import Clock
from tests.support.clock import T0

Json = Any
API = "/github/api/v3"
MLFLOW = "/mlflow/api/2.0/mlflow"
TIDES = "/repos/tern/berth-planner/pulls/118"


@pytest.fixture
def address(clock: Clock) -> Iterator[str]:
    """Both servers, on one address."""
    outside = Outside(clock, T0, "http://127.0.0.1:3000")

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        for beginning, neighbour in outside.neighbours.items():
            if environ["PATH_INFO"].startswith(beginning):
                return neighbour(environ, start)
        raise AssertionError(environ["PATH_INFO"])

    with serving(app, threads=4) as url:
        yield url


def asked(
    address: str, path: str, body: Json = None, **headers: str
) -> tuple[int, dict[str, str], str]:
    url = urlsplit(address)
    connection = HTTPConnection(url.hostname or "", url.port or 0, timeout=5)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    text = None if body is None else json.dumps(body)
    connection.request("GET" if body is None else "POST", path, text, named)
    response = connection.getresponse()
    told = response.read().decode()
    found = {name.casefold(): value for name, value in response.getheaders()}
    connection.close()
    return response.status, found, told


def got(address: str, path: str, body: Json = None) -> Json:
    status, _, told = asked(address, path, body)
    assert status == 200
    return json.loads(told)


# GitHub


def test_a_pull_request_moves_with_the_clock(address: str, clock: Clock) -> None:
    before = got(address, API + TIDES)
    assert (before["state"], before["merged_at"]) == ("open", None)
    assert [one["login"] for one in before["requested_reviewers"]] == ["ivo-tern"]
    assert got(address, f"{API}{TIDES}/reviews?per_page=100&page=1") == []
    clock.passes(hours=4)
    approved = got(address, API + TIDES)
    assert approved["requested_reviewers"] == []
    assert approved["updated_at"] > before["updated_at"]
    (review,) = got(address, f"{API}{TIDES}/reviews")
    assert (review["user"]["login"], review["state"]) == ("ivo-tern", "APPROVED")
    assert got(address, f"{API}{TIDES}/reviews?page=2") == []
    clock.passes(hours=24)
    merged = got(address, API + TIDES)
    assert (merged["state"], merged["merged_at"]) == ("closed", "2026-11-24T13:00:00Z")


def test_checks_belong_to_the_newest_commit(address: str, clock: Clock) -> None:
    pull = "/repos/tern/berth-planner/pulls/121"
    commits = "/repos/tern/berth-planner/commits"
    first = got(address, API + pull)["head"]["sha"]
    runs = got(address, f"{API}{commits}/{first}/check-runs")["check_runs"]
    assert [(run["name"], run["conclusion"]) for run in runs] == [
        ("tests", "failure"),
        ("lint", "success"),
    ]
    clock.passes(hours=2)
    second = got(address, API + pull)["head"]["sha"]
    (run,) = got(address, f"{API}{commits}/{second}/check-runs")["check_runs"]
    assert second != first
    assert (run["status"], run["conclusion"]) == ("in_progress", None)
    assert asked(address, f"{API}{commits}/{first}/check-runs")[0] == 404
    assert got(address, f"{API}{commits}/{second}/status")["statuses"] == []


def test_the_list_begins_with_what_was_touched_last(address: str, clock: Clock) -> None:
    listed = f"{API}/repos/tern/berth-planner/pulls?state=all&sort=updated&per_page=2"
    assert [pull["number"] for pull in got(address, listed)] == [122, 121]
    clock.passes(hours=3.5)
    assert [pull["number"] for pull in got(address, listed)] == [118, 121]


def test_a_pull_request_is_there_once_it_was_opened(address: str, clock: Clock) -> None:
    path = f"{API}/repos/tern/berth-planner/pulls/124"
    assert asked(address, path)[0] == 404
    clock.passes(hours=1)
    assert got(address, path)["draft"] is True
    clock.passes(hours=21)
    ready = got(address, path)
    assert (ready["draft"], len(ready["requested_reviewers"])) == (False, 2)


def test_what_has_not_changed_is_not_sent_again(address: str, clock: Clock) -> None:
    tag = asked(address, API + TIDES)[1]["etag"]
    assert asked(address, API + TIDES, If_None_Match=tag)[::2] == (304, "")
    clock.passes(hours=4)
    assert asked(address, API + TIDES, If_None_Match=tag)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/github/api/graphql",
        f"{API}/graphql",
        f"{API}/repos/tern/unknown/pulls",
        f"{API}/repos/tern/berth-planner/pulls/999",
        f"{API}/user",
        "/github/tern/berth-planner/pull/999",
        "/github/",
    ],
)
def test_what_is_not_recorded_is_not_found(address: str, path: str) -> None:
    assert asked(address, path)[0] == 404
    assert asked(address, path, {})[0] == 404


def test_a_link_leads_to_a_page(address: str) -> None:
    status, headers, shown = asked(address, "/github/tern/berth-planner/pull/118")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Backfill of tide readings" in shown
    assert "ivo-tern" in shown


# MLflow


def searched(address: str, *runs: str, experiment: str = "1") -> Json:
    named = ", ".join(f"'{run}'" for run in runs)
    body = {
        "experiment_ids": [experiment],
        "filter": f"attributes.run_id IN ({named})",
        "max_results": len(runs),
    }
    return got(address, f"{MLFLOW}/runs/search", body)["runs"]


def metrics(run: Json) -> dict[str, float]:
    return {one["key"]: one["value"] for one in run["data"]["metrics"]}


def test_a_run_gets_better_and_ends(address: str, clock: Clock) -> None:
    (run,) = searched(address, "mlf-b27")
    assert (run["info"]["status"], metrics(run)["mae"]) == ("RUNNING", 6.9)
    assert "end_time" not in run["info"]
    clock.passes(hours=8)
    assert metrics(searched(address, "mlf-b27")[0])["mae"] == 5.5
    clock.passes(hours=18)
    (run,) = searched(address, "mlf-b27")
    assert (run["info"]["status"], metrics(run)["mae"]) == ("FINISHED", 4.8)
    assert run["info"]["end_time"] > run["info"]["start_time"]


def test_runs_are_found_in_their_experiment(address: str) -> None:
    found = searched(address, "mlf-b21", "mlf-b24", "mlf-f05", "none")
    assert [run["info"]["run_id"] for run in found] == ["mlf-b21", "mlf-b24"]
    assert got(address, f"{MLFLOW}/runs/get?run_id=mlf-f05")["run"]["info"]["run_name"] == (
        "gbm-demand"
    )
    name = got(address, f"{MLFLOW}/experiments/get?experiment_id=3")["experiment"]["name"]
    assert name == "fare-finder"
    first = got(address, f"{MLFLOW}/experiments/search", {"max_results": 1})["experiments"]
    assert [one["experiment_id"] for one in first] == ["1"]


def test_what_the_tracker_does_not_have_it_says(address: str) -> None:
    for path in ("runs/get?run_id=none", "experiments/get?experiment_id=9"):
        status, _, told = asked(address, f"{MLFLOW}/{path}")
        assert (status, json.loads(told)["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")
    assert asked(address, f"{MLFLOW}/registered-models/list")[0] == 404
    assert asked(address, "/mlflow/version")[2].strip() == "3.17.2"


def test_a_run_link_leads_to_a_page(address: str) -> None:
    assert "gbm-tide-wind" in asked(address, "/mlflow/")[2]


# What belongs together


def test_the_recording_fits_the_sample() -> None:
    folder = files("handlers.playground")
    sample = read(folder.joinpath("sample.json").read_bytes())
    recorded = json.loads(folder.joinpath("outside", "recorded.json").read_bytes())
    logins = {login for one in sample.people for login in one.identities.get("github", [])}
    users = {user for one in sample.people for user in one.identities.get("mlflow", [])}
    pulls = {(pull["repo"], pull["number"]) for pull in recorded["pulls"]}
    assert {(pull.repo, pull.number) for pull in sample.pull_requests} <= pulls
    assert {pull["author"] for pull in recorded["pulls"]} <= logins
    reviews = [
        event["review"]
        for pull in recorded["pulls"]
        for event in pull["story"]
        if "review" in event
    ]
    assert set(reviews) <= logins
    runs = {run["id"]: run for run in recorded["runs"]}
    assert {run.id for run in sample.runs if run.tracker == "mlflow"} <= set(runs)
    assert {run["user"] for run in runs.values()} <= users
    for told in (*recorded["pulls"], *runs.values()):
        times = [event["at"] for event in told["story"]]
        assert times == sorted(times)
    assert len({one.timezone for one in sample.people}) >= 4


def test_real_servers_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_TOKEN", "GITHUB_API_URL", "GITHUB_WEB_URL", "MLFLOW_TRACKING_URI"):
        monkeypatch.delenv(name, raising=False)
    address = "http://127.0.0.1:3000"
    ours = pointed_at(Settings.read({"slack_api_url": "https://slack.example/"}), address)
    assert ours.github_api_url == f"{address}/github/api/v3"
    assert ours.github_web() == f"{address}/github"
    assert ours.mlflow_tracking_uri == f"{address}/mlflow"
    assert ours.reads_github()
    real = Settings.read({"github_token": "ghp_real", "mlflow_tracking_uri": "https://ml.example"})
    assert pointed_at(real, address) == real
