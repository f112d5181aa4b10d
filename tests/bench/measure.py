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
        return self.costs({"": act}, times=times, warm=warm, before=before)[""]

    def costs(self, acts, *, times=15, warm=3, before=None):
        """{name: Cost} of acts done in turn, so that whatever else the machine does falls on all of them alike."""
        taken = {name: [] for name in acts}
        for number in range(warm + times):
            for name, act in acts.items():
                if before:
                    before()
                one = self._once(act)
                taken[name] += [one] if number >= warm else []
        return {name: Cost(*(median(column) for column in zip(*ones, strict=True))) for name, ones in taken.items()}

    def _once(self, act):
        gc.collect()
        self.statements, wall, cpu = 0, time.perf_counter(), spent()
        size = act()
        return (time.perf_counter() - wall) * 1000, (spent() - cpu) * 1000, self.statements, size


def spent():
    """Processor seconds of this process and of its children that have ended."""
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
