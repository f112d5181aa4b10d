"""Who judged with whom: the graph of jurors and entries, an edge for each counted ballot."""
import numpy as np


def components(there):
    """The groups of entries that jurors connect, arrays of entry indices, the largest first, then by first entry.

    `there` (entries, jurors) bool says where a ballot counts; entries without one are in no group.
    """
    groups = connected(met(there), range(there.shape[1]))
    found = [np.flatnonzero(there[:, sorted(group)].any(axis=1)) for group in groups]
    return sorted((group for group in found if len(group)), key=lambda group: (-len(group), group[0]))


def articulation_jurors(there):
    """Indices of the jurors without whom entries that are connected now would fall apart into more groups.

    `there` (entries, jurors) bool. An entry whose only ballot is that juror's is in no group then, and does not count as one.
    """
    judging = np.flatnonzero(there.any(axis=0)).tolist()
    near, whole = met(there), len(components(there))
    return [j for j in judging if len(connected(near, [other for other in judging if other != j])) > whole]


def met(there):
    """[{jurors who share an entry with juror j}] for each juror."""
    pairs = there.T.astype(np.int64) @ there.astype(np.int64) > 0
    return [set(np.flatnonzero(row).tolist()) for row in pairs]


def connected(near, jurors):
    """The jurors in sets that hold together through those they met."""
    left, groups = set(jurors), []
    while left:
        reached, edge = set(), {min(left)}
        while edge:
            reached |= edge
            edge = set().union(*(near[j] for j in edge)) & left - reached
        left -= reached
        groups.append(reached)
    return groups
