"""Every page of a round, for each person who may read it: nothing wrong for assistive technology in the dark, nothing off the page at 320 px."""
import pytest

from award import db
from award.services import rulebooks
from tests import builders as b
from tests import world
from tests.browsers import axe, console
from tests.people import signed_in
from tests.rules.test_pages import addresses

NO_PAGE = (".json", ".jsonl", ".pdf", ".csv", ".xlsx", "/health/", "/favicon.ico")


@pytest.fixture
def round_(app):
    with app.app_context(), db.transaction():
        people, ids = world.build()
        stage = db.session.get(b.Stage, ids["stage_id"])
        rulebooks.freeze(stage, actor=people["organiser"], now=b.NOW)
        return {name: user.id for name, user in people.items()} | {"visitor": None}, ids


@pytest.mark.parametrize("who", ["visitor", "team", "juror", "organiser", "auditor"])
def test_every_page_reads_well_in_the_dark_and_at_320_px(app, served, round_, open_browser, who):
    people, ids = round_
    client = signed_in(app, people[who])
    shown = [a for a in addresses(app, ids) if not a.endswith(NO_PAGE) and client.get(a).status_code == 200]
    driver = open_browser(dark=True)
    driver.get(served + "/favicon.ico")
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    if cookie:
        driver.add_cookie({"name": cookie.key, "value": cookie.value, "path": "/"})
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 320, "height": 800, "deviceScaleFactor": 1, "mobile": True})
    wrong = {}
    for address in shown:
        driver.get(served + address)
        wide = driver.execute_script("return document.documentElement.scrollWidth")
        found = axe(driver) + ([f"{wide} px wide"] if wide > 320 else []) + console(driver)
        if found:
            wrong[address] = found
    assert wrong == {}
    assert len(shown) > 5
