"""A small bot of its own for the page's tests: it uses every block and input once."""

from datetime import datetime, timedelta
from typing import Any

from slack_bolt import Ack, App, Respond, Say
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from handlers.playground.double import Double

Json = dict[str, Any]
PEOPLE = (
    ("U0PRIYA", "Priya Raman", "Senior Data Engineer"),
    ("U0SAM", "Sam Okafor", "ML Engineer"),
    ("U0SARA", "Sara Lindqvist", "Data Scientist"),
    ("U0LEO", "Leo Martins", "Product Manager"),
)
ZONES = {"U0SARA": "Asia/Tokyo"}


def populate(double: Double) -> None:
    for id, name, title in PEOPLE:
        double.add_user(id, name, title=title, is_admin=id == "U0LEO", tz=ZONES.get(id, "UTC"))
    double.add_user("U0GONE", "Bea Novak", deleted=True)
    double.add_user("U0ACME", "Ann Alva", title="Acme Ltd", team_id="T0ACME")
    double.add_usergroup("S0DATA", "data-team", "Data team", ["U0PRIYA"])
    double.add_channel("proj-sizing", id="C0SIZING")
    double.add_channel("general", id="C0GENERAL")
    double.add_channel("proj-secret", ["Priya Raman"], id="C0SECRET", is_private=True)
    double.add_channel("with-acme", id="C0ACME", is_ext_shared=True)
    double.add_channel("old-plans", id="C0OLD", is_archived=True)


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


STATUSES = [option(text, text.lower()) for text in ("In progress", "Blocked", "Done")]
MANY = [option(f"Stage {number}", f"stage-{number}") for number in range(1, 41)]
CONFIRM = {
    "title": plain("Hand over?"),
    "text": mrkdwn("*Sam Okafor* becomes accountable for Data pipeline."),
    "confirm": plain("Hand over"),
    "deny": plain("Keep it"),
    "style": "danger",
}

ANSWER: list[Json] = [
    {
        "type": "section",
        "text": mrkdwn(
            "*Data pipeline* · Sizing model\nAccountable: <@U0PRIYA> since "
            "<!date^1767225600^{date_short}|2026-01-01>, set by <@U0LEO>\n"
            "Understood as _Data pipeline_ & not `data pipelin` :white_check_mark:"
        ),
        "accessory": {
            "type": "overflow",
            "action_id": "more",
            "options": [option("Show history", "history"), option("Show project", "project")],
        },
    },
    {"type": "section", "fields": [mrkdwn("*Status*\n:warning: Blocked"), mrkdwn("*Due*\n1 Dec")]},
    {
        "type": "actions",
        "block_id": "acts",
        "elements": [
            {
                "type": "button",
                "action_id": "hand.over",
                "text": plain("Hand over"),
                "style": "primary",
                "value": "data-pipeline",
            },
            {
                "type": "button",
                "action_id": "take.away",
                "text": plain("Clear"),
                "style": "danger",
                "confirm": CONFIRM,
            },
            {
                "type": "static_select",
                "action_id": "move",
                "placeholder": plain("Move stage"),
                "options": STATUSES,
            },
            {"type": "users_select", "action_id": "ask", "placeholder": plain("Ask somebody")},
            {"type": "datepicker", "action_id": "due", "placeholder": plain("Due date")},
        ],
    },
    {"type": "context", "elements": [mrkdwn("From the charter of #proj-sizing"), plain("v12")]},
]

MATRIX: list[Json] = [
    {"type": "header", "text": plain("Sizing model")},
    {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, {"align": "center"}, None],
        "rows": [
            [{"type": "raw_text", "text": word} for word in ("Stage", "A", "Status")],
            [{"type": "raw_text", "text": word} for word in ("Data pipeline", "Priya", "Blocked")],
            [{"type": "raw_text", "text": word} for word in ("Modelling", "–", "Not started")],
        ],
    },
    {"type": "divider"},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Gaps ", "style": {"bold": True}},
                    {"type": "user", "user_id": "U0SARA"},
                    {"type": "text", "text": " in "},
                    {"type": "channel", "channel_id": "C0SIZING"},
                    {"type": "text", "text": " with "},
                    {"type": "usergroup", "usergroup_id": "S0DATA"},
                    {"type": "emoji", "name": "rocket"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "text", "text": "Modelling has no A"}],
                    },
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "link", "url": "https://example.org", "text": "Doc"}],
                    },
                ],
            },
            {
                "type": "rich_text_preformatted",
                "elements": [{"type": "text", "text": "/charter raci modelling A @sara"}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Ship it small."}]},
        ],
    },
]


def input_block(block_id: str, label: str, element: Json, **more: Any) -> Json:
    block = {"type": "input", "block_id": block_id, "label": plain(label)}
    return {**block, "element": {"action_id": "value", **element}, **more}


FORM: Json = {
    "type": "modal",
    "callback_id": "hand-over",
    "notify_on_close": True,
    "title": plain("Hand over"),
    "submit": plain("Hand over"),
    "close": plain("Cancel"),
    "blocks": [
        {"type": "section", "text": mrkdwn("*Data pipeline* is now with <@U0PRIYA>.")},
        input_block("to", "New owner", {"type": "users_select"}),
        input_block("why", "Reason", {"type": "plain_text_input", "multiline": True}),
        input_block("stage", "Stage", {"type": "static_select", "options": MANY}, optional=True),
        input_block("on", "From", {"type": "datepicker", "initial_date": "2026-12-01"}),
        input_block(
            "letters",
            "Letters",
            {
                "type": "checkboxes",
                "options": [option("Accountable", "A"), option("Responsible", "R")],
                "initial_options": [option("Accountable", "A")],
            },
            optional=True,
        ),
        input_block(
            "mode",
            "Mode",
            {"type": "radio_buttons", "options": [option("Now", "now"), option("Ask", "ask")]},
            hint=plain("Ask waits until they accept."),
        ),
        input_block("tell", "Tell", {"type": "multi_users_select"}, optional=True),
        input_block("where", "Post in", {"type": "conversations_select"}, optional=True),
        {
            "type": "actions",
            "block_id": "more",
            "elements": [
                {"type": "button", "action_id": "deeper", "text": plain("Check load")},
            ],
        },
    ],
}


STAGES = ("Scope", "Data", "Labels", "Model", "Test", "Deploy", "Watch")
BOARD: Json = {
    "type": "data_table",
    "caption": "Stages of Sizing model",
    "page_size": 5,
    "rows": [
        [{"type": "raw_text", "text": "Stage"}, {"type": "raw_text", "text": "Days"}],
        *(
            [
                {"type": "raw_text", "text": stage},
                {"type": "raw_number", "value": days, "text": str(days)},
            ]
            for stage, days in zip(STAGES, (12, 3, 40, 9, 100, 7, 21), strict=True)
        ),
    ],
}

SETTINGS: Json = {
    "type": "modal",
    "callback_id": "settings",
    "title": plain("Standup"),
    "submit": plain("Save"),
    "blocks": [
        input_block("at", "Time", {"type": "timepicker"}, hint=plain("Where each person is.")),
        input_block("from", "First day", {"type": "datepicker", "initial_date": "2026-12-01"}),
        input_block("until", "Until", {"type": "datetimepicker"}),
        input_block(
            "wait", "Minutes to wait", {"type": "number_input", "is_decimal_allowed": False}
        ),
        input_block("link", "Board", {"type": "url_text_input"}, optional=True),
    ],
}


def on_mention(event: Json, say: Say) -> None:
    thread = event.get("thread_ts", event["ts"])
    if "board" in event["text"]:
        say(text="The board", blocks=[BOARD])
    elif "matrix" in event["text"]:
        say(text="The matrix", blocks=MATRIX, thread_ts=thread)
    else:
        say(text="Priya Raman is accountable", blocks=ANSWER, thread_ts=thread)


def on_message(event: Json, say: Say) -> None:
    if "subtype" not in event:
        say(text=f"You said: {event['text']}")


def on_command(ack: Ack, body: Json, respond: Respond, client: WebClient) -> None:
    ack()
    if body["text"].startswith("new"):
        client.views_open(trigger_id=body["trigger_id"], view=FORM)
    elif body["text"].startswith("standup"):
        client.views_open(trigger_id=body["trigger_id"], view=SETTINGS)
    elif body["text"].startswith("export"):
        client.files_upload_v2(
            channel=body["channel_id"],
            filename="portfolio.xlsx",
            title="Portfolio",
            content=b"PK" + bytes(23_998),
        )
    elif body["text"].startswith("matrix"):
        respond(text="The matrix", blocks=MATRIX)
    else:
        respond(text=f"*Unknown*: {body['text']}\n> Try `/charter new`")


def on_hand_over(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=FORM)


def on_deeper(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    blocks = [{"type": "section", "text": mrkdwn("Load checked.")}, *FORM["blocks"]]
    view = {**FORM, "blocks": blocks}
    client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)


def on_clear(ack: Ack, respond: Respond) -> None:
    ack()
    respond(text="Cleared", replace_original=False)


def on_chosen(ack: Ack, action: Json, respond: Respond) -> None:
    ack()
    chosen = action.get("selected_option") or {}
    value = chosen.get("value") or action.get("selected_user") or action["selected_date"]
    respond(text=f"Chosen: {value}", replace_original=False)


def on_submitted(ack: Ack, client: WebClient, view: Json) -> None:
    values = {key: each["value"] for key, each in view["state"]["values"].items()}
    new = values["to"]["selected_user"]
    if new == "U0PRIYA":
        ack(response_action="errors", errors={"to": "Priya already holds it."})
        return
    ack()
    text = f"<@U0PRIYA> → <@{new}>: {values['why']['value']}"
    client.chat_postMessage(channel="C0SIZING", text=text)


def on_settings(ack: Ack, client: WebClient, view: Json) -> None:
    ack()
    values = {key: each["value"] for key, each in view["state"]["values"].items()}
    told = (
        values["at"]["selected_time"],
        values["from"]["selected_date"],
        values["until"]["selected_date_time"],
        values["wait"]["value"],
        values["link"]["value"],
    )
    client.chat_postMessage(channel="C0SIZING", text=f"Saved: {told}")


def on_closed(ack: Ack) -> None:
    ack()


def on_home(event: Json, client: WebClient) -> None:
    button = {"type": "button", "action_id": "hand.over", "text": plain("Hand over")}
    blocks: list[Json] = [
        {"type": "header", "text": plain("What you hold")},
        {"type": "section", "text": mrkdwn(f"<@{event['user']}>: *A* of Data pipeline")},
        {"type": "actions", "elements": [button]},
    ]
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


class Mornings:
    """Once, at the next 8:00 UTC, the bot asks Sara and tells the channel."""

    def __init__(self, double: Double) -> None:
        self._double = double
        now = double.space.now()
        eight = now.replace(hour=8, minute=0, second=0, microsecond=0)
        self._due: datetime | None = eight if eight > now else eight + timedelta(days=1)

    def next_due(self) -> datetime | None:
        return self._due

    def pass_over(self) -> None:
        return

    def settle(self) -> None:
        space = self._double.space
        if self._due is not None and space.now() >= self._due:
            self._due = None
            bot = self._double.app.bot_user_id
            space.post(space.im_with("U0SARA").id, bot, "What have you done?")
            space.post("C0SIZING", bot, "The report of the morning")


def bot(double: Double) -> SlackRequestHandler:
    """The demo as a WSGI app, talking to the double that is served at its base URL.

    Nobody answers `/broken`: to Slack that is a bot that is too late.
    """
    client = WebClient(double.app.bot_token, base_url=double.api_url)
    app = App(client=client, signing_secret=double.app.signing_secret)
    app.event("app_mention")(on_mention)
    app.event("message")(on_message)
    app.event("app_home_opened")(on_home)
    app.command("/charter")(on_command)
    app.command("/broken")(lambda: None)
    app.action("hand.over")(on_hand_over)
    app.action("deeper")(on_deeper)
    app.action("take.away")(on_clear)
    for name in ("more", "move", "ask", "due"):
        app.action(name)(on_chosen)
    app.view("hand-over")(on_submitted)
    app.view("settings")(on_settings)
    app.view_closed("hand-over")(on_closed)
    return SlackRequestHandler(app, path="/slack/events")
