"""Tables. Columns, constraints and relations; no rules."""
from award.models.assignment import Assignment
from award.models.ballot import Ballot, Score
from award.models.category import Category
from award.models.decision import Decision
from award.models.entry import Attachment, Entry, Member, Version
from award.models.event import Event
from award.models.field import Field
from award.models.juror import Conflict, Juror
from award.models.jury_text import JuryText
from award.models.mail import Mail
from award.models.posted import Posted
from award.models.programme import Office, Programme
from award.models.report import Report
from award.models.result import Result
from award.models.round import Round
from award.models.screening import Screening
from award.models.special_award import SpecialAward, SpecialShare
from award.models.stage import Criterion, Rulebook, Stage
from award.models.user import Attempt, Link, SignIn, User

__all__ = ["Assignment", "Attachment", "Attempt", "Ballot", "Category", "Conflict", "Criterion", "Decision", "Entry", "Event", "Field",
           "Juror", "JuryText", "Link", "Mail", "Member", "Office", "Posted", "Programme", "Report", "Result", "Round", "Rulebook", "Score",
           "Screening", "SignIn", "SpecialAward", "SpecialShare", "Stage", "User", "Version"]
