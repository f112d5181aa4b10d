"""Who may what, by the table itself; the pages are asked one by one in tests/rules/test_pages.py."""
from types import SimpleNamespace

import pytest

from award.permissions import RULES, VISITORS, Permission, can

VISITOR = SimpleNamespace(is_authenticated=False, id=None, role="visitor", offices=())


@pytest.mark.parametrize("permission", sorted(set(RULES) - VISITORS, key=str))
def test_a_visitor_holds_nothing_that_asks_for_a_sign_in(permission):
    assert can(VISITOR, permission, SimpleNamespace()) is False


def test_a_visitor_may_open_pages_and_sign_in():
    assert can(VISITOR, Permission.OPEN_PAGE) and can(VISITOR, Permission.SIGN_IN)


def test_every_permission_has_its_rule():
    assert set(RULES) == set(Permission)


def juror(person, **values):
    return SimpleNamespace(**{"user_id": person.id, "state": "accepted", "chair": False, **values})


def test_only_the_accepted_chair_of_the_stage_reads_how_each_juror_scored():
    offices = [SimpleNamespace(kind=kind, programme_id=1) for kind in ("organiser", "auditor")]
    chair, other, host = (SimpleNamespace(is_authenticated=True, id=n, role="administrator", offices=held)
                          for n, held in enumerate(((), (), offices)))
    stage = SimpleNamespace(round=SimpleNamespace(programme_id=1), jurors=[juror(chair, chair=True), juror(other)])
    assert [can(person, Permission.READ_JURY_FIGURES, stage) for person in (chair, other, host, VISITOR)] == [True, False, False, False]
    for state in ("invited", "declined"):
        stage.jurors = [juror(chair, chair=True, state=state), juror(other)]
        assert can(chair, Permission.READ_JURY_FIGURES, stage) is False
