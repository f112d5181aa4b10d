"""Reading a PDF back, and a listener that counts who calls."""

import contextlib
import gc
import io
import subprocess
import threading
import warnings
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf

from award.domain.report_codec import to_dict
from award.exports import pdf
from award.exports.paper.binding import bind
from award.exports.paper.rendering import typeset


def typeset_here(report, language="en"):
    """The PDF made in this process: what the child does, without its limits."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
        made = typeset(
            {"report": to_dict(report), "language": language, "attachments": pdf.attachments(report, language)}
        )
        gc.collect()
    return made


def bound_here(fragments):
    """The PDF of some fragments, made in this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        made = bind(fragments, attachments=(), frozen_at=None)
        gc.collect()
    return made


def text_of(document):
    """The text of a PDF as a reader's program finds it."""
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=document, capture_output=True, check=True
    ).stdout.decode()  # noqa: S607


def attached(document):
    """{name: bytes} of the files inside a PDF."""
    with pikepdf.open(io.BytesIO(document)) as found:
        return {name: spec.get_file().read_bytes() for name, spec in found.attachments.items()}


@contextlib.contextmanager
def listener():
    """A server on the loopback address; gives its address and the list of paths that were asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()
