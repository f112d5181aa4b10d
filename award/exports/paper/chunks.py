"""Sets fragments in chunks, each in a process of its own that gives its memory back; as many side by side as there are workers.

What a chunk is changes nothing in the file: each fragment is set by itself. A fragment whose piece is kept is not set again.
"""

import ctypes
import os
import select
import signal
from dataclasses import dataclass
from pathlib import Path

from award.exports.paper import kept
from award.exports.paper.binding import Setter

LARGEST = 160_000  # characters of HTML that a chunk has at most, unless a single fragment has more: some 40 pages
SMALL = 30_000  # fewer are not worth a process
SHARES = 4  # chunks a worker, so that all end at about the same time
LOOKED = 0.1  # seconds between two looks at the workers
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True)
class Shop:
    """Where and how pieces are set: the folder they end up in, a folder for what is not ready, how many side by side, who is told.

    `told(count)` hears how many more fragments are set; `ended(act)` runs an act in a worker and gives its exit code.
    """

    shelf: Path
    work: Path
    workers: int
    told: object
    ended: object


class Failed(Exception):
    """A worker ended without its pieces; `status` is what the system says of it."""

    def __init__(self, status):
        super().__init__(status)
        self.status = status


def missing(fragments, shelf):
    """{name of the piece: (fragment, elsewhere)} of (name, fragment, elsewhere) whose pieces are not there."""
    return {name: (fragment, elsewhere) for name, fragment, elsewhere in fragments if not kept.intact(shelf, name)}


def chunked(wanted, workers):
    """The wanted pieces in chunks, in order: lists of (name, fragment, elsewhere)."""
    most = sum(len(fragment) for fragment, _ in wanted.values()) / (SHARES * workers)
    most, chunks, size = min(LARGEST, max(SMALL, most)), [], LARGEST
    for name, (fragment, elsewhere) in wanted.items():
        if size + len(fragment) > most:
            chunks.append([])
            size = 0
        chunks[-1].append((name, fragment, elsewhere))
        size += len(fragment)
    return chunks


def set_all(wanted, shop):
    """Set what is wanted and put it on the shelf. Raises Failed when a worker ends badly; then none is left."""
    chunks = chunked(wanted, shop.workers)
    if len(chunks) < 2:
        for chunk in chunks:
            set_chunk(chunk, shop, shop.told)
        return
    heard, said = os.pipe()
    running = set()
    try:
        while chunks or running:
            while chunks and len(running) < shop.workers:
                running.add(forked(chunks.pop(0), shop, said))
            if select.select([heard], [], [], LOOKED)[0]:
                shop.told(len(os.read(heard, 4096)))
            running -= gone(running)
    finally:
        kill(running)
        os.close(said)
        shop.told(len(rest(heard)))


def rest(heard):
    """What is still in the pipe, which nobody writes to any more."""
    with os.fdopen(heard, "rb") as pipe:
        return pipe.read()


def set_chunk(chunk, shop, told):
    """Set the fragments of a chunk, one by one."""
    setter = Setter()
    for name, fragment, elsewhere in chunk:
        kept.keep(shop.shelf, name, setter.set(fragment, elsewhere), shop.work)
        told(1)


def forked(chunk, shop, said):
    """The number of a new process that sets a chunk and writes a byte for each fragment that is set."""
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with(parent, signal.SIGKILL)
    os._exit(shop.ended(lambda: set_chunk(chunk, shop, lambda count: os.write(said, b"." * count))))


def gone(running):
    """The workers that have ended; raises Failed when one ended badly."""
    ended = set()
    for child in running:
        found, status = os.waitpid(child, os.WNOHANG)
        if found and status:
            raise Failed(status)
        ended |= {child} if found else set()
    return ended


def kill(running):
    """End workers and wait until they are gone."""
    for child in running:
        try:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        except (ProcessLookupError, ChildProcessError):
            continue


def die_with(parent, number):
    """Have this process get a signal when its parent ends, also when the parent is killed. Linux only; elsewhere nothing happens."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(DIES_WITH_PARENT, int(number), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
