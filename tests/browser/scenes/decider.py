"""Whoever keeps what was decided in the talk of a channel."""

from tests.browser.scenes.scene import (
    Step,
    answered,
    becoming,
    closing,
    filling,
    picking,
    pressing,
    quietly,
    reading,
)

KEPT = "We keep the tide readings of two years, not of one."
SAVED = "The berth board shows the harbour's own time."
BOTH = "Weather comes from the same feed for both teams."
NOWHERE = "Lunch on Fridays is at noon."
SCROLL, SAVE = "React with :scroll:", "Save as decision"

DECIDER: tuple[Step, ...] = (
    "/charter decisions",
    quietly(KEPT, SAVED),
    picking(SCROLL, KEPT),
    answered(KEPT, "A decision by reaction"),
    picking(SCROLL, KEPT),
    reading("Nia Okonkwo", "The reaction was taken away"),
    pressing("Keep"),
    becoming("Nia Okonkwo"),
    picking(SAVE, SAVED),
    filling("Decision", " "),
    pressing("Save", "Save, without words"),
    filling("Decision", "The berth board shows the harbour's own time, with its zone."),
    pressing("Save", "Save the decision"),
    "/charter decisions",
    "/charter decision D-4 withdraw because the law wants three years",
    "/charter decisions",
    "/charter bind Wake Watch",
    quietly(BOTH),
    picking(SCROLL, BOTH),
    pressing("Wake Watch", "Of Wake Watch"),
    becoming("Nia Okonkwo", "general"),
    quietly(NOWHERE),
    picking(SCROLL, NOWHERE),
    picking(SAVE, NOWHERE),
    closing,
)
