"""whether a report was composed while the jury still deliberated"""
import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('report') as batch_op:
        batch_op.add_column(sa.Column('status', sa.String(), nullable=False, server_default='final'))
        batch_op.create_check_constraint(batch_op.f('ck_report_status'), "status in ('draft', 'final')")
    with op.batch_alter_table('report') as batch_op:
        batch_op.alter_column('status', server_default=None)


def downgrade():
    with op.batch_alter_table('report') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_report_status'), type_='check')
        batch_op.drop_column('status')
