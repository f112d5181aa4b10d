"""Looks inside an uploaded file in a process of its own, with limits on time and memory, so that a bomb hurts nobody.

Run as `python file_check.py PATH MEDIA_TYPE`. Exit status: 0 good, 3 cannot be opened, 4 protected by a password,
5 too many pages, 6 too many pixels; anything else counts as 3.
"""
import resource
import subprocess
import sys

SECONDS, BYTES = 10, 1024**3
PAGES, PIXELS = 300, 40_000_000
UNREADABLE, LOCKED, PAGEFUL, HUGE = 3, 4, 5, 6


def check(path, media_type):
    """The exit status for the file at `path`, found out in a process with limits."""
    try:
        done = subprocess.run([sys.executable, "-I", __file__, str(path), media_type], timeout=SECONDS * 2, check=False,  # noqa: S603
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return UNREADABLE
    return done.returncode if done.returncode in (0, LOCKED, PAGEFUL, HUGE) else UNREADABLE


def main(path, media_type):
    """Look inside, within limits. Gives the exit status."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    return look_into_pdf(path) if media_type == "application/pdf" else look_into_image(path)


def look_into_pdf(path):
    """A PDF opens without a password and has 1 to PAGES pages."""
    import pikepdf

    try:
        with pikepdf.open(path) as document:
            pages = len(document.pages)
    except pikepdf.PasswordError:
        return LOCKED
    if pages > PAGES:
        return PAGEFUL
    return 0 if pages else UNREADABLE


def look_into_image(path):
    """An image has at most PIXELS pixels, looked at before any is unpacked, and can be unpacked to the end."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    with Image.open(path, formats=("PNG", "JPEG")) as image:
        if image.width * image.height > PIXELS:
            return HUGE
        image.load()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
