"""Time, processor time, statements and bytes of what one request costs; medians of several."""
import gc
import resource
import time
from dataclasses import asdict, dataclass
from statistics import median

from sqlalchemy import event


@dataclass(frozen=True)
class Cost:
    """Medians: `wall` and `cpu` in milliseconds (this process and, for reports, its children), statements, bytes answered."""

    wall: float
    cpu: float
    statements: int
    size: int

    def as_dict(self):
        """The figures as they go into the JSON."""
        return {name: round(value, 2) for name, value in asdict(self).items()}


class Meter:
    """Counts the statements of an engine and times what it is given."""

    def __init__(self, engine):
        self.statements = 0
        event.listen(engine, "before_cursor_execute", self._count)

    def _count(self, *_call):
        self.statements += 1

    def cost(self, act, *, times=15, warm=3, before=None):
        """The Cost of `act()`, which gives the bytes answered; `before()` is done ahead of each, unmeasured."""
        taken = []
        for number in range(warm + times):
            if before:
                before()
            gc.collect()
            self.statements, wall, cpu = 0, time.perf_counter(), spent()
            size = act()
            one = (time.perf_counter() - wall) * 1000, (spent() - cpu) * 1000, self.statements, size
            taken += [one] if number >= warm else []
        return Cost(*(median(column) for column in zip(*taken, strict=True)))


def spent():
    """Processor seconds of this process and of its children that have ended."""
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
