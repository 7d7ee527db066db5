"""In CI a test of a browser, LibreOffice, PostgreSQL or a real server that is skipped fails: it
showed nothing.

Elsewhere a browser test may be skipped where no Chromium is found, one of LibreOffice where there
is none, and a test that needs a server where that was not installed.
"""

import os
from collections.abc import Generator
from pathlib import Path

import pytest


def _is_ci() -> bool:
    return os.environ.get("CI") == "true"


def _must_run(item: pytest.Item | pytest.Collector) -> str:
    """What kind of test this is, if it may not be skipped in CI; else an empty text."""
    if "browser" in Path(item.nodeid.partition("::")[0]).parts:
        return "browser"
    return next(
        (
            mark
            for mark in ("browser", "office", "postgres", "server")
            if item.get_closest_marker(mark)
        ),
        "",
    )


def _fail(report: pytest.TestReport | pytest.CollectReport, kind: str) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"CI may not skip a {kind} test: {report.nodeid} ({reason})"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure, where that holds."""
    report = yield
    if report.skipped and _is_ci() and (kind := _must_run(item)):
        _fail(report, kind)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that skips itself as a whole."""
    report = yield
    if report.skipped and _is_ci() and (kind := _must_run(collector)):
        _fail(report, kind)
    return report
