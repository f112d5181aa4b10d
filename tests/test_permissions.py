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
