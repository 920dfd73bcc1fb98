import { dataKinds, flagsOf, type DataKind, type PlannedFile } from './contents.ts';
import { hostileTricks, type HostileTrick } from './hostile.ts';

/** What can happen to one file of the phone: in its bytes, or in its row of the index. */
export const fileDamages = [
  /** not in the folder */
  'missing',
  /** half as long as it should be */
  'cut-short',
  /** nothing left of it */
  'emptied',
  /** longer than it should be */
  'grown',
  /** as long, but other bytes; encrypted ones no longer decrypt */
  'changed-bytes',
  /** a folder lies where the file should */
  'folder-instead',
  /** listed, and stored, under an id that is not the hash of its domain and path */
  'wrong-id',
  /** a second row with the same domain and path, under another id */
  'listed-twice',
  /** the same row again: such an index has lost its primary key */
  'same-id-twice',
  /** a record that is empty, cut short, none at all, or no property list */
  'bad-record',
  /** a record that says the file has 4 EiB */
  'zip-bomb-size',
  /** a file key that no class key opens */
  'wrong-key',
] as const;

/** What can happen to the backup as a whole. */
export const wholeDamages = [
  'no-info',
  'no-status',
  'no-manifest-plist',
  'no-index',
  /** two thirds of the index */
  'truncated-index',
  /** the second half of the index overwritten */
  'garbled-index',
  /** a database, but with another table */
  'no-files-table',
  /** Status.plist says that the last run did not end */
  'unfinished',
  /** a plist, or the records of files, made to hang or crash a reader */
  'hostile-plist',
  /** a key bag that asks for four billion rounds */
  'hostile-key-bag',
  /** files in the folder that the index does not list: harmless */
  'unlisted',
] as const;

export type FileDamage = (typeof fileDamages)[number];
export type DamageKind = FileDamage | (typeof wholeDamages)[number];

export const plistNames = ['Info.plist', 'Status.plist', 'Manifest.plist'] as const;
export type PlistName = (typeof plistNames)[number];
export type IndexName = 'Manifest.db' | 'Manifest.mbdb';
export type FolderFile = PlistName | IndexName;

export interface Damage {
  kind: DamageKind;
  /**
   * Which files: a kind of data, or what the domain and path, joined by "/", must contain or match.
   * `missing`, `cut-short`, `emptied`, `grown` and `changed-bytes` take the four files of the
   * folder itself as well, by name; `hostile-plist` one of those, or else hits records of files.
   */
  of?: string | RegExp;
  /** how many files, one unless said */
  count?: number;
  /** for `hostile-plist`; all of them in turn unless said */
  trick?: HostileTrick;
}

/** What was broken, for the test to compare with what was found. */
export interface MadeDamage {
  kind: DamageKind;
  /** domain and path, or the name of a file of the folder */
  where?: string;
  fileID?: string;
  trick?: HostileTrick;
}

/** The part of a damage that hits one row of the index. */
export interface RowDamage {
  kind: FileDamage | 'hostile-plist';
  trick?: HostileTrick | undefined;
  /** which of the damages of its kind this is, from 0 */
  turn: number;
}

const hitsFolderFiles: readonly DamageKind[] = [
  ...(['missing', 'cut-short', 'emptied', 'grown', 'changed-bytes', 'hostile-plist'] as const),
];
const folderFiles: readonly string[] = [...plistNames, 'Manifest.db', 'Manifest.mbdb'];

/** @returns the file of the folder itself that a damage hits, if it hits one */
export function folderFileOf({ kind, of }: Damage): FolderFile | undefined {
  const isOne =
    typeof of === 'string' && folderFiles.includes(of) && hitsFolderFiles.includes(kind);
  return isOne ? (of as FolderFile) : undefined;
}

function hitsRows(damage: Damage): damage is Damage & { kind: RowDamage['kind'] } {
  const ofFiles: readonly string[] = fileDamages;
  return (
    folderFileOf(damage) === undefined &&
    (ofFiles.includes(damage.kind) || damage.kind === 'hostile-plist')
  );
}

/**
 * Deals the damages out to the files, in their order, at most one to each.
 * @returns a function to be called with every file once
 */
export function createDealer(damages: readonly Damage[]): {
  deal: (file: PlannedFile, size: number) => RowDamage | undefined;
  /** what found no file to hit */
  left: () => Damage[];
} {
  const open = damages.filter(hitsRows).map((damage) => ({ damage, dealt: 0 }));
  return {
    deal: (file, size) => {
      // What has no bytes can lose none.
      if ((file.flags ?? flagsOf.file) !== flagsOf.file || size === 0) return undefined;
      const next = open.find(
        ({ damage, dealt }) => dealt < (damage.count ?? 1) && matches(damage.of, file),
      );
      if (!next) return undefined;
      const turn = next.dealt;
      next.dealt += 1;
      const { kind, trick } = next.damage;
      if (kind !== 'hostile-plist') return { kind, turn };
      return { kind, turn, trick: trick ?? hostileTricks[turn % hostileTricks.length] };
    },
    left: () =>
      open.filter(({ damage, dealt }) => dealt < (damage.count ?? 1)).map(({ damage }) => damage),
  };
}

function matches(of: string | RegExp | undefined, file: PlannedFile): boolean {
  if (of === undefined) return true;
  const name = `${file.domain}/${file.relativePath}`;
  if (of instanceof RegExp) return of.test(name);
  return isDataKind(of) ? file.kind === of : name.includes(of);
}

function isDataKind(text: string): text is DataKind {
  const kinds: readonly string[] = dataKinds;
  return kinds.includes(text);
}
