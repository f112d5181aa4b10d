"""conflicts taken back"""
import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('juror') as batch_op:
        batch_op.add_column(sa.Column('conflict_free', sa.JSON(), nullable=False, server_default='[]'))
    with op.batch_alter_table('juror') as batch_op:
        batch_op.alter_column('conflict_free', server_default=None)


def downgrade():
    with op.batch_alter_table('juror') as batch_op:
        batch_op.drop_column('conflict_free')
