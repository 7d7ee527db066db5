"""`gaps`, `idle`, `load`, `role`, `transfer`, `clone`, `startup`, `split`, `lint` and `waive`."""

from collections.abc import Mapping
from datetime import date

import pytest

from bot.commands import (
    ListRoles,
    OpenRole,
    ShowGaps,
    ShowIdle,
    ShowLint,
    ShowLoad,
    ShowRole,
    as_slack_sends,
    parse,
    spoken,
)
from bot.errors import BadInput, Why
from bot.orders import (
    AddRole,
    CloneRaci,
    EndStartUp,
    EndWaiver,
    GiveJob,
    RemoveRole,
    RenameRole,
    Split,
    StartUp,
    Transfer,
    Waive,
)
from tests.support.understood import understood

TODAY = date(2026, 3, 15)
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)

ORDERS: Mapping[str, object] = {
    "gaps": ShowGaps(),
    "gaps Churn Radar": ShowGaps("Churn Radar"),
    "gaps in Churn Radar": ShowGaps("Churn Radar"),
    "gaps all": ShowGaps(whole=True),
    'gaps "all"': ShowGaps("all"),
    "lint everywhere": ShowLint(whole=True),
    "lint atlas": ShowLint("atlas"),
    "idle": ShowIdle(),
    "idle people": ShowIdle(),
    "load": ShowLoad(),
    "load @Bea Lind": ShowLoad("Bea Lind"),
    "load of <@U1>": ShowLoad("<@U1>"),
    "role": ListRoles(),
    "roles": ListRoles(),
    "role ML Engineer": ShowRole("ML Engineer"),
    "role edit ML Engineer": OpenRole("ML Engineer"),
    'role add "Annotation lead"': AddRole("Annotation lead"),
    "role add Annotation lead: writes the guidelines": AddRole(
        "Annotation lead", "writes the guidelines"
    ),
    "role add Annotation lead does label and check": AddRole("Annotation lead", "label and check"),
    "role rename ML Engineer to Platform Engineer": RenameRole("ML Engineer", "Platform Engineer"),
    "role remove Annotation lead": RemoveRole("Annotation lead"),
    "role set <@U1> ML Engineer": GiveJob("<@U1>", "ML Engineer"),
    "role set Bea Lind to ML Engineer": GiveJob("Bea Lind", "ML Engineer"),
    "role set me as Data Analyst": GiveJob("me", "Data Analyst"),
    "role set <@U1> none": GiveJob("<@U1>", None),
    "transfer <@U1> to <@U2>": Transfer("<@U1>", "<@U2>"),
    "transfer @Bea Lind → @Cy Moss project=*": Transfer("Bea Lind", "Cy Moss", everywhere=True),
    "transfer Bea to Cy in Churn Radar": Transfer("Bea", "Cy", "Churn Radar"),
    "transfer <@U1> to <@U2> everywhere": Transfer("<@U1>", "<@U2>", everywhere=True),
    "transfer <@U1> to <@U2> in Atlas because she is on leave": Transfer(
        "<@U1>", "<@U2>", "Atlas", reason="she is on leave"
    ),
    "transfer vacant Data Engineer to <@U2>": Transfer("vacant Data Engineer", "<@U2>"),
    "clone raci from Churn Radar": CloneRaci("Churn Radar"),
    "clone from Churn Radar in Atlas with people": CloneRaci("Churn Radar", "Atlas", True),
    "clone raci from=atlas with people": CloneRaci("atlas", None, True),
    "startup <@U1>": StartUp("<@U1>"),
    "start-up Eva in Atlas": StartUp("Eva", "Atlas"),
    "startup off in Atlas": EndStartUp("Atlas"),
    "split ML Engineer to <@U2>": Split("ML Engineer", "<@U2>"),
    "split ML Engineer to Cy Moss since 1 March in Atlas": Split(
        "ML Engineer", "Cy Moss", MARCH, "Atlas"
    ),
    "waive spof until 1 June because we hire": Waive("spof", JUNE, "we hire"),
    "waive no-a data pipeline in Atlas until 2026-06-01 because: later": Waive(
        "no-a", JUNE, "later", "data pipeline", "Atlas"
    ),
    "waive spof rollout until 1 June in Atlas because “hiring”": Waive(
        "spof", JUNE, "hiring", "rollout", "Atlas"
    ),
    "waive off spof data pipeline in Atlas": EndWaiver("spof", "data pipeline", "Atlas"),
}


@pytest.mark.parametrize("text", ORDERS)
def test_an_order_is_read_and_said_again(text: str) -> None:
    order = parse(text, TODAY)
    assert order == ORDERS[text]
    assert understood(as_slack_sends(spoken(order)), TODAY) == order


@pytest.mark.parametrize(
    ("text", "why", "field"),
    [
        ("idle hands", Why.WORDS_LEFT_OVER, "idle"),
        ("role add", Why.EMPTY_TEXT, "job"),
        ("role rename ML Engineer", Why.EMPTY_TEXT, "title"),
        ("role set", Why.EMPTY_TEXT, "holder"),
        ("role set <@U1>", Why.EMPTY_TEXT, "job"),
        ("role remove", Why.EMPTY_TEXT, "job"),
        ("transfer <@U1>", Why.EMPTY_TEXT, "to"),
        ("transfer <@U1> to", Why.EMPTY_TEXT, "holder"),
        ("clone", Why.EMPTY_TEXT, "project"),
        ("startup", Why.EMPTY_TEXT, "holder"),
        ("split ML Engineer", Why.EMPTY_TEXT, "to"),
        ("split ML Engineer to Cy since 1 April 2026", Why.FUTURE_DATE, "since"),
        ("waive spof because", Why.EMPTY_TEXT, "until"),
        ("waive spof until 1 June", Why.EMPTY_TEXT, "why"),
        ("waive spof until whenever because", Why.BAD_DATE, ""),
        ("waive", Why.EMPTY_TEXT, "until"),
    ],
)
def test_half_an_order_says_what_it_lacks(text: str, why: Why, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text, TODAY)
    assert caught.value.why is why
    assert field in ("", caught.value.field)
