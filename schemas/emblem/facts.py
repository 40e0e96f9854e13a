"""What an emblem shows of an achievement."""

import re
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

from schemas.achievement import Achievement


@dataclass(frozen=True, slots=True)
class Facts:
    """What an emblem shows. `seed` picks among the spare outlines and patterns for words that have none of their own."""

    form: str
    group: str
    level: int
    initials: str
    seed: int
    title: str


def facts(achievement: Achievement, issuer_name: str) -> Facts:
    """What the emblem of `achievement` shows, whoever issued it: foreign achievements lack a form and get a spare outline."""
    tags = dict(tag.split(": ", 1) for tag in achievement.tags if ": " in tag)
    return Facts(
        form=tags.get("форма", ""),
        group=_group(achievement),
        level=_level(achievement, tags.get("уровень", "")),
        initials=initials(issuer_name),
        seed=sha256(achievement.id.encode()).digest()[0],
        title=f"{achievement.name} · {issuer_name}",
    )


def initials(issuer_name: str) -> str:
    """Up to three letters that stand for an organisation: of its name in «…» where it has one, without words of legal form.

    >>> initials("ФГБОУ ВО «Северный открытый университет»")
    'СОУ'
    """
    quoted = re.search(r"«(.+)»", issuer_name)
    words = re.findall(r"[^\W_]+", quoted[1] if quoted else issuer_name)
    telling = [word for word in words if not word.isupper() or word.isdecimal()] or words
    letters = [word[0] for word in telling if len(word) > 1 or word.isdecimal()]
    short = letters[:3] if len(letters) > 1 else (telling or ["•"])[0][:2]
    return "".join(short).upper()[:3]


def _group(achievement: Achievement) -> str:
    """The group most outcomes belong to: ИНФ, ФИЗ, …; meta-subject ones (МП.П) count only where there are no others."""
    codes = [alignment.code for alignment in achievement.alignments if "." in alignment.code]
    subject = [code.split(".")[0] for code in codes if not code.startswith("МП.")]
    counted = Counter(subject or [code[:4] for code in codes]).most_common(1)
    return counted[0][0] if counted else ""


def _level(achievement: Achievement, tagged: str) -> int:
    required = [
        step.level
        for description in achievement.result_descriptions
        if (step := description.level(description.required_level)) is not None and step.level is not None
    ]
    return int(tagged) if tagged in {"1", "2", "3"} else min(max(required, default=1), 3)
