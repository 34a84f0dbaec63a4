"""What one reference says: every value of the data that it supports, contradicts or leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sdp_matrix.analysis import grading
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.dates import in_words
from sdp_matrix.model.partnership import Evidence, Partnership
from sdp_matrix.model.vocabulary import SIGNATORIES_FIELD, Stance


@dataclass(frozen=True, slots=True)
class Testimony:
    """A piece of evidence beside the value that it is about."""

    partnership: Partnership
    field: str
    value: str | None
    evidence: Evidence
    stance: Stance


def testimony(dataset: Dataset, reference: str) -> tuple[Testimony, ...]:
    """What a reference says: every value that it supports, contradicts or leaves open; raises `UnknownName`.

    >>> from sdp_matrix import load
    >>> [one.field for one in load().testimony("eeas-albania-2024") if one.stance == "against"]
    ['peace-crisis-management']
    """
    cited = dataset.reference(reference).id
    explained = (
        grading.explain(dataset, p, field)
        for p in dataset.everyone
        for field in (*grading.fields(p), SIGNATORIES_FIELD)
    )
    return tuple(
        Testimony(one.partnership, one.field, one.value, piece, _stance(one, piece))
        for one in explained
        for piece in one.evidence
        if piece.reference == cited
    )


@dataclass(frozen=True, slots=True)
class Mention:
    """What a reference is cited for besides values with a grade."""

    kind: str
    """title, milestone, topic, headings, group, prospect, statement or reference, which follows this one."""
    id: str
    """Of the partner, group, prospect, statement or reference."""
    name: str
    words: str


def mentions(dataset: Dataset, reference: str) -> tuple[Mention, ...]:
    """Return what a reference is cited for besides values with a grade; raises `UnknownName`.

    >>> from sdp_matrix import load
    >>> [(one.kind, one.name, one.words) for one in mentions(load(), "eeas-asia-2018")][:1]
    [('milestone', 'Japan', 'named pilot partner, 28 May 2018')]
    """
    cited = dataset.reference(reference).id
    return tuple(mention for source, mention in (*_by_partners(dataset), *_by_others(dataset)) if source == cited)


def _by_partners(dataset: Dataset) -> Iterator[tuple[str, Mention]]:
    """What partnerships cite a reference for without a grade, each with the reference."""
    for p in dataset.everyone:
        if p.title:
            yield p.title.reference, Mention("title", p.id, p.name, "official title")
        for event in p.milestones:
            words = f"{event.event.words}, {in_words(event.date)}"
            yield event.reference, Mention("milestone", p.id, p.name, words)
        for topic in p.other_topics:
            yield topic.reference, Mention("topic", p.id, p.name, f"topic without a row: {topic.topic.words}")
        if p.headings:
            yield p.headings.reference, Mention("headings", p.id, p.name, "headings of the text")


def _by_others(dataset: Dataset) -> Iterator[tuple[str | None, Mention]]:
    for group in dataset.groups:
        yield group.reference, Mention("group", group.id, group.title, "group")
    for prospect in dataset.prospects:
        for step in prospect.steps:
            words = f"{step.stage.words}, {in_words(step.date)}"
            yield step.reference, Mention("prospect", prospect.id, prospect.name, words)
    for statement in dataset.statements:
        yield statement.reference, Mention("statement", statement.id, "Statement", statement.paraphrase)
    for one in dataset.references:
        yield one.follows, Mention("reference", one.id, "Reference", f"{one.id} follows it")


def _stance(explained: grading.Explanation, piece: Evidence) -> Stance:
    """Compare the evidence with the value; each person who signed is a value of its own."""
    own = piece.supports if explained.field == SIGNATORIES_FIELD else explained.value
    return grading.stance(own, piece)
