"""What a web server loads: `gunicorn wsgi:app`."""
import config
from award import create_app

app = create_app(config.from_environment())
