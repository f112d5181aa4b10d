"""The child process that typesets: a request as JSON in a folder, the PDF in the same folder.

    python -m award.exports.paper FOLDER KEPT CPU_SECONDS MEMORY_BYTES WORKERS PARENT

FOLDER/request.json is read, FOLDER/report.pdf written; KEPT is the folder of kept pieces or "". It limits the processor time
and memory of itself and of each worker before it reads anything, and says `done total` on standard output as it goes. Exit: 0 done,
4 a native library is missing, 5 out of memory, 6 anything else (the last line of standard error says what). When the process
PARENT ends it ends too, with its workers, and removes the folder.
"""

import errno
import gc
import os
import resource
import signal
import sys
from pathlib import Path

MISSING_LIBRARY, OUT_OF_MEMORY, FAILED = 4, 5, 6


def main(folder, kept, *numbers):
    cpu, memory, workers, parent = map(int, numbers)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(100_000, 50, 100)
    return ended(lambda: typeset(Path(folder), Path(kept) if kept else None, workers, parent))


def typeset(folder, kept, workers, parent):
    """Render in the folder; a worker that was ended by a signal takes this process along, so that the parent sees the same."""
    from award.exports.paper import chunks, rendering

    rendering.leave_with(parent, folder)
    try:
        rendering.render(folder, kept, workers, ended)
    except chunks.Failed as failed:
        if os.WIFSIGNALED(failed.status):
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.kill(os.getpid(), os.WTERMSIG(failed.status))
        os._exit(os.waitstatus_to_exitcode(failed.status))


def ended(act):
    """Do something; gives the exit code that says how it ended."""
    try:
        act()
    except MemoryError:
        return OUT_OF_MEMORY
    except OSError as fault:
        return said(fault, {errno.ENOMEM: OUT_OF_MEMORY, None: MISSING_LIBRARY}.get(fault.errno, FAILED))
    except Exception as fault:
        return said(fault, FAILED)
    return 0


def said(fault, code):
    print(f"{type(fault).__name__}: {fault}"[:500].replace("\n", " "), file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
