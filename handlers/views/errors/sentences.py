"""The sentences for refusals and bad input. `{name}` is a fact, backticks mark what to type."""

from bot.errors import Why
from handlers.views.errors import work
from handlers.views.errors.access import OF_ACCESS
from handlers.views.errors.answers import OF_ANSWERS
from handlers.views.errors.exports import OF_EXPORTS
from handlers.views.errors.imports import OF_IMPORTS
from handlers.views.errors.letters import OF_LETTERS
from handlers.views.errors.links import OF_LINKS
from handlers.views.errors.people import OF_PEOPLE
from handlers.views.errors.plans import OF_PLANS
from handlers.views.errors.presence import OF_PRESENCE

SENTENCES: dict[Why, str] = {
    # Whatever is typed
    Why.BAD_DATE: (
        "I cannot take “{date}” as a date here. Write it like `2026-03-01`, `1 March` or `today`."
    ),
    Why.BAD_NAME: (
        "“{name}” will not do as a name: it needs a letter or a digit, as in "
        "`/charter new Churn Radar`."
    ),
    Why.BAD_NUMBER: "“{number}” is not a page number. Try `/charter list 2`.",
    Why.EMPTY_TEXT: "Something is missing: {field}. See `/charter help`.",
    Why.FORM_LATE: (
        "Slack waits three seconds for a form, and this one came too late; nothing was changed. "
        "Please try again: press the button once more, or send the command again."
    ),
    Why.NOTHING_CHANGES: (
        "That is how {item} stands already, so nothing was changed. See the whole with "
        "`/charter show`."
    ),
    Why.TEXT_TOO_LONG: (
        "That is too long: {length} characters where {longest} fit. Shorten it and send it again."
    ),
    Why.TOO_MANY: (
        "That is too much: {length} {field} where {longest} fit. Shorten it and send it again."
    ),
    Why.UNDO_LATE: (
        "It is too late to undo that on {item}: after ten minutes the record stands. Make a new "
        "change instead, with `/charter raci ITEM LETTERS HOLDER`."
    ),
    Why.RUNS_APART: (
        "These runs are of {projects}, each of which has targets of its own. Compare runs of one: "
        "`/charter compare RUN RUN in PROJECT`."
    ),
    Why.UNDO_OVERTAKEN: (
        "That can no longer be undone, because {item} changed since. Look at it with "
        "`/charter raci ITEM` and change what is wrong."
    ),
    Why.WORDS_LEFT_OVER: (
        "I do not know what “{words}” is for. A note stands after a colon, a project after “in”: "
        "`/charter stage data pipeline blocked in Churn Radar: no export`."
    ),
    # Projects and channels
    Why.ALIAS_TAKEN: (
        "“{alias}” already means {item}, so nothing was changed. Choose another name: "
        "`/charter alias click stream = data pipeline`."
    ),
    Why.ARCHIVED: (
        "{project} is archived and can only be read. Bring it back with "
        "`/charter unarchive PROJECT`."
    ),
    Why.CHANNEL_SHARED: (
        "This channel is shared with another organisation, so I do not use it. Ask me in a direct "
        "message or in a channel of your own, with `/charter ask who owns the data pipeline?`. An "
        "admin can let me answer here, to you alone: `/charter channel allow`."
    ),
    Why.CHANNEL_UNREADABLE: (
        "I am not in this channel. Invite me with `/invite @Charter`, then try again."
    ),
    Why.NAME_TAKEN: (
        "There is a project called {name} already. Look at it with `/charter show PROJECT`, or "
        "choose another name."
    ),
    Why.PROJECT_IN_WORDS: (
        'Is this for {project}? Then write it in quotes at the end, `in "{project}"`. If these are '
        "words of yours, end them with a full stop."
    ),
    Why.NO_CHANNEL: (
        'No project belongs to this channel. Name one at the end, `in "Churn Radar"`, or bind one '
        "here with `/charter bind Churn Radar`."
    ),
    **OF_EXPORTS,
    **OF_IMPORTS,
    **OF_LETTERS,
    # The team
    Why.HOLDER_BLIND: (
        "{name} cannot see {project}, so they cannot hold its letters. Invite them to its private "
        "channel first, or name somebody else: `/charter startup @eva`."
    ),
    Why.NO_USUAL_STAGE: (
        "{role} has no stage in {project} that could go over. An admin says which it usually holds "
        "with `/charter role edit ML Engineer`; or give single letters: "
        "`/charter raci roll-out A/R @cy`."
    ),
    Why.NO_WAIVER: "{rule} is not waived for {item}. See what is with `/charter lint`.",
    Why.NOT_STARTUP: (
        "{project} is not in start-up mode. Let one person hold every role with "
        "`/charter startup @eva`."
    ),
    Why.NOTHING_TO_MOVE: (
        "There is nothing of {name} there that could go to somebody else. Try another project: "
        "`/charter transfer @bea to @cy in Churn Radar`, or at all of them: "
        "`/charter transfer @bea to @cy everywhere`."
    ),
    Why.ROLE_IN_USE: (
        "{role} is needed still, so it stays: {uses}. Give them another role first, with "
        "`/charter role set @bea Data Engineer`."
    ),
    Why.ROLE_TAKEN: (
        "There is a role called {role} already. See it with `/charter role ML Engineer`, or choose "
        "another name."
    ),
    Why.WAIVER_DAY: (
        "A rule can be waived until a day from today on, within a year; {date} is not one. Write: "
        "`/charter waive spof data pipeline until 1 June because we are hiring`."
    ),
    **OF_ANSWERS,
    **OF_PEOPLE,
    **OF_PLANS,
    **OF_PRESENCE,
    # Stages
    Why.BAD_STATUS: (
        "“{status}” is not a status. There are: {known}. For example: "
        "`/charter stage data pipeline in progress`."
    ),
    Why.REASON_NEEDED: (
        "Say why {item} is {status}, after a colon: "
        "`/charter stage data pipeline blocked: waiting for the export`."
    ),
    # Scope
    Why.BAD_FIELD: "The scope has no field “{field}”. It has: {known}.",
    Why.NO_BASELINE: (
        "{metric} has a target but no baseline. Say where it stands today as well: "
        "`/charter metric AUC baseline 0.71 target 0.80`."
    ),
    Why.BAD_SCOPE_VERSION: (
        "“{version}” is no version of the scope; the latest is {last}. Compare two with "
        "`/charter scope diff v1 v2`, or see all with `/charter history scope`."
    ),
    Why.BAD_TEMPLATE: (
        "There is no template “{template}”. There are: {known}. For example: "
        '`/charter new "Size recommender" template=recsys`.'
    ),
    Why.BAD_VALUE: (
        "I cannot take “{value}” as a number. Write it like this: "
        "`/charter metric AUC baseline 0.71 target 0.80`."
    ),
    Why.BAD_VERDICT: (
        "“{verdict}” is no verdict. Say go or no-go: `/charter verdict go because it pays within a "
        "year`."
    ),
    Why.DIRECTION_NEEDED: (
        "Say which way {metric} improves, `higher` or `lower`: "
        "`/charter metric AUC baseline 0.71 target 0.80 higher`."
    ),
    Why.METRIC_TAKEN: (
        "There is a metric called {metric} already. Change that one: "
        "`/charter metric AUC target 0.80`."
    ),
    Why.NO_METRIC: (
        "The project has no metric {metric}. It has: {known}. Say what it shall be first: "
        "`/charter metric AUC baseline 0.71 target 0.80`."
    ),
    Why.SCOPE_EMPTY: (
        "Nothing has been written down of what {project} is for, so there is nothing to approve. "
        "Begin with `/charter scope edit`."
    ),
    Why.TARGET_WORSE: (
        "The target of {metric} is worse than its baseline, though {way} is better. Put one right: "
        " `/charter metric AUC baseline 0.71 target 0.80 higher`."
    ),
    Why.VERDICT_REASON: (
        "Say why it is a {verdict}: `/charter verdict go because it pays within a year`."
    ),
    # Standups and digests
    Why.BAD_TIME: (
        "I cannot take “{time}” as a time of the day. Write it like `9:00`, `17:30` or `9am`."
    ),
    Why.BAD_WEEKDAY: (
        "I cannot take “{day}” as a day of the week. Write it like `Monday` or `Mon`, as in "
        "`weekly Monday at 9:00`."
    ),
    Why.BAD_MONTH_DAY: (
        "I cannot take “{day}” as a day of a month. Write `15`, `last day`, `first Friday` or "
        "`last working day`, like this: `/charter digest monthly last working day at 16:00`."
    ),
    Why.BAD_ZONE: (
        "I do not know the time zone “{zone}”. Write it like `Europe/Berlin`, or `UTC+5`."
    ),
    Why.DIGEST_DAYS: (
        "These days do not go with how often it is to come. Say it like this: "
        "`/charter digest weekly Monday at 9:00`."
    ),
    Why.OWN_HOLIDAYS: (
        "Your own digest rests on your own holidays. Say which these are: "
        "`/charter away region DE-BY`."
    ),
    Why.NO_BRIEF: (
        "No brief comes here by itself. Let one come with `/charter brief weekly Monday at 8:00`, "
        "or with `/charter brief me weekly Monday at 8:00` to you alone."
    ),
    Why.NO_OWN_DIGEST: (
        "You get no digest of your own. Have one with `/charter digest me weekly Monday at 8:00`."
    ),
    Why.NO_DIGEST: (
        "This channel gets no digest. Let it have one with `/charter digest weekly Monday at 9:00`."
    ),
    Why.NO_STANDUP: ("{project} has no standup that could end. Begin one with `/charter standup`."),
    Why.NOT_A_CHANNEL: (
        "A digest is for a channel. Say this in the one that it is for: "
        "`/charter digest weekly Monday at 9:00`. One for yourself: "
        "`/charter digest me weekly Monday at 8:00`."
    ),
    Why.STANDUP_CHANNEL: (
        "That channel does not belong to {project}, so its standup cannot be told there. Bind it "
        "first, in that channel: `/charter bind PROJECT`."
    ),
    Why.STANDUP_EXPOSED: (
        "{project} is private, and everybody could read its standup in that channel. Bind a "
        "private channel with `/charter bind PROJECT`, and choose that one."
    ),
    Why.STANDUP_NOWHERE: (
        "{project} has no channel that a standup could be told in. Bind one first, in that "
        "channel: `/charter bind PROJECT`. For a private project it must be a private one."
    ),
    Why.NO_WINDOW: (
        "Answers cannot close at {time}, when people are asked. Choose a later time, as in "
        "`9:30-12:00`; one before it is the next day's."
    ),
    Why.REPORT_BEFORE: (
        "The report would come at {report}, before anybody has answered what is asked at {time}. "
        "Choose a later time, as in `/charter standup {time} report TIME`."
    ),
    Why.NO_TEAM: (
        "{name} has no standup of its own that you can see. Begin one in the channel that it is to "
        "be told in: `/charter standup {name} 9:30`."
    ),
    Why.TEAM_NOWHERE: (
        "The standup of a user group is told in a channel. Say this in the one that it is for, and "
        "invite me there first: `/charter standup @ml-team 9:30`."
    ),
    Why.TEAM_STAGES: (
        "{project} is a user group, which has no stages: its report is by person. Leave `by stage` "
        "out."
    ),
    Why.TEAM_STAYS: (
        "The standup of {project} keeps to that user group, and to the channel that it began in. "
        "For another one say in its channel: `/charter standup @ml-team 9:30`."
    ),
    Why.STANDUP_OVER: (
        "The standup of {date} is too long ago to be changed. What is new belongs into the next "
        "one; see when that is with `/charter standup show`."
    ),
    # Work
    **work.SENTENCES,
    **OF_LINKS,
    **OF_ACCESS,
}

UNKNOWN_FACTS = {
    "channel": "that channel",
    "files": "several",
    "problem": "it is damaged",
    "size": "20 MB",
    "days": "That",
    "entry": "it",
    "level": "That",
    "milestone": "That milestone",
    "decision": "a decision",
    "scope": "to read messages",
    "kind": "that service",
    "other": "the other one",
    "last": "another",
    "message": "that",
    "metric": "The metric",
    "template": "that",
    "verdict": "that",
    "version": "That",
    "way": "another way",
    "when": "before",
    "alias": "that name",
    "date": "That day",
    "day": "that",
    "field": "one field",
    "from": "that day",
    "group": "That",
    "item": "it",
    "items": "others",
    "metrics": "some",
    "most": "fewer",
    "on": "an earlier day",
    "text": "that",
    "known": "see /charter help",
    "length": "more",
    "letters": "that",
    "limit": "many",
    "longest": "as many",
    "name": "That one",
    "number": "that",
    "project": "The project",
    "projects": "several projects",
    "range": "a number",
    "report": "that time",
    "repository": "that repository",
    "role": "That role",
    "rows": "too many",
    "rule": "That rule",
    "setting": "that setting",
    "sheet": "one of them",
    "status": "that",
    "time": "that",
    "until": "another",
    "url": "That",
    "uses": "somebody needs it",
    "value": "That",
    "words": "the rest",
    "zone": "that",
}
"""What stands in a sentence for a fact that an error came without."""

MISSING: dict[str, str] = {
    "runs": "Say which two runs, by their ids or names: `/charter compare 0ab12 0cd34`.",
    "metric": "Say which metric: `/charter metric AUC baseline 0.71 target 0.80`.",
    "baseline": "Say where it stands today: `/charter metric AUC baseline 0.71 target 0.80`.",
    "target": "Say where it shall get to: `/charter metric AUC baseline 0.71 target 0.80`.",
    "now": "Say where it stands now: `/charter metric AUC now 0.77`.",
    "unit": "Say in what it is counted: `/charter metric MAPE unit %`.",
    "measured": 'Say how it is measured: `/charter metric AUC measured "offline, weekly"`.',
    "access": "Say what they may do: `/charter access @bea viewer in Churn Radar`.",
    "alias": "Say which name, and what it means: `/charter alias click stream = data pipeline`.",
    "channel": "Say which: `/charter channel allow` or `/charter channel forbid`.",
    "blocker": "Say what is in its way, after a colon: `/charter block data pipeline: no export`.",
    "criterion": "Say what must be so: `/charter gate framing add legal has agreed`.",
    "day": "Say on which day: `/charter digest weekly Monday at 9:00`.",
    "glass": "Say why: `/charter break-glass Churn Radar because the lead is ill`.",
    "company": (
        "Say of which company: "
        "`/charter raci annotation C outside Vera Poe of Label Works vera@label.example`."
    ),
    "delegate": "Say who acts: `/charter delegate @dan from 3 August to 14 August`.",
    "last day": "Say until when: `/charter delegate @dan from 3 August to 14 August`.",
    "from": "Say from when: `/charter delegate @dan from 3 August to 14 August`.",
    "hand": "Say whom it is handed on to: `/charter block data pipeline: no export owner @bea`.",
    "holder": "Say who it is: `/charter raci data pipeline A @bea`.",
    "item": "Say which stage or component: `/charter raci data pipeline`.",
    "job": "Say which job role: `/charter role ML Engineer`.",
    "name": "Give it a name: `/charter new Churn Radar`.",
    "note": "Say why, after a colon: `/charter stage data pipeline blocked: no export yet`.",
    "person": "Say who: `/charter access @bea viewer in Churn Radar`.",
    "project": "Say which project, by name: `/charter list` shows them.",
    "reason": (
        "Say why nobody is asked: "
        "`/charter raci data pipeline A @bea hand over now because Cy is on leave`."
    ),
    "text": "Say what you want to ask: press *Ask* again and write it down.",
    "question": "Ask me something: `/charter ask who owns the data pipeline?`.",
    "repository": "Say which repository: `/charter codeowners acme/churn`.",
    "url": "Say which address: `/charter link https://github.com/acme/churn/pull/7`.",
    "role": "Say which role the open seat is for: `/charter raci rollout A vacant ML Engineer`.",
    "why": (
        "Say why, after `because`: "
        "`/charter waive spof data pipeline until 1 June because we are hiring`."
    ),
    "rule": "Say which rule: `/charter lint` names those that found something.",
    "stage": "Say which stage it belongs to: `/charter component add tide feed to data pipeline`.",
    "time": "Say at what time: `/charter digest daily at 9:00`.",
    "title": "Say the new name, after `to`: `/charter role rename Developer to Engineer`.",
    "to": "Say to whom, after `to`: `/charter transfer @bea to @cy`.",
    "until": (
        "Say until when: `/charter waive spof data pipeline until 1 June because we are hiring`."
    ),
    "value": "Say what to put there: `/charter scope goal: 10 % fewer returns`.",
    "zone": "Say in which time zone: `/charter digest daily at 9:00 in Europe/Berlin`.",
}
"""What to do where a text is empty, by the field that is."""
