"""Anchors: the sentence that says what earns a step of a scale."""

from award.domain.criteria import steps
from award.domain.numbers import plain

MOST = 11


def wanted(criterion):
    """The scores that should have an anchor, as text, highest first: every step, or every whole one where there are over eleven.

    Where even the whole ones are more than eleven, the two ends and what lies nearest the middle.
    """
    every = steps(criterion)
    whole = tuple(value for value in every if value.denominator == 1)
    few = next((found for found in (every, whole) if 2 <= len(found) <= MOST), None)
    chosen = few or ((every[0], every[len(every) // 2], every[-1]) if every else (criterion.low, criterion.high))
    return tuple(plain(value) for value in reversed(chosen))


def written(anchors, criterion, *, language):
    """How many of the wanted anchors are written in the language, and how many are wanted, as (int, int).

    `anchors` is {score as text: {language: sentence}}.
    """
    scores = wanted(criterion)
    return sum(bool((anchors.get(score) or {}).get(language, "").strip()) for score in scores), len(scores)
