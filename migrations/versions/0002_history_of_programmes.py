"""history of programmes"""
import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('programme') as batch_op:
        batch_op.add_column(sa.Column('sequence', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('programme') as batch_op:
        batch_op.alter_column('sequence', server_default=None)
    with op.batch_alter_table('event') as batch_op:
        batch_op.add_column(sa.Column('programme_id', sa.Integer(), nullable=True))
        batch_op.alter_column('round_id', existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(batch_op.f('fk_event_programme_id_programme'), 'programme', ['programme_id'], ['id'])
        batch_op.create_unique_constraint(batch_op.f('uq_event_programme_id_sequence'), ['programme_id', 'sequence'])
        batch_op.create_check_constraint(batch_op.f('ck_event_chain'), '(round_id is null) <> (programme_id is null)')


def downgrade():
    op.execute('DELETE FROM event WHERE round_id IS NULL')
    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_event_chain'), type_='check')
        batch_op.drop_constraint(batch_op.f('uq_event_programme_id_sequence'), type_='unique')
        batch_op.drop_constraint(batch_op.f('fk_event_programme_id_programme'), type_='foreignkey')
        batch_op.alter_column('round_id', existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column('programme_id')
    with op.batch_alter_table('programme') as batch_op:
        batch_op.drop_column('sequence')
