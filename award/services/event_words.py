"""What each act of the history is called. A new act adds one line; a test finds acts without words."""

from award.i18n import text

EVENT_WORDS = {
    "programme_created": text("Programme created"),
    "programme_changed": text("Programme changed"),
    "office_given": text("Office given"),
    "office_ended": text("Office ended"),
    "round_created": text("Round created"),
    "round_changed": text("Round changed"),
    "field_added": text("Question added"),
    "field_changed": text("Question changed"),
    "field_moved": text("Question moved"),
    "field_removed": text("Question removed"),
    "stage_changed": text("Stage changed"),
    "criterion_added": text("Criterion added"),
    "criterion_changed": text("Criterion changed"),
    "criterion_removed": text("Criterion removed"),
    "shares_changed": text("Shares of the criteria changed"),
    "call_opened": text("Call opened"),
    "deadline_extended": text("Deadline extended"),
    "call_closed": text("Call closed"),
    "round_taken_back": text("Round taken back one step"),
    "entry_started": text("Entry started"),
    "entry_saved": text("Draft of an entry saved"),
    "entry_submitted": text("Entry submitted"),
    "entry_returned": text("Entry returned for correction"),
    "entry_withdrawn": text("Entry withdrawn"),
    "attachment_added": text("Attachment added"),
    "attachment_removed": text("Attachment removed"),
    "member_invited": text("Team member invited"),
    "member_joined": text("Team member joined"),
    "member_removed": text("Team member removed"),
    "entry_screened": text("Entry screened"),
    "jurors_invited": text("Jurors invited"),
    "juror_invited_again": text("Juror invited again"),
    "juror_answered": text("Juror answered the invitation"),
    "juror_changed": text("Juror changed"),
    "conflicts_declared": text("Conflicts of interest declared"),
    "conflict_reported": text("Conflict of interest reported"),
    "conflict_taken_back": text("Conflict of interest taken back"),
    "entries_assigned": text("Entries assigned to jurors"),
    "assignment_added": text("Assignment added"),
    "assignment_declined": text("Assignment declined"),
    "assignment_removed": text("Assignment removed"),
    "jurors_notified": text("Jurors told what they judge"),
    "stage_opened": text("Stage opened, rules fixed"),
    "stage_deadline_moved": text("Deadline of the stage moved"),
    "stage_taken_back": text("Stage taken back one step"),
    "ballot_saved": text("Draft of a ballot saved"),
    "ballots_submitted": text("Ballots submitted"),
    "ballot_reopened": text("Ballot reopened"),
    "jurors_reminded": text("Jurors reminded"),
    "sheet_imported": text("Score sheet imported"),
    "stage_locked": text("Stage locked"),
    "stage_unlocked": text("Stage unlocked"),
    "result_frozen": text("Result frozen"),
    "decision_recorded": text("Decision recorded"),
    "round_decided": text("Decisions completed"),
    "report_requested": text("Jury report requested"),
    "report_ready": text("Jury report ready"),
    "report_failed": text("Jury report could not be made"),
    "round_published": text("Result published"),
    "round_archived": text("Round archived"),
}


def words(act):
    """The act in words; an act that nobody has named is shown by its key rather than left out."""
    return EVENT_WORDS.get(act, act)


def reason(event):
    """The reason that was given with the act, or ""."""
    return (event.about or {}).get("reason") or (event.payload or {}).get("reason") or ""
