"""Somebody outside a private project, who may change little."""

from tests.browser.scenes.scene import Step

OUTSIDER: tuple[Step, ...] = (
    "/charter",
    "/charter list",
    "/charter portfolio",
    "/charter show Lighthouse",
    "@Charter who owns Lighthouse?",
    "/charter gaps all",
    "/charter break-glass Lighthouse because I am curious",
    "/charter settings load limit 3",
    "/charter access @Bea Lind viewer",
    "/charter health green because I say so",
)
