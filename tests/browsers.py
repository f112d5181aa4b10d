"""A real browser without a window, and what axe-core finds on its page."""
import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from selenium import webdriver

FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
         "--hide-scrollbars", "--force-color-profile=srgb")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: {type: arguments[0], values: arguments[1]}, resultTypes: ["violations"]})
   .then(found => done(found.violations), fault => done([{id: "axe", help: String(fault), nodes: []}]));
"""


def start(*, javascript=True, language="en", width=1280, height=1024, dark=False):
    """A running chromium under the control of its driver; the caller ends it with quit()."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in (*FLAGS, f"--window-size={width},{height}", f"--lang={language}"):
        options.add_argument(flag)
    if dark:
        options.add_argument("--force-dark-mode")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.add_experimental_option("prefs", {
        "intl.accept_languages": language, "download.prompt_for_download": False,
        "profile.managed_default_content_settings.javascript": 1 if javascript else 2})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def axe(driver, *, only=()):
    """What axe-core finds wrong on the page, by all rules or `only` some: [] or (rule, its help, the elements) per violation. Needs JavaScript."""
    driver.set_script_timeout(60)
    if not driver.execute_script("return 'axe' in window"):
        driver.execute_script(_script())
    found = driver.execute_async_script(RUN_AXE, *(("rule", only) if only else ("tag", RULES)))
    return [(fault["id"], fault["help"], [node["html"] for node in fault["nodes"]]) for fault in found]


def console(driver):
    """What the browser complained about since the last call: scripts, the content security policy, missing files."""
    return [line["message"] for line in driver.get_log("browser") if line["level"] in {"SEVERE", "WARNING"}]


@cache
def _script():
    return (Path(find_spec("axe_playwright_python").origin).parent / "axe.min.js").read_text()
