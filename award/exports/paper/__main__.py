"""The child process that typesets: a report as JSON on standard input, the PDF on standard output.

    python -m award.exports.paper CPU_SECONDS MEMORY_BYTES < request.json > report.pdf

It limits its own processor time and memory before it reads anything. Exit: 0 done, 4 a native library is missing,
5 out of memory, 6 anything else (the last line of standard error says what).
"""

import errno
import gc
import json
import resource
import sys

MISSING_LIBRARY, OUT_OF_MEMORY, FAILED = 4, 5, 6


def main(cpu, memory):
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        sys.stdout.buffer.write(typeset(json.load(sys.stdin.buffer)))
    except MemoryError:
        return OUT_OF_MEMORY
    except OSError as fault:
        return said(fault, OUT_OF_MEMORY if fault.errno == errno.ENOMEM else MISSING_LIBRARY)
    except Exception as fault:
        return said(fault, FAILED)
    return 0


def typeset(request):
    """The PDF of a request {report, language, attachments: [[name, description, text], …]}."""
    from award.domain.report_codec import from_dict
    from award.exports.paper.binding import bind
    from award.exports.paper.composition import compose

    report = from_dict(request["report"])
    files = [(name, told, content.encode()) for name, told, content in request["attachments"]]
    return bind(
        compose(report, request["language"], files), attachments=files, frozen_at=report.heading.proof.frozen_at
    )


def said(fault, code):
    print(f"{type(fault).__name__}: {fault}"[:500].replace("\n", " "), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
