"""What a team puts forward: the entry, its submitted versions, its members and attachments."""
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.round import Round
from award.models.types import UtcDateTime
from award.models.user import User


class Entry(Base):
    """`draft` holds the answers being written, {field id as text: value}; `number` comes with the first submission.

    `category_id` is the category it takes part in, set when it is submitted; until then the team's choice stands in the draft,
    under "category". `consented_at` is set while the team agrees that its texts are published. `reason` is that of
    the latest return or withdrawal; `due_at`, until when a returned entry can be completed.
    """

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("round_id", "number"),
                      CheckConstraint("state in ('draft', 'submitted', 'returned', 'withdrawn')", name="state"))
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    number: Mapped[str | None]
    title: Mapped[str]
    team: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    initiative: Mapped[str] = mapped_column(default="running")
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    reason: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    draft: Mapped[dict] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)
    round: Mapped[Round] = relationship(back_populates="entries")
    category: Mapped["Category | None"] = relationship()  # noqa: F821
    saved_by: Mapped[User] = relationship()
    members: Mapped[list["Member"]] = relationship(back_populates="entry", order_by="Member.id")
    versions: Mapped[list["Version"]] = relationship(back_populates="entry", order_by="Version.number")
    attachments: Mapped[list["Attachment"]] = relationship(back_populates="entry", order_by="Attachment.id")
    screening: Mapped["Screening | None"] = relationship(back_populates="entry")  # noqa: F821
    assignments: Mapped[list["Assignment"]] = relationship(back_populates="entry", order_by="Assignment.id")  # noqa: F821
    __mapper_args__ = {"version_id_col": version}

    @property
    def entry(self):
        return self


class Version(Base):
    """A submitted version never changes. `answers` is {field id as text: value}; `checksum` covers title, team and answers."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    team: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    initiative: Mapped[str] = mapped_column(default="running")
    answers: Mapped[dict] = mapped_column(JSON)
    checksum: Mapped[str]
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entry: Mapped[Entry] = relationship(back_populates="versions")
    submitted_by: Mapped[User] = relationship()

    @property
    def round(self):
        return self.entry.round


class Member(Base):
    """A person of the team. Invited by address; `joined_at` is set when the link is followed. role: owner, editor or reader."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("entry_id", "user_id"), CheckConstraint("role in ('owner', 'editor', 'reader')", name="role"))
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[str] = mapped_column(default="editor")
    organisation: Mapped[str] = mapped_column(default="")
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entry: Mapped[Entry] = relationship(back_populates="members")
    user: Mapped[User] = relationship()

    @property
    def round(self):
        return self.entry.round


class Attachment(Base):
    """An uploaded file; `key` is its random name in storage and in the address."""

    __tablename__ = "attachment"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("field.id"))
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entry: Mapped[Entry] = relationship(back_populates="attachments")

    @property
    def round(self):
        return self.entry.round
