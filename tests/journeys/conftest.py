"""What a journey takes along."""
import pikepdf
import pytest

from tests.journeys.desk import Desk

pytest.register_assert_rewrite("tests.journeys.story")


@pytest.fixture
def sit_down(served, open_browser):
    """A function that gives a desk with a browser on the application: sit_down(javascript=False)."""
    def sit_down_(*, javascript):
        driver = open_browser(javascript=javascript)
        driver.get(served + "/static/tokens.css")
        return Desk(driver, served, javascript=javascript)

    return sit_down_


@pytest.fixture
def paper(tmp_path):
    """A real PDF to attach."""
    path = tmp_path / "counter statistics.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return str(path)
