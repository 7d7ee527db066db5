"""Which addresses are recognised: those of the servers set up, and none that only look alike."""

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.fence import Fenced
from bot.settings import BadSettings, Settings
from bot.sources import sources
from bot.sources.base import Kind, Ref, Source, Trouble, Why
from bot.sources.links import Server
from tests.sources.support import Clock, source

RUN = "a" * 32


@cache
def github(api: str = "https://api.github.com") -> Source:
    return source(github_token="ghp_1", github_api_url=api)


@cache
def mlflow(uri: str = "https://ml.example.org/mlflow") -> Source:
    return source(mlflow_tracking_uri=uri)


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/acme/churn/pull/7",
        "https://github.com/acme/churn/pull/7/",
        "https://github.com/acme/churn/pull/7/files",
        "https://github.com/acme/churn/pull/7/files/0a1b..2c3d",
        "https://github.com/acme/churn/pull/7/commits/0a1b2c3d",
        "https://github.com/acme/churn/pull/7?diff=split&w=1",
        "https://github.com/acme/churn/pull/7#issuecomment-1",
        "https://github.com:443/acme/churn/pull/7",
        "HTTPS://GitHub.com/Acme/Churn/pull/7",
        "http://github.com/acme/churn/pull/7",  # as Slack links "github.com/acme/churn/pull/7"
    ],
)
def test_a_pull_request_has_one_name_whatever_page_of_it_was_copied(url: str) -> None:
    key, address = "acme/churn#7", "https://github.com/acme/churn/pull/7"
    assert github().recognises(url) == Ref("github", Kind.PULL_REQUEST, key, address)


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/acme/churn",
        "https://github.com/acme/churn/pulls",
        "https://github.com/acme/churn/issues",
        "https://github.com/acme/churn/releases",
        "https://github.com/acme/churn/pull/0",
        "https://github.com/acme/churn/pull/07",
        "https://github.com/acme/churn/pull/9999999999",
        "https://github.com/acme/churn/pull/7x",
        "https://github.com/acme/../pull/7",
        "https://github.com/acme/churn/../../pull/7",
        "https://github.com//acme/churn/pull/7",
        "https://github.com/acme/churn%2f/pull/7",
        "https://github.com/acme/churn/pull/7 ",
        "https://github.com/acme/churn/pull/7\n",
        "https://github.com/äcme/churn/pull/7",
        "https://github.com/acme/churn/pull/７",
        "github.com/acme/churn/pull/7",
        "",
        "https://github.com/acme/churn/pull/7?" + "x" * 2_000,
    ],
)
def test_what_is_no_pull_request(url: str) -> None:
    assert github().recognises(url) is None


LOOKALIKES = [
    "https://github.com.evil.tld/acme/churn/pull/7",
    "https://evilgithub.com/acme/churn/pull/7",
    "https://github.com.:443/acme/churn/pull/7",
    "https://github.com./acme/churn/pull/7",
    "https://gist.github.com/acme/churn/pull/7",
    "https://www.github.com/acme/churn/pull/7",
    "https://github.com@evil.tld/acme/churn/pull/7",
    "https://github.com:pw@evil.tld/acme/churn/pull/7",
    "https://evil.tld@github.com/acme/churn/pull/7",
    "https://github.com\\@evil.tld/acme/churn/pull/7",
    "https://github.com\\.evil.tld/acme/churn/pull/7",
    "https://evil.tld#@github.com/acme/churn/pull/7",
    "https://evil.tld?@github.com/acme/churn/pull/7",
    "https://evil.tld/https://github.com/acme/churn/pull/7",
    "https://github.com:8443/acme/churn/pull/7",
    "https://github.com:80/acme/churn/pull/7",
    "http://github.com:443/acme/churn/pull/7",
    "http://github.com:8080/acme/churn/pull/7",
    "https://github.com:99999/acme/churn/pull/7",
    "https://gıthub.com/acme/churn/pull/7",  # a dotless i
    "https://gіthub.com/acme/churn/pull/7",  # a Cyrillic one
    "https://ｇithub.com/acme/churn/pull/7",  # a wide g
    "https://github。com/acme/churn/pull/7",  # an ideographic full stop
    "https://xn--gthub-n4a.com/acme/churn/pull/7",
    "https://github%2ecom/acme/churn/pull/7",
    "https://github.com%00.evil.tld/acme/churn/pull/7",
    "https://127.0.0.1/acme/churn/pull/7",
    "https://[::1]/acme/churn/pull/7",
    "https://0x7f.1/acme/churn/pull/7",
    "https://2130706433/acme/churn/pull/7",
    "https://169.254.169.254/acme/churn/pull/7",
    "https://localhost/acme/churn/pull/7",
    "ftp://github.com/acme/churn/pull/7",
    "file://github.com/acme/churn/pull/7",
    "javascript://github.com/acme/churn/pull/7",
    "//github.com/acme/churn/pull/7",
    "https:github.com/acme/churn/pull/7",
    "https:///github.com/acme/churn/pull/7",
    "https://github.com\t/acme/churn/pull/7",
    "h\nttps://github.com/acme/churn/pull/7",
]


@pytest.mark.parametrize("url", LOOKALIKES)
def test_edge_66_a_lookalike_is_not_recognised(url: str) -> None:
    assert github().recognises(url) is None
    as_run = url.replace("github", "ml").replace("acme/churn/pull/7", f"#/experiments/1/runs/{RUN}")
    assert mlflow("https://ml.com").recognises(as_run) is None


hosts = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"[a-z0-9.:@\\#?%-]{0,20}github\.com[a-z0-9.:@\\#?%-]{0,20}", fullmatch=True),
)


@given(hosts)
@example("github.com")
@example("user@github.com")
def test_edge_66_only_the_very_host_is_recognised(host: str) -> None:
    found = github().recognises(f"https://{host}/acme/churn/pull/7")
    assert (found is not None) is (host.lower() in {"github.com", "github.com:443"})


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    for each in (github(), mlflow()):
        found = each.recognises(text)
        assert found is None or each.recognises(found.url) == found


@pytest.mark.parametrize(
    ("api", "web"),
    [
        ("https://git.example.org/api/v3", "https://git.example.org"),
        ("https://api.acme.ghe.com", "https://acme.ghe.com"),
        ("http://127.0.0.1:5500", "http://127.0.0.1:5500"),
        ("http://[::1]:5500", "http://[::1]:5500"),
    ],
)
def test_another_github_is_recognised_where_it_is_set_up(api: str, web: str) -> None:
    there = github(api)
    found = there.recognises(f"{web}/Acme/Churn/pull/7/files")
    assert found == Ref("github", Kind.PULL_REQUEST, "acme/churn#7", f"{web}/acme/churn/pull/7")
    assert there.recognises("https://github.com/acme/churn/pull/7") is None


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (f"/#/experiments/12/runs/{RUN}", f"/#/experiments/12/runs/{RUN}"),
        (f"#/experiments/12/runs/{RUN}", f"/#/experiments/12/runs/{RUN}"),
        (f"/#/experiments/12/runs/{RUN}/model-metrics", f"/#/experiments/12/runs/{RUN}"),
        (f"/#/experiments/12/runs/{RUN}/artifacts/model", f"/#/experiments/12/runs/{RUN}"),
        (f"/?o=1#/experiments/12/runs/{RUN}?x=1", f"/#/experiments/12/runs/{RUN}"),
        (
            f"/#/experiments/12/runs/{RUN}?workspace=team-a",
            f"/#/experiments/12/runs/{RUN}?workspace=team-a",
        ),
        (
            f"/?workspace=team-a#/experiments/12/runs/{RUN}",
            f"/#/experiments/12/runs/{RUN}?workspace=team-a",
        ),
        (f"/ml/experiments/12/runs/{RUN}", f"/#/experiments/12/runs/{RUN}"),
    ],
)
def test_a_run_has_one_name(url: str, canonical: str) -> None:
    base = "https://ml.example.org/mlflow"
    assert mlflow().recognises(base + url) == Ref("mlflow", Kind.RUN, RUN, base + canonical)


@pytest.mark.parametrize(
    "url",
    [
        f"https://ml.example.org/#/experiments/12/runs/{RUN}",
        f"https://ml.example.org/mlflow2/#/experiments/12/runs/{RUN}",
        f"https://ml.example.org/mlflow/../#/experiments/12/runs/{RUN}",
        f"https://ml.example.org/mlflow/other/#/experiments/12/runs/{RUN}",
        "https://ml.example.org/mlflow/#/experiments/12",
        "https://ml.example.org/mlflow/#/experiments/12/runs/",
        "https://ml.example.org/mlflow/#/experiments/12/runs/a'b",
        "https://ml.example.org/mlflow/#/experiments/twelve/runs/abc",
        "https://ml.example.org/mlflow/#/models/churn/versions/3",
        f"https://ml.example.org/mlflow/#/experiments/12/runs/{RUN}?workspace=a%0d%0ab",
    ],
)
def test_what_is_no_run_here(url: str) -> None:
    assert mlflow().recognises(url) is None


def test_without_settings_there_is_no_source() -> None:
    assert sources(Settings.read({}), None, Clock()) == ()


@pytest.mark.parametrize("url", ["", "github.com", "https://a b", "https://ana@github.com", "x:y"])
def test_what_is_no_server(url: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        Server.at(url)


@pytest.mark.parametrize(
    ("url", "is_inside"),
    [
        ("https://github.com/Acme/anything/pull/7", True),
        ("https://github.com/acme/anything/issues/7", True),
        ("https://github.com/other/Churn/pull/7", True),
        ("https://github.com/other/churn", True),
        ("Acme/x", True),
        ("https://github.com/other/secret/pull/7", False),
        ("https://github.com/other/secret/issues/7", False),
        ("https://github.com/other/secret/releases/tag/v1", False),
        ("https://github.com/other/secret", False),
        ("acmes/x", False),
    ],
)
def test_g6_beyond_what_may_be_read_nothing_is_recognised(url: str, is_inside: bool) -> None:
    fenced = source(github_token="ghp_1", github_repositories="acme, other/churn")
    assert isinstance(fenced, Fenced)
    assert bool(fenced.recognises(url) or fenced.stream(url)) is is_inside
    assert bool(fenced.barred(url)) is not is_inside
    everything = source(github_token="ghp_1")
    assert everything.recognises(url) or everything.stream(url)


def test_g6_what_was_linked_before_is_asked_for_no_more() -> None:
    ref = github().recognises("https://github.com/other/secret/pull/7")
    assert ref is not None
    fenced = source(github_token="ghp_1", github_repositories="acme")
    assert fenced.fetch([ref]) == {
        ref: Trouble(Why.NOT_FOUND, detail="It lies at no server that is set up.")
    }


@pytest.mark.parametrize(
    "listed", ["acme/", "a b", "acme/churn/x", "https://github.com/acme", "acme/.."]
)
def test_g6_what_may_be_read_is_named_by_account_or_repository(listed: str) -> None:
    with pytest.raises(BadSettings):
        Settings.read({"github_repositories": listed})
