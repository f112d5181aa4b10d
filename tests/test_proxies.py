"""Forward headers count as far as the settings name proxies, and no further."""
from dataclasses import replace

import pytest
from flask import request

from award import create_app

FORGED = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https",
          "X-Forwarded-Host": "evil.example"}


@pytest.mark.parametrize(("proxies", "address", "scheme"), [
    (0, "127.0.0.1", "http"), (1, "198.51.100.7", "https"), (2, "203.0.113.9", "http")])
def test_a_forward_header_is_believed_for_as_many_proxies_as_are_named(settings, proxies, address, scheme):
    app = create_app(replace(settings, proxies=proxies))
    seen = []
    app.before_request(lambda: seen.append((request.remote_addr, request.scheme, request.host)))
    app.test_client().get("/health/live", headers=FORGED)
    app.extensions["engine"].dispose()
    assert seen == [(address, scheme, "localhost")]
