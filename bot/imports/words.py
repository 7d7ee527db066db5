"""What stands in the sheets that people keep: head lines, letters and empty seats, in English,
German, French, Spanish and Chinese.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from bot.project import Letter
from bot.spelling import folded


class Means(StrEnum):
    """What a column says."""

    PROJECT = "project"
    PHASE = "phase"
    ITEM = "stage"
    COMPONENT = "component"
    LETTER = "letter"
    PERSON = "person"
    SINCE = "since"
    UNTIL = "until"
    ID = "id"
    A = "A"
    R = "R"
    C = "C"
    I = "I"  # noqa: E741 - the letter's own name
    HOLDER = "holder"
    NOTHING = "not read"

    @property
    def letter(self) -> Letter | None:
        return Letter(self.value) if self.value in Letter.__members__ else None


def _all(words: str) -> frozenset[str]:
    return frozenset(folded(word) for word in words.split("|"))


HEADS: dict[Means, frozenset[str]] = {
    Means.PROJECT: _all("project|project name|projekt|projet|proyecto|项目|项目名称"),
    Means.PHASE: _all(
        "phase|workstream|area|group|category|block|bereich|kategorie|arbeitspaket|"
        "lot|catégorie|domaine|fase|área|categoría|bloque|大类|类别|领域"
    ),
    Means.ITEM: _all(
        "stage|activity|task|deliverable|step|item|work item|process|milestone|topic|"
        "aktivität|aufgabe|tätigkeit|schritt|stufe|prozess|thema|arbeitsschritt|"
        "étape|activité|tâche|livrable|processus|"
        "etapa|actividad|tarea|entregable|paso|proceso|"
        "阶段|活动|任务|步骤|工作|工作项|环节|流程|事项"
    ),
    Means.COMPONENT: _all(
        "component|sub-stage|substage|sub task|komponente|baustein|composant|sous-étape|"
        "componente|subetapa|组件|子任务|子阶段"
    ),
    Means.LETTER: _all(
        "letter|raci|raci letter|raci role|buchstabe|raci-rolle|lettre|rôle raci|letra|rol raci|"
        "字母|raci角色|职责"
    ),
    Means.PERSON: _all(
        "person|holder|name|who|assignee|people|owner|team member|wer|personne|qui|nom|titulaire|"
        "inhaber|persona|quién|nombre|titular|人员|姓名|谁|负责人姓名|成员"
    ),
    Means.SINCE: _all(
        "since|from|start|start date|valid from|seit|ab|von|beginn|startdatum|depuis|dès|début|"
        "date de début|desde|inicio|fecha de inicio|开始|自|起始日期|开始日期"
    ),
    Means.UNTIL: _all(
        "until|to|end|end date|valid until|bis|ende|enddatum|jusqu'à|fin|date de fin|hasta|"
        "fecha de fin|结束|至|结束日期|截止日期"
    ),
    Means.ID: _all("id|charter id"),
    Means.A: _all(
        "a|accountable|accountable person|approver|rechenschaftspflichtig|gesamtverantwortlich|"
        "gesamtverantwortung|rechenschaft|approbateur|autorité|redevable|comptable|garant|"
        "aprobador|aprueba|responsable final|rinde cuentas|quien rinde cuentas|"
        "问责|问责人|批准|批准人|审批|审批人|当责|当责者|最终负责|最终负责人"
    ),
    Means.R: _all(
        "r|responsible|responsible person|doer|verantwortlich|zuständig|durchführung|"
        "durchführungsverantwortlich|ausführend|umsetzung|réalisateur|responsable|réalise|"
        "exécutant|ejecutor|ejecuta|encargado|负责|负责人|执行|执行人|执行者"
    ),
    Means.C: _all(
        "c|consulted|consult|konsultiert|zu konsultieren|beratend|befragt|consulté|consultés|"
        "à consulter|consultado|consultados|a consultar|咨询|咨询人|被咨询|被咨询人|顾问"
    ),
    Means.I: _all(
        "i|informed|inform|informiert|zu informieren|information|informé|informés|à informer|"
        "informado|informados|a informar|知会|知会人|告知|被告知|通知|通知人|知情|知情人"
    ),
    Means.NOTHING: _all(
        "#|no|no.|nr|nr.|number|nummer|n°|numéro|número|序号|编号|"
        "note|notes|comment|comments|remark|remarks|description|details|status|state|due|due date|"
        "deadline|priority|progress|source|gap|gaps|link|url|baseline|forecast|slip|health|rag|"
        "bemerkung|bemerkungen|anmerkung|anmerkungen|kommentar|beschreibung|fällig|termin|"
        "priorität|quelle|stand|frist|"
        "remarque|remarques|commentaire|commentaires|statut|état|échéance|priorité|"
        "nota|notas|comentario|comentarios|observaciones|descripción|estado|plazo|vencimiento|"
        "prioridad|fuente|"
        "备注|说明|描述|状态|截止|优先级|来源|注释"
    ),
}
"""By what a column means, what it is called. Of what is `NOTHING` no word is read."""

_BY_HEAD = {word: means for means, words in HEADS.items() for word in words}
_IN_BRACKETS = re.compile(r"[(\[（]([RACI])[)\]）]|^([RACI])\s*[:：=–—-]|[:：=–—/-]\s*([RACI])$")
_LONGEST_HEAD = 60


def head_means(text: str) -> Means | None:
    """What a head line's word means, if it is one of these. "Responsible (R)" and "A – Accountable"
    mean their letter.
    """
    if not text or len(text) > _LONGEST_HEAD:
        return None
    if (known := _BY_HEAD.get(folded(text))) is not None:
        return known
    marked = {sign for found in _IN_BRACKETS.findall(text) for sign in found if sign}
    words = [_BY_HEAD.get(folded(part)) for part in re.split(r"[()（）\[\]/:：=–—-]+", text)]
    meant = {word for word in words if word is not None}
    if len(marked) == 1:
        letter = Means(marked.pop())
        return letter if not meant or meant == {letter} or letter in meant else None
    return meant.pop() if len(meant) == 1 and not marked else None


# --- letters --------------------------------------------------------------------------------------

EMPTY = frozenset({"", "-", "–", "—", "−", "--", "n/a", "na", "n.a.", ".", "·", "none", "无", "／"})
"""What stands in a cell that says nothing."""
_FOOTNOTE = re.compile(r"[*†‡°¹²³⁴⁵]+$")
_BETWEEN = re.compile(r"[/,;+&|\\、，和\s]+|\b(?:and|und|et|y|e)\b", re.IGNORECASE)
_SIGNS = re.compile(r"[RACI]{1,4}")
_BEHIND = re.compile(r"\s*(?:\(left\)|\(?vacant\)?)$", re.IGNORECASE)
"""What Charter's own matrix says behind the letters of a seat that nobody fills."""


def is_empty(text: str) -> bool:
    return text.strip().casefold() in EMPTY


def letters_in(text: str) -> tuple[Letter, ...] | None:
    """The letters of a cell (`A/R`, `A, R`, `ra`, `Responsible`); none of an empty one, None where
    anything else stands there.
    """
    if is_empty(text):
        return ()
    if len(text) > _LONGEST_HEAD:
        return None
    plain = _FOOTNOTE.sub("", _BEHIND.sub("", text.strip())).strip(" ()[]")
    found: set[Letter] = set()
    for part in filter(None, _BETWEEN.split(_narrow(plain))):
        if _SIGNS.fullmatch(part.upper()):
            found.update(Letter(sign) for sign in part.upper())
        elif (means := _BY_HEAD.get(folded(part))) is not None and means.letter is not None:
            found.add(means.letter)
        else:
            return None
    return tuple(letter for letter in Letter if letter in found) if found else None


def is_signs(text: str) -> bool:
    """Whether letters stand in a cell as such, and not in words: "A/R", and not "Responsible"."""
    plain = _narrow(_FOOTNOTE.sub("", _BEHIND.sub("", text.strip()))).strip(" ()[]")
    parts = [part for part in _BETWEEN.split(plain) if part]
    return bool(parts) and all(_SIGNS.fullmatch(part.upper()) for part in parts)


def _narrow(text: str) -> str:
    """Full-width letters as plain ones."""
    return "".join(
        chr(ord(sign) - 0xFEE0) if "\uff01" <= sign <= "\uff5e" else sign for sign in text
    )


# --- empty seats ----------------------------------------------------------------------------------

_VACANT = (
    "vacant|vacancy|open|open position|to be hired|tbh|tbd|tba|to be defined|to be named|"
    "n\\.\\s?n\\.?|nn|offen|unbesetzt|vakant|zu besetzen|noch offen|"
    "vacante|por definir|por contratar|pendiente|poste vacant|poste ouvert|à pourvoir|à définir|"
    "à recruter|空缺|待定|待招|待招聘|未定|暂缺"
)
_SEAT = re.compile(
    rf"(?:{_VACANT})(?P<rest>(?:[\s:(（,–—-].*)?)",
    re.IGNORECASE | re.DOTALL,
)
_REQUISITION = re.compile(r"\b[A-Z]{1,6}-\d+\b")


def vacant_in(text: str) -> tuple[str, str] | None:
    """The role (empty where none is named) and requisition of an empty seat; None for whatever
    else.
    """
    found = _SEAT.fullmatch(text.strip())
    if found is None:
        return None
    rest = found["rest"]
    requisition = _REQUISITION.search(rest)
    if requisition:
        rest = rest.replace(requisition[0], " ")
    role = rest.strip(" \t\n:(（)）,–—-")
    return " ".join(role.split()), requisition[0] if requisition else ""


# --- several in one cell --------------------------------------------------------------------------

_SEVERAL = re.compile(r"\s*[;\n+&|、，；]\s*|\s+(?:and|und|et|y|e|oder|/)\s+|\s*,\s*|\s*/\s*|和|与")


def parts_of(text: str) -> tuple[str, ...]:
    """The names of a cell, in the order in which they stand there."""
    found = (part.strip() for part in _SEVERAL.split(text))
    return tuple(dict.fromkeys(part for part in found if part))


def turned(text: str) -> str:
    """ "Lind, Bea" as "Bea Lind"; what is no such name, as it is."""
    last, comma, first = text.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else text


TITLE = re.compile(
    r"(?:project|projekt|projet|proyecto|项目)\s*[:：]\s*(?P<name>.+)", re.IGNORECASE | re.DOTALL
)
"""How a sheet names its project above the table."""


def named_above(texts: Iterable[str]) -> str:
    """The project that a line above the table names, in one cell or in two; else nothing."""
    some = [text.strip() for text in texts if text.strip()]
    for at, text in enumerate(some):
        if found := TITLE.fullmatch(text):
            return found["name"].strip()
        if _BY_HEAD.get(folded(text.rstrip(":："))) is Means.PROJECT and len(some) == at + 2:
            return some[at + 1]
    return ""
