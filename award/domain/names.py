"""Names of entries, jurors and criteria as they arrive: made equal where they look equal, refused where unreadable."""
import re
import unicodedata

from award.i18n import text

LONGEST = 300
INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def clean(name):
    """The name without surrounding blanks, in Unicode form NFC, so that one name has one spelling."""
    return unicodedata.normalize("NFC", name[: 4 * LONGEST].strip())


def fault(name, *, what):
    """What is wrong with a cleaned name, as a Text that begins with the Text `what`; None when nothing is."""
    if not name:
        return text("%(what)s is empty", what=what)
    if len(name) > LONGEST:
        return text("%(what)s is longer than %(most)s characters", what=what, most=LONGEST)
    if INVISIBLE.search(name):
        return text("%(what)s holds a character that cannot be seen", what=what)
    return None
