"""What comes by the clock: standups and digests."""

from bot.commands.briefs import read_brief
from bot.commands.chapter import Command
from bot.commands.digests import read_digest
from bot.commands.past_standups import read_standups
from bot.commands.standups import read_standup

ROUTINES: tuple[Command, ...] = (
    Command(
        "standup",
        (
            "standup",
            "standup at TIME [until TIME] [DAYS] [report TIME] [by stage] [to #CHANNEL]",
            "standup with @GROUP|none",
            "standup @GROUP [TIME] [DAYS] [report TIME]",
            "standup show",
            "standup off",
            "standup reminders off",
        ),
        "standup at 9:30 Mon-Thu report 11:00 by stage",
        "ask everybody of a project how it goes, and report it in its channel",
        read_standup,
        (
            "`standup` opens a form: questions, days, time, channel, and who else is asked. "
            "Everybody with an R or an A of something open is in, each is asked at their own "
            "local time, and the channel gets one report a day.",
            "With words behind it, it is set without the form: what they leave out stays as it is, "
            "or is as usual. `9:30-12:00` (or `until 12:00`) says until when an answer is on time, "
            "in each person's own time; it may be after midnight, and `until never` ends that.",
            "Who has not answered is reminded once; `no reminder` at the end ends that for a "
            "project, `remind` begins it. `standup reminders off` is for you alone, in all "
            "standups; `standup reminders on` takes it back.",
            "`with @ml-team` lets everybody in who is in that Slack user group, besides those with "
            "an R or an A; `with none` ends that.",
            "`standup @ml-team 9:30 Mon-Fri`, in a channel, is a standup of that user group alone, "
            "without a project, told there. There `standup show` and `standup off` mean that one; "
            "elsewhere say `standup @ml-team show`.",
            "`standup show` tells how it is set, who is in and when they are asked next.",
        ),
    ),
    Command(
        "standups",
        (
            "standups [@PERSON] [ITEM] [DAYS] in PROJECT|@GROUP",
            "standups blockers [DAYS]",
            "standups [DAYS] by stage",
        ),
        "standups @bea 1 Mar..15 Mar",
        "read what was said in standups: by whom, when, about what",
        read_standups,
        (
            "`DAYS` are `1 Mar..15 Mar`, `since 2 Mar`, `yesterday`, `last week`, `last 14 days`, "
            "`in March`. The latest comes first.",
            "Of a project, what everybody said in it: `standups in Churn Radar last week`. Of "
            "somebody, what they said in every project that you may see: `standups of Bea Lind "
            "about labels`. `standups me` is your own.",
            "`standups blockers` is what blocked people, `by stage` puts what was said of a stage "
            "together.",
            "What a workspace keeps no longer is deleted each night, and the answer says so.",
        ),
    ),
    Command(
        "digest",
        (
            "digest",
            "digest daily at TIME",
            "digest weekly DAY at TIME",
            "digest biweekly DAY at TIME",
            "digest monthly last working day at TIME",
            "digest preview",
            "digest set",
            "digest off",
            "digest me",
            "digest me daily at TIME",
            "digest me weekly DAY at TIME",
            "digest me preview",
            "digest me set",
            "digest me off",
        ),
        "digest weekly Monday at 9:00 in Europe/Berlin",
        "tell this channel, or you, regularly what changed in projects, and what is stuck",
        read_digest,
        (
            "TIME: 9:00, 17:30 or 9am, in your own time zone unless another one follows: "
            "`in Europe/Berlin`. Daily means from Monday to Friday, or `daily Sun-Thu`; weekly and "
            "biweekly (every other week, from now on) are on Monday unless you name a day.",
            "Monthly is on the last working day, or on `first working day`, `last Friday`, `15` or "
            "`31` (the last day where there is none).",
            "`digest` shows how it is set, `digest preview` what it would say now, to you alone; "
            "`digest set` opens a form.",
            "`holidays DE-BY`: a daily digest does not come on them, and they are no working days "
            "of a month.",
            "Where nothing has changed since the last one, nothing is posted; `with heartbeat` at "
            "the end lets it say so in one line, `without heartbeat` stops that.",
            "`digest me` is for you alone, by direct message: what waits for you, your rows and "
            "your projects, with all else that Charter has to tell you that day.",
        ),
    ),
    Command(
        "brief",
        (
            "brief",
            "brief portfolio",
            "brief PROJECT, PROJECT",
            "brief weekly DAY at TIME",
            "brief me weekly DAY at TIME",
            "brief when",
            "brief off",
        ),
        "brief Churn Radar, Size Recommender",
        "what a leader should know in three minutes: what turned worse, what has to be decided",
        read_brief,
        (
            "At most twelve lines, the most pressing first: what turned worse within a week, "
            "decisions that are wanted, with who must decide and by when, top risks, what is under "
            "way with nobody accountable, and the oldest blockers. Each line says why it is there.",
            "Without a name it is about the projects of the channel, or else about all that you "
            "can see.",
            "`brief weekly Monday at 8:00` lets one come by itself, as often as a digest can: in a "
            "channel for all who read it, with `me` (or in a direct message) for you alone. "
            "`brief when` shows how that is set, `brief off` ends it; `brief me when` and "
            "`brief me off` for your own.",
        ),
        ("briefing",),
    ),
)
