"""Whoever keeps what may go wrong."""

from tests.browser.scenes.scene import (
    Step,
    choosing,
    closing,
    filling,
    naming,
    pressing,
)

WORRIER: tuple[Step, ...] = (
    "/charter raid",
    "/charter risks",
    "/charter risk add",
    pressing("Save", "Save, without words"),
    filling("What may go wrong", "The port stops the tide feed"),
    choosing("Likelihood", "high"),
    choosing("Impact", "high"),
    naming("Owner", "Bea Lind"),
    filling("What is done about it", "A second feed is being tried"),
    filling("Look at it again on", "2026-12-10"),
    pressing("Save", "Save the risk"),
    "/charter risk add for roll-out owner @Cy Moss due 1 March: no window at the port",
    "/charter assumption add for data pipeline: readings come within an hour",
    "/charter issue add owner @Bea Lind due 2026-11-20: the readings of June are lost",
    "/charter dependency add for roll-out due 1 May: the platform team's gateway",
    "/charter raid",
    "/charter risk R-3",
    pressing("Edit"),
    closing,
    "/charter risk R-3 close because a second feed is there",
    "/charter risk R-3 likelihood low mitigation: two feeds",
    "/charter risk R-3",
    "/charter risk R-9",
    "/charter risk R-3 likelihood huge",
    "/charter risks",
    "/charter show",
)
