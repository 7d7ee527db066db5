"""Whoever leads a project."""

from playwright.sync_api import expect

from tests.browser.scenes.scene import Step, closing, pressing
from tests.browser.walk import Walk


def wrong_scope(walk: Walk) -> None:
    """A target without a baseline: said under its field, and nothing typed is lost."""
    form = walk.page.get_by_role("dialog")
    form.get_by_label("Goal").fill("Half the waiting time at the quay")
    form.get_by_label("Name of the metric").fill("Waiting time at the quay")
    form.get_by_label("Baseline").fill("")
    form.get_by_label("Target").fill("12")
    walk.presses("Save", "Save, without a baseline")
    expect(form.get_by_label("Goal")).to_have_value("Half the waiting time at the quay")
    walk.closes()


ACCOUNTABLE: tuple[Step, ...] = (
    "/charter show",
    "/charter scope",
    pressing("Edit scope"),
    wrong_scope,
    "/charter scope approve",
    "/charter scope diff v1 v2",
    "/charter metric",
    "/charter verdict",
    "/charter verdict go because it pays within a year",
    "/charter portfolio",
    "/charter health",
    "/charter health green because the pilot was signed off",
    "/charter health auto",
    "/charter done",
    "/charter new",
    closing,
    "/charter gate framing",
    pressing("Tick: approved by whoever is accountable"),
    closing,
    "/charter gate framing ask",
    "/charter transfer @Bea Lind to @Cy Moss",
    "/charter clone raci from Wake Watch",
    "/charter startup @Maya Rosen",
    "/charter access",
    "/charter confirm",
    "/charter review every 30 days",
    "/charter standup",
    closing,
    "/charter digest preview",
)
