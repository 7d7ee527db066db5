"""An admin of the workspace."""

from tests.browser.scenes.scene import Step

ADMIN: tuple[Step, ...] = (
    "/charter settings",
    "/charter settings load limit 7",
    "/charter settings load limit many",
    "/charter lint all",
    "/charter gaps all",
    "/charter person link @Cy Moss github=cy-two",
    "/charter show Lighthouse",
    "/charter transfer @Dev Rao to @Bea Lind everywhere because he left",
    "/charter ladder add Privacy review after evaluation",
)
