"""kinds of papers, jury texts, consent to publication"""
import sqlalchemy as sa
from alembic import op

from award.models import types

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('jury_text',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('stage_id', sa.Integer(), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=True),
        sa.Column('special_award_id', sa.Integer(), nullable=True),
        sa.Column('place', sa.String(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('language', sa.String(), nullable=False),
        sa.Column('words', sa.String(), nullable=False),
        sa.Column('saved_at', types.UtcDateTime(), nullable=False),
        sa.Column('saved_by_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("kind in ('summary', 'strengths', 'improvements', 'motivation', 'lessons', 'recommendations')",
                           name=op.f('ck_jury_text_kind')),
        sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_jury_text_stage_id_stage')),
        sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_jury_text_entry_id_entry')),
        sa.ForeignKeyConstraint(['special_award_id'], ['special_award.id'], name=op.f('fk_jury_text_special_award_id_special_award')),
        sa.ForeignKeyConstraint(['saved_by_id'], ['user.id'], name=op.f('fk_jury_text_saved_by_id_user')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_jury_text')),
        sa.UniqueConstraint('stage_id', 'place', 'kind', 'language', name=op.f('uq_jury_text_stage_id_place_kind_language')))
    for column in ('stage_id', 'entry_id', 'special_award_id'):
        op.create_index(op.f(f'ix_jury_text_{column}'), 'jury_text', [column])
    with op.batch_alter_table('entry') as batch_op:
        batch_op.add_column(sa.Column('consented_at', types.UtcDateTime(), nullable=True))
    with op.batch_alter_table('report') as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(), nullable=False, server_default='jury_report'))
        batch_op.add_column(sa.Column('variant', sa.String(), nullable=False, server_default='full'))
        batch_op.add_column(sa.Column('jurors', sa.String(), nullable=False, server_default='names'))
        batch_op.add_column(sa.Column('sections', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('entry_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('done', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('total', sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_foreign_key(batch_op.f('fk_report_entry_id_entry'), 'entry', ['entry_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_report_entry_id'), ['entry_id'])
        batch_op.drop_constraint(batch_op.f('ck_report_state'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_report_state'),
                                         "state in ('requested', 'rendering', 'ready', 'sealed', 'failed', 'cancelled')")
        batch_op.create_check_constraint(batch_op.f('ck_report_variant'), "variant in ('full', 'public', 'team')")
        batch_op.create_check_constraint(batch_op.f('ck_report_jurors'), "jurors in ('names', 'codes')")
    with op.batch_alter_table('report') as batch_op:
        for column in ('kind', 'variant', 'jurors', 'sections', 'done', 'total'):
            batch_op.alter_column(column, server_default=None)


def downgrade():
    op.execute("UPDATE report SET state = 'ready' WHERE state = 'sealed'")
    op.execute("UPDATE report SET state = 'failed' WHERE state = 'cancelled'")
    with op.batch_alter_table('report') as batch_op:
        for name in ('ck_report_state', 'ck_report_variant', 'ck_report_jurors'):
            batch_op.drop_constraint(batch_op.f(name), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_report_state'), "state in ('requested', 'rendering', 'ready', 'failed')")
        batch_op.drop_index(batch_op.f('ix_report_entry_id'))
        batch_op.drop_constraint(batch_op.f('fk_report_entry_id_entry'), type_='foreignkey')
        for column in ('total', 'done', 'entry_id', 'sections', 'jurors', 'variant', 'kind'):
            batch_op.drop_column(column)
    with op.batch_alter_table('entry') as batch_op:
        batch_op.drop_column('consented_at')
    op.drop_table('jury_text')
