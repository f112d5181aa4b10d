"""Every kind of page that a person of the demonstration can reach by links: nothing wrong for assistive technology in light and in dark,
nothing off the page on a phone of 320 px, no complaint of the browser."""

import re
from collections import deque
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from award import db
from award.models import User
from award.services import demo, rounds
from tests import builders as b
from tests import jury
from tests.browsers import axe, console
from tests.people import signed_in

LAYOUT = ("color-contrast", "target-size", "scrollable-region-focusable")
"""What of axe-core depends on width and colours; everything else is checked once."""
ELEMENT = re.compile(r"<([a-z]\w*)(?:[^>]* class=\"([^\"]*)\")?")
LINK = re.compile(r'<a\b[^>]* href="([^"#]+)')


@pytest.fixture
def people(app):
    """The demonstration with rounds being set up, screened and locked beside it; gives the ids of its people, a visitor first."""
    now = datetime.now(UTC)
    with app.app_context(), db.transaction() as session:
        programme = demo.load(now=now)
        found = {str(words): session.scalars(select(User).where(User.email == address)).one() for words, address in demo.DEMO_PEOPLE}
        given = {"code": "NEW", "title": {"nl": "Nieuw", "en": "New"}, "languages": ["nl", "en"], "zone": "Europe/Brussels",
                 "opens_at": now, "closes_at": now + timedelta(days=30), "preset": "federal_innovation_award"}
        new = rounds.create(programme, given=given, key="new", actor=programme.offices[0].user, now=now)
        b.category(new)
        b.special_award(new.stages[0], {new.stages[0].criteria[0]: 1})
        found["organiser of a locked stage"] = jury.build(state="locked", submitted=[(j, e) for j in range(2) for e in range(3)])["organiser"]
        found["organiser before scoring"] = b.user(role="organiser")
        waiting = b.round_(b.programme(found["organiser before scoring"]), state="judging")
        b.entry(waiting)
        b.criterion(b.stage(waiting))
        return {"visitor": None} | {who: user.id for who, user in found.items()}


def reached(app, client):
    """{address: (endpoint, page)} of what links lead to from the first page: one page of each kind in each round."""
    routes = app.url_map.bind("localhost")
    waiting, seen, found = deque([("/", None)]), set(), {}
    while waiting:
        address, round_ = waiting.popleft()
        try:
            endpoint, values = routes.match(urlsplit(address).path, method="GET")
        except (HTTPException, RequestRedirect):
            continue
        round_ = values.get("round_id", round_)
        if endpoint == "static" or (endpoint, round_) in seen:
            continue
        seen.add((endpoint, round_))
        answer = client.get(address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            found[address] = endpoint, answer.text
            waiting.extend((unescape(link), round_) for link in LINK.findall(answer.text) if link.startswith("/"))
    return found


def parts(endpoint, page):
    """What a page is made of: its view, its kinds of elements and their classes."""
    return {endpoint, *ELEMENT.findall(page)}


def phone(driver, *, dark):
    size = {"width": 320, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})


def desk(driver):
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "light"}]})


def faults(driver, address):
    """What is wrong with a page: on a desk in light with every rule, on a phone in the dark with what may differ there."""
    desk(driver)
    driver.get(address)
    found = axe(driver)
    phone(driver, dark=True)
    wide = driver.execute_script("return document.documentElement.scrollWidth")
    return found + axe(driver, only=LAYOUT) + ([f"{wide} px wide"] if wide > 320 else []) + console(driver)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_page_reads_well_in_light_in_the_dark_and_at_320_px(app, served, people, open_browser):
    driver, wrong, seen, checked = open_browser(), {}, set(), 0
    driver.get(served + "/static/tokens.css")
    for who, user_id in people.items():
        client = signed_in(app, user_id)
        pages = reached(app, client)
        driver.delete_all_cookies()
        if cookie := client.get_cookie(app.config["SESSION_COOKIE_NAME"]):
            driver.add_cookie({"name": cookie.key, "value": cookie.value, "path": "/"})
        for address, made_of in pages.items():
            if parts(*made_of) <= seen:
                continue
            seen |= parts(*made_of)
            checked += 1
            if found := faults(driver, served + address):
                wrong[who, address] = found
    assert wrong == {}
    assert checked > 60
