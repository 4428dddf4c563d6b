import type { Change } from '../dynamodb/table.ts';
import type { MakeCheck, Watch } from './check.ts';

const versionOf = ({ version }: Readonly<Record<string, { N?: string | undefined }>>): number =>
  Number(version?.N ?? 0);

const checkDocument = ({ report }: Watch, { key, before, after }: Change) => {
  const id = `${key.pk?.S} ${key.sk?.S}`;
  if (key.sk?.S?.startsWith('VERSION#') && before !== undefined) {
    return report('I16 a version is never written over', id);
  }
  const isLookUp = before?.entity?.S === 'ACTIVATION-LOOKUP';
  if (isLookUp && before?.wearerId?.S !== after?.wearerId?.S) {
    return report('an activation stays with its wearer', id);
  }
  // When a stretch is over is of one of its versions, and no document.
  const isEndOfLevel = key.sk?.S?.startsWith('SUPERVISION_LEVEL_END#') === true;
  if (after?.version === undefined || isEndOfLevel) return;
  const was = before === undefined ? 0 : Number(before.version?.N ?? 0);
  if (key.sk?.S?.startsWith('VERSION#')) return;
  if (versionOf({ version: after.version }) !== was + 1) {
    report('I16 versions follow each other', `${id}: ${was} to ${after.version.N}`);
  }
};

/** What is put on record is kept, version after version; a wearer's state epoch after epoch. */
export const documents: MakeCheck = (watch) => ({
  onCommit: ({ changes }) => {
    for (const change of changes) {
      const { table, before, after, key } = change;
      if (table === 'monitoring') checkDocument(watch, change);
      if (table !== 'state' || after?.epoch === undefined) continue;
      const was = Number(before?.epoch?.N ?? 0);
      const isParked = after.parkedAt !== undefined || before?.parkedAt !== undefined;
      if (Number(after.epoch.N) !== was + 1 && !isParked) {
        watch.report('a state is written on the epoch that was read', `${key.pk?.S}: ${was}`);
      }
    }
  },
});
