"""ZIP: every table as CSV, and the result itself. Same report, same bytes."""

import io
import zipfile
from datetime import UTC

from award.exports import Format, csv_, json_
from award.exports.figures import UNDATED

EARLIEST = 1980  # the first year that the format can write


def write(report, *, language):
    """One CSV a table, in the separators of the language, and result.json."""
    files = {f"{key}.csv": content for key, content in csv_.named(report, language=language).items()}
    return packed(files | {"result.json": json_.write(report, language=language)}, at=report.heading.proof.frozen_at)


def packed(files, *, at):
    """{name: bytes} as a ZIP in which every file has the one time given (aware, or None)."""
    moment, out = (at or UNDATED).astimezone(UTC), io.BytesIO()
    date = moment.timetuple()[:6] if moment.year >= EARLIEST else UNDATED.timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


FORMAT = Format("zip", "zip", "application/zip", write)
