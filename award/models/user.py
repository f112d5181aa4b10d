"""People, their sign-ins on the server, the one-time links mailed to them, and attempts to sign in."""
from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.types import UtcDateTime


class User(UserMixin, Base):
    __tablename__ = "user"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),
                      CheckConstraint("role in ('member', 'organiser', 'administrator')", name="role"))
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]
    role: Mapped[str] = mapped_column(default="member")
    language: Mapped[str | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offices: Mapped[list["Office"]] = relationship(back_populates="user", foreign_keys="Office.user_id")  # noqa: F821

    token = None

    def get_id(self):
        """What the cookie carries: the token of this sign-in, never the person's number."""
        return self.token


class SignIn(Base):
    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    user: Mapped[User] = relationship()


class Link(Base):
    """A link mailed to one person for one purpose, good once: sign_in, password, member (subject: member), juror (subject: juror)."""

    __tablename__ = "link"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    purpose: Mapped[str]
    subject_id: Mapped[int | None]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    user: Mapped[User] = relationship()


class Attempt(Base):
    """A try at signing in or asking for a link, counted per account and per address."""

    __tablename__ = "attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
