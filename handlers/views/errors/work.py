"""The sentences about how work goes: stages, what is in their way, gates and health."""

from bot.errors import Why

SENTENCES: dict[Why, str] = {
    Why.BLOCKED_ALREADY: (
        "That is in the way of {item} already: “{text}”. It keeps its age. When it is over, say "
        "`/charter unblock {item}`; to hand it on, name somebody else at the end: `owner @bea`."
    ),
    Why.GATE_OPEN: (
        "Nothing is missing at the gate of {item}. When it is done: `/charter stage {item} done`."
    ),
    Why.HAS_COMPONENTS: (
        "{item} still has components: {items}. Take them out first, with "
        "`/charter component remove NAME`."
    ),
    Why.HEALTH_REASON: (
        "Say why it is {status}: `/charter health amber because the labels come late`. "
        "`/charter health auto` lets what is computed count again."
    ),
    Why.ITEM_TAKEN: (
        "“{name}” already means {item} in this project, so nothing was changed. Choose another "
        "name: `/charter stage add Label audit after annotation`."
    ),
    Why.LAST_RUNG: (
        "{item} is the only stage that new projects begin with. Add another one first: "
        "`/charter ladder add Annotation`."
    ),
    Why.METRIC_MISSED: (
        "Not all targets of {project} are reached: {metrics}. Say why it is done all the same: "
        "`/charter done because the pilot ends here`."
    ),
    Why.NOBODY_TO_ASK: (
        "Nobody but you is responsible or accountable for {item} and could be asked. See who holds "
        "what with `/charter raci {item}`."
    ),
    Why.NOT_BLOCKED: (
        "Nothing is in the way of {item}. See how it stands with `/charter stage {item}`."
    ),
    Why.NOT_SIDE_BY_SIDE: (
        "{item} and {other} do not stand in one row. Put a stage before a stage, or a component "
        "before another one of its stage: `/charter stage move label audit before modelling`."
    ),
    Why.NOT_TICKED: (
        "Nobody ticks “{text}”: I see it in the record. See what {item} still needs with "
        "`/charter gate {item}`."
    ),
    Why.NO_SUCH_BLOCKER: (
        "“{text}” is not in the way of {item}. In the way is: {known}. Name one of these, or none "
        "for all of it: `/charter unblock {item}`."
    ),
    Why.OWNS_IT_ALREADY: (
        "“{text}” is {name}'s to see to already. Hand it on to somebody else: "
        "`/charter block labels: no export owner @bea`."
    ),
    Why.WHICH_BLOCKER: (
        "Several things are in the way of {item}: {known}. Say which one is handed on: "
        "`/charter block {item}: TEXT owner @bea`."
    ),
    Why.OVERRIDE_REASON: (
        "Say why {item} may pass its gate all the same: "
        "`/charter stage framing done because the pilot is over override`."
    ),
    Why.BAD_HEALTH: (
        "“{status}” is no health. There are green, amber and red: "
        "`/charter health amber because the labels come late`."
    ),
    Why.ITEM_REMOVED: (
        "{item} was taken out of this project on {on}; its history stays. Bring it back with "
        "`/charter stage add NAME`."
    ),
    Why.NO_STAGE: (
        "{item} is a component, and a component belongs to a stage. Name a stage: "
        "`/charter component add tide feed to data pipeline`."
    ),
    Why.WHICH_CRITERION: (
        "Say which one at the gate of {item}: {known}. For example: "
        "`/charter gate framing tick approved`."
    ),
    Why.STILL_OPEN: (
        "{project} is not done yet. Still open: {items}. Move these first, for example "
        "`/charter stage {item} done`, or put it away with `/charter archive`."
    ),
    Why.NO_DOCUMENT: (
        "{name} is no document, and has no day of review. Leave that out, as in "
        "`/charter link https://github.com/acme/churn/pull/7`."
    ),
}
