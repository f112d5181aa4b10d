"""When an act is possible: the lives of round, stage, entry and assignment as one table of steps."""
from award.errors import Refused
from award.i18n import text

ROUND = ("draft", "open", "judging", "decided", "published", "archived")
STAGE = ("draft", "open", "locked", "decided")
LIVES = {"round": ROUND, "stage": STAGE}

ACTS = {
    # act: (object, states in which it is possible, what to do otherwise)
    "set_up_round": ("round", ("draft",),
                     text("The call is open, so its rules are fixed. Take the round back to draft first; that needs a reason.")),
    "write_entry": ("round", ("open",), text("The call is not open, so entries cannot be changed now.")),
    "complete_entry": ("round", ("open", "judging"), text("The jury has decided, so entries cannot be changed now.")),
    "withdraw_entry": ("round", ("open", "judging"),
                       text("The jury has decided, so an entry cannot be withdrawn now. Write to the organiser.")),
    "consent": ("round", ("open", "judging", "decided", "published"),
                text("Consent to publication cannot be changed here now. Write to the organiser.")),
    "screen": ("round", ("judging",), text("Entries are screened once the call is closed. Close the call first.")),
    "set_up_stage": ("stage", ("draft",), text("The stage is open, so its rules are fixed. A change needs a new version of the rules.")),
    "add_stage": ("round", ("draft", "open", "judging"),
                  text("The jury has decided, so no stage can be added. Take the round back to the deliberation first; that needs a reason.")),
    "remove_stage": ("stage", ("draft",), text("This stage was opened, so it stays.")),
    "set_up_further_stage": ("round", ("draft", "open", "judging"), text("The jury has decided, so the rules of the stages are fixed.")),
    "invite": ("stage", ("draft", "open"), text("The stage is locked, so the jury is complete.")),
    "change_answer": ("stage", ("draft",),
                      text("The stage is open, so your answer stands. Short of time? Say at an entry that you cannot judge it.")),
    "assign": ("stage", ("draft", "open"), text("The stage is locked, so its assignments are fixed.")),
    "declare": ("stage", ("draft", "open", "locked"),
                text("The stage is decided. Write to the organiser about a conflict of interest that came to light now.")),
    "remind": ("stage", ("open",), text("Reminders go out while the stage is open.")),
    "reopen": ("stage", ("open",), text("A ballot can be reopened while the stage is open only.")),
    "open_call": ("round", ("draft",), text("The call has been opened already.")),
    "close_call": ("round", ("open",), text("Only an open call can be closed.")),
    "move_deadline": ("round", ("open",), text("The deadline can be moved while the call is open. In a draft, change the dates themselves.")),
    "archive": ("round", ("published",), text("A round is archived once its result is published.")),
    "open_stage": ("stage", ("draft",), text("This stage has been opened already.")),
    "open_stage_of_round": ("round", ("judging",), text("Scoring opens once the call is closed. Close the call first.")),
    "move_stage_deadline": ("stage", ("draft", "open"), text("The stage is locked, so it no longer has a closing time to move.")),
    "judge": ("stage", ("open",), text("This stage is not open for scores. Your ballot is kept as it is.")),
    "lock": ("stage", ("open",), text("Only an open stage can be locked. Open it first.")),
    "freeze": ("stage", ("locked",), text("A result is frozen once the stage is locked. Lock the stage first.")),
    "unlock": ("stage", ("locked",), text("Only a locked stage can be opened again.")),
    "import": ("stage", ("open",), text("A score sheet is brought into an open stage. Open the stage first.")),
    "decide": ("stage", ("locked", "decided"), text("Decisions follow a frozen result. Lock the stage and freeze the result first.")),
    "read_jury_figures": ("stage", ("locked", "decided"),
                          text("These figures stand here once the stage is locked. Until then nobody on the jury sees another’s scores.")),
    "write_jury_texts": ("stage", ("locked", "decided"),
                         text("The jury writes its texts once the stage is locked. Lock the stage first.")),
    "write_jury_texts_of_round": ("round", ("judging", "decided"),
                                  text("The result is published, so the texts of the jury are fixed. A change needs the round taken back, "
                                       "or a new version of the report.")),
    "settle": ("stage", ("locked",), text("This stage is decided. Take it back to the deliberation first; that needs a reason.")),
    "deliberate": ("round", ("judging",), text("The deliberation is closed. Take the round back to it first; that needs a reason.")),
    "publish": ("round", ("decided",), text("Publishing comes after the decisions. Record a decision for every entry first.")),
}


def require(act, state):
    """Pass when `act` (a key of ACTS) is possible in `state`; raise Refused, saying what to do, when it is not."""
    _object, states, otherwise = ACTS[act]
    if state not in states:
        raise Refused(otherwise)


def allows(act, state):
    """True when `act` is possible in `state`."""
    return state in ACTS[act][1]


def preceding(kind, state):
    """The state before `state` in the life of a "round" or "stage"; None at its start. Raises KeyError for another kind."""
    place = LIVES[kind].index(state)
    return LIVES[kind][place - 1] if place else None
