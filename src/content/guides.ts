/** The parts of the way that guides belong to, and the order to read them in. */
import type { GuideGroup } from '../data/schema.ts';

export const groupTitles: Record<GuideGroup, string> = {
  before: 'Before you start',
  'back-up': 'Back up',
  prove: 'Prove the backup',
  update: 'Update',
  after: 'Afterwards',
  trouble: 'When it goes wrong',
};

/** Along the way: part by part, and within a part as the guides say themselves. */
export function inOrder<Guide extends { data: { group: GuideGroup; order: number } }>(
  guides: readonly Guide[],
): Guide[] {
  const groups = Object.keys(groupTitles);
  return [...guides].sort(
    (a, b) =>
      groups.indexOf(a.data.group) - groups.indexOf(b.data.group) || a.data.order - b.data.order,
  );
}

/**
 * The steps of the first numbered way in an article, as plain sentences for structured data.
 * @param body the article's MDX
 */
export function stepsOf(body: string): string[] {
  const first = /<Steps>([\s\S]*?)<\/Steps>/.exec(body)?.[1] ?? '';
  return (first.match(/^\d+\. .+(?:\n {3}\S.*)*/gm) ?? []).map((item) =>
    item
      .replace(/^\d+\. /, '')
      .replace(/<(Expect|IfNot)>[\s\S]*$/, '')
      .replace(/<Path to="([^"]*)" *\/>/g, '$1')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/<[^>]*>|[`*]/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}
