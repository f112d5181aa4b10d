"""Award rounds: entries, jury scores, rankings, reports."""
from pathlib import Path

__version__ = "0.1.0"
ROOT = Path(__file__).parent.parent


def create_app(settings):
    """Build the application from `config.Settings`: settings, database, sign-in, languages, pages, queue, in that order.

    What it needs is imported here, so that `python -m award rank` starts without a web server's libraries.
    """
    from flask import Flask
    from flask_babel import Babel
    from flask_login import LoginManager
    from flask_wtf import CSRFProtect
    from werkzeug.middleware.proxy_fix import ProxyFix

    from award import db, jobs, web

    app = Flask(__name__, template_folder=ROOT / "templates", static_folder=ROOT / "static")
    app.config.from_mapping(settings.as_flask())
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0)
    CSRFProtect(app)
    db.init_app(app)
    web.sign_in(LoginManager(app))
    Babel(app, locale_selector=web.language, default_translation_directories=str(ROOT / "award" / "translations"))
    web.init_app(app)
    if not app.testing:
        jobs.init_app(app)
    return app
