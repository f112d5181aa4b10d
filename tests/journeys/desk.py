"""A desk at which several people take turns before one real browser, by keyboard alone."""
import re
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import presence_of_element_located
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.browsers import axe, console

NUMBERS = re.compile(r"\d+|(?<=/links/)[^/]+")
_checked = set()


class Desk:
    """`sit(name)` changes who sits there; each keeps their own cookies. Every kind of page that is seen is checked."""

    def __init__(self, driver, address, *, javascript):
        self.driver, self.address, self.javascript = driver, address, javascript
        self.cookies, self.name, self.jurors = {}, None, {}

    def sit(self, name):
        if self.name:
            self.cookies[self.name] = self.driver.get_cookies()
        self.driver.delete_all_cookies()
        for cookie in self.cookies.get(name, []):
            self.driver.add_cookie({key: cookie[key] for key in ("name", "value", "path")})
        self.name = name

    def go(self, path):
        self.driver.get(path if path.startswith("http") else self.address + path)
        self.look()

    @property
    def path(self):
        return urlsplit(self.driver.current_url).path

    @property
    def text(self):
        return self.driver.find_element(By.TAG_NAME, "main").text

    @property
    def title(self):
        return self.driver.find_element(By.TAG_NAME, "h1").text

    def see(self, *words):
        missing = [w for w in words if w not in self.text]
        assert missing == [], f"{missing} not on {self.path}:\n{self.text}"

    def fill(self, **values):
        """Type into the fields of these names; __ in a name stands for a hyphen."""
        for name, value in values.items():
            self.type(name.replace("__", "-"), value)

    def type(self, name, value):
        found = self.driver.find_elements(By.NAME, name)
        assert found, f"no field {name} on {self.path}: {self.text[:300]} {[e.get_attribute('name') for e in self.all('[name]')]}"
        kind = found[0].get_attribute("type")
        if kind in ("radio", "checkbox"):
            self.choose(found, value)
        elif found[0].tag_name == "select":
            Select(found[0]).select_by_value(value)
        elif kind == "date":
            year, month, day = value.split("-")
            found[0].send_keys(f"{month}{day}{year}")
        elif kind == "time":
            hour, minute = map(int, value.split(":"))
            found[0].send_keys(f"{(hour - 1) % 12 + 1:02}{minute:02}{'PM' if hour > 11 else 'AM'}")
        else:
            if kind != "file":
                found[0].send_keys(Keys.CONTROL, "a")
                found[0].send_keys(Keys.DELETE)
            found[0].send_keys(value)

    def choose(self, boxes, value):
        """Mark the box, or each of the boxes, with this value; by the space bar."""
        wanted = value if isinstance(value, list | tuple) else [value]
        offered = [box.get_attribute("value") for box in boxes]
        assert set(wanted) <= set(offered), f"{wanted} not among {offered}"
        for box in boxes:
            if box.get_attribute("value") in wanted and not box.is_selected():
                box.send_keys(Keys.SPACE)

    def press(self, words):
        """Press the button or follow the link with these words."""
        for element in self.driver.find_elements(By.CSS_SELECTOR, "main button, main a"):
            if element.text.strip() == words and element.is_displayed():
                return self._leave(element)
        raise NoSuchElementException(f"{words!r} not on {self.path}: "
                                     f"{[e.text for e in self.driver.find_elements(By.CSS_SELECTOR, 'main button, main a')]}")

    def _leave(self, element):
        before = self.driver.find_element(By.TAG_NAME, "html")
        element.send_keys(Keys.ENTER)
        waiting = WebDriverWait(self.driver, 20, 0.05)
        waiting.until(lambda _d: _gone(before))
        waiting.until(presence_of_element_located((By.TAG_NAME, "footer")))
        self.look()

    def wait(self, words, *, seconds=10):
        """Wait until the page says this; for what a script writes."""
        WebDriverWait(self.driver, seconds, 0.1).until(lambda _d: words in self.text)

    def look(self):
        """Nothing in the console; on the first page of its kind in this run, nothing wrong for assistive technology."""
        if not self.javascript:
            return
        kind = NUMBERS.sub("n", self.path), self.title
        if kind not in _checked:
            _checked.add(kind)
            assert axe(self.driver) == [], self.path
        complaints = [line for line in console(self.driver) if "status of 4" not in line]
        assert complaints == [], self.path

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def named(self, selector, start):
        """The name of the first such control whose name begins like this."""
        return self.all(f"{selector}[name^='{start}']")[0].get_attribute("name")

    def buttons(self):
        return [element.text for element in self.all("main a, main button")]

    def download(self, path):
        """The bytes that whoever sits here gets from an address."""
        cookies = "; ".join(f"{c['name']}={c['value']}" for c in self.driver.get_cookies())
        with urlopen(Request(self.address + path, headers={"Cookie": cookies})) as answer:
            return answer.read()


def _gone(element):
    """Whether the page of this element has been left; the driver has two ways of saying so."""
    try:
        element.is_enabled()
    except StaleElementReferenceException:
        return True
    except WebDriverException as error:
        if "does not belong to the document" in str(error):
            return True
        raise
    return False
