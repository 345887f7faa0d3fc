import { Note } from '@/components/feedback/note';
import { Instant } from '@/components/time/instant';
import { auditStanding } from '@/lib/operations/audit/check-audit';
import { perform } from '@/lib/operations/operation';
import { requestContext } from '@/lib/web/request-context';

/** Warns support of audit entries without a seal; nothing when all are sealed. */
export async function UnsealedNote() {
  const standing = await perform(auditStanding, {}, await requestContext());
  if (!standing.ok || standing.value.oldestAt === null) return null;
  const { unsealed, oldestAt } = standing.value;
  return (
    <div className="mb-6">
      <Note tone="soon">
        Not sealed for more than an hour: {unsealed === 1 ? 'one entry' : `${unsealed} entries`}, the oldest of{' '}
        <Instant at={oldestAt} precision="minute" />. Tell whoever runs this portal: its console says where to look.
      </Note>
    </div>
  );
}
