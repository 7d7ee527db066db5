"""Which addresses are runs and projects of W&B, however they were copied."""

from functools import cache

import pytest

from bot.sources.base import Kind, Ref, Source
from tests.sources.support import KEY, source

SITE = "https://forge.coreweave.com/wandb"


@cache
def hosted(base: str = "") -> Source:
    return source(wandb_api_key=KEY, wandb_base_url=base or "https://api.forge.coreweave.com")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (f"{SITE}/acme/churn/runs/ab12", "acme/churn/ab12"),
        (f"{SITE}/acme/churn/runs/ab12/overview?nw=nwuserbea", "acme/churn/ab12"),
        ("https://wandb.ai/acme/churn/runs/ab12", "acme/churn/ab12"),
        ("https://wandb.ai/acme/churn/runs/ab12/logs#L5", "acme/churn/ab12"),
        ("http://wandb.ai/acme/churn/runs/ab12", "acme/churn/ab12"),
        ("https://wandb.ai/Acme/size%20rec/runs/a_b-1", "Acme/size%20rec/a_b-1"),
        ("https://wandb.ai/acme/m%C3%A4rz/runs/ab12", "acme/m%C3%A4rz/ab12"),
    ],
)
def test_a_run_has_one_name_whichever_address_was_copied(url: str, key: str) -> None:
    entity, project, run = key.split("/")
    there = f"{SITE}/{entity}/{project}/runs/{run}"
    for base in ("", "https://api.wandb.ai", "https://forge.coreweave.com/api/wandb"):
        found = hosted(base).recognises(url)
        assert found == Ref("wandb", Kind.RUN, key, there)
        assert hosted(base).recognises(found.url) == found
        assert hosted(base).address == "https://api.forge.coreweave.com"


@pytest.mark.parametrize(
    "url",
    [
        f"{SITE}/acme/churn",
        f"{SITE}/acme/churn/runs",
        f"{SITE}/acme/churn/runs/",
        f"{SITE}/acme/churn/sweeps/ab12",
        f"{SITE}/acme/churn/artifacts/model/gbm/v3",
        f"{SITE}/acme/../runs/ab12",
        f"{SITE}/acme/%2e%2e/runs/ab12",
        f"{SITE}/acme/a%2Fb/runs/ab12",
        f"{SITE}/acme/a%00b/runs/ab12",
        f"{SITE}/acme/%FF/runs/ab12",
        f"{SITE}/acme/%zz/runs/ab12",
        "https://forge.coreweave.com/acme/churn/runs/ab12",
        "https://forge.coreweave.com/wandbx/acme/churn/runs/ab12",
        "https://api.wandb.ai/acme/churn/runs/ab12",
        "https://wandb.ai.evil.tld/acme/churn/runs/ab12",
        "https://wandb.ai@evil.tld/acme/churn/runs/ab12",
        "https://bea@wandb.ai/acme/churn/runs/ab12",
        "https://wandb.ai:8443/acme/churn/runs/ab12",
        "https://wаndb.ai/acme/churn/runs/ab12",  # a Cyrillic letter
        "https://evil.tld/https://wandb.ai/acme/churn/runs/ab12",
    ],
)
def test_edge_66_what_is_no_run_of_w_and_b(url: str) -> None:
    assert hosted().recognises(url) is None


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://wandb.ai/acme/churn", "acme/churn"),
        (f"{SITE}/acme/churn/workspace?nw=x", "acme/churn"),
        (f"{SITE}/acme/size%20rec/table", "acme/size%20rec"),
        ("https://wandb.ai/orgs/acme", None),
        ("https://wandb.ai/acme", None),
        ("https://wandb.ai/acme/churn/runs/ab12", None),
    ],
)
def test_a_project_is_a_stream(url: str, key: str | None) -> None:
    found = hosted().stream(url)
    assert (found.key if found else None) == key


def test_a_server_of_ones_own_is_met_at_its_own_address() -> None:
    own = hosted("https://wandb.example.org/ml")
    found = own.recognises("https://wandb.example.org/ml/acme/churn/runs/ab12")
    assert found
    assert found.url == "https://wandb.example.org/ml/acme/churn/runs/ab12"
    assert own.recognises("https://wandb.ai/acme/churn/runs/ab12") is None
    apart = hosted("https://api.wandb.example.org")
    for host in ("app", "api"):
        copied = apart.recognises(f"https://{host}.wandb.example.org/acme/churn/runs/ab12")
        assert copied
        assert copied.url == "https://app.wandb.example.org/acme/churn/runs/ab12"


def test_without_a_key_there_is_no_source() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        source(wandb_base_url="https://wandb.example.org")
