import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { GuideGroup } from '../../../src/data/schema.ts';
import { inOrder, stepsOf } from '../../../src/content/guides.ts';
import { readAnswers } from '../../../src/core/answers.ts';
import { facts } from '../../../src/data/facts.ts';
import { guideLinks } from '../../../src/content/checklist/guideLinks.ts';
import { steps } from '../../../src/core/checklist/steps.ts';

const folder = 'src/content/guides';
const bodies = new Map(
  readdirSync(folder).map((file) => [
    file.replace('.mdx', ''),
    readFileSync(`${folder}/${file}`, 'utf8'),
  ]),
);

/** The id the site gives a heading. */
function idOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

describe('the guides', () => {
  it('are the twenty that the way needs', () => {
    expect([...bodies.keys()].sort()).toEqual(
      [
        ...['why-back-up', 'which-backup', 'icloud-backup', 'finder-backup', 'itunes-backup'],
        ...['apple-devices-backup', 'linux-backup', 'third-party-backup', 'backup-password'],
        ...['prove-your-backup', 'free-up-space', 'update-on-the-device', 'update-from-a-computer'],
        ...['ios-14', 'restore-from-icloud', 'restore-from-a-computer', 'restore-third-party'],
        ...['what-moves-separately', 'when-it-goes-wrong', 'which-model'],
      ].sort(),
    );
  });

  it('never promise to install iOS 14', () => {
    for (const [id, body] of bodies) {
      expect(body, id).not.toMatch(/(?:install|download|get|update to) iOS 14 (?:now|today|here)/i);
    }
  });

  it('hand over to the checker, with answers that it understands', () => {
    for (const [id, body] of bodies) {
      const queries = [...body.matchAll(/<CheckDevice(?: query="([^"]*)")? *\/>/g)];
      expect(queries.length, id).toBeGreaterThan(0);
      for (const [, query = ''] of queries)
        expect(readAnswers(query, facts).ignored, id).toEqual([]);
    }
  });
});

describe('every step of a checklist', () => {
  it.each(steps.map(({ id }) => id))('%s is explained under a heading that is there', (id) => {
    const { guide, heading } = guideLinks[id];
    const body = bodies.get(guide);
    expect(body, guide).toBeDefined();
    if (heading === '') return;
    const headings = [...(body ?? '').matchAll(/^#{2,3} (.+)$/gm)].map(([, text]) =>
      idOf(text ?? ''),
    );
    expect(headings).toContain(heading);
  });
});

describe('the order of the guides', () => {
  it('is the way itself: before, back up, prove, update, after, trouble', () => {
    const guide = (
      group: GuideGroup,
      order: number,
    ): { data: { group: GuideGroup; order: number } } => ({ data: { group, order } });
    const guides = [
      guide('trouble', 1),
      guide('back-up', 5),
      guide('before', 20),
      guide('back-up', 3),
    ];
    expect(inOrder(guides).map(({ data }) => data.order)).toEqual([20, 3, 5, 1]);
  });
});

describe('the steps for search engines', () => {
  it('are plain sentences of the first numbered way', () => {
    expect(
      stepsOf(
        'Intro\n\n<Steps>\n\n1. Open <Path to="Settings > General" /> and\n   look.\n\n   <Expect>A list.</Expect>\n\n2. Press <Press>Back Up Now</Press>.\n\n</Steps>\n',
      ),
    ).toEqual(['Open Settings > General and look.', 'Press Back Up Now.']);
  });
});
