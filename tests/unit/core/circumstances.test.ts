import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noAnswers, readAnswers, writeAnswers } from '../../../src/core/answers.ts';
import {
  noCircumstances,
  queryForChecker,
  readCircumstances,
  writeCircumstances,
  type ReadCircumstances,
} from '../../../src/core/circumstances.ts';
import { facts } from '../../../src/data/facts.ts';
import { planning } from '../../../src/data/planning.ts';
import { anyAnswers } from '../any-answers.ts';

const ids = facts.devices.map(({ id }) => id);
const read = (search: string): ReadCircumstances => readCircumstances(search, planning, ids);

describe('the address of the estimate', () => {
  it('is empty while nothing is said', () => {
    expect(writeCircumstances(noCircumstances)).toBe('');
    expect(read('')).toEqual({ circumstances: noCircumstances, ignored: [] });
  });

  it('keeps what is typed as it was typed, readable or not', () => {
    const { circumstances, ignored } = read('?used=1,5%20TB&up=half%20a%20lot&line=cable');
    expect(circumstances).toEqual({
      ...noCircumstances,
      used: '1,5 TB',
      up: 'half a lot',
      line: 'cable',
    });
    expect(ignored).toEqual([]);
    expect(writeCircumstances(circumstances)).toBe('?used=1,5%20TB&line=cable&up=half%20a%20lot');
  });

  it('says what it does not understand, and keeps the rest', () => {
    const { circumstances, ignored } = read(
      '?device=galaxy&line=pigeon&plan=1tb&photos=maybe&computer=mac&cable=rope&x=1',
    );
    expect(circumstances).toEqual({ ...noCircumstances, computer: 'mac' });
    expect(ignored).toEqual([
      'device=galaxy',
      'line=pigeon',
      'plan=1tb',
      'photos=maybe',
      'cable=rope',
    ]);
  });

  it('takes every answer of the checker along, and gives it back to it', () => {
    fc.assert(
      fc.property(anyAnswers, (given) => {
        // Without a device there is no checklist to come from.
        const answers = { ...given, device: given.device ?? 'iphone-6s' };
        const { circumstances, ignored } = read(writeAnswers(answers, facts));
        expect(ignored).toEqual([]);
        expect(circumstances.device).toBe(answers.device);
        expect(circumstances.computer).toBe(answers.computer ?? '');
        expect(readAnswers(queryForChecker(circumstances), facts)).toEqual({
          answers: { ...noAnswers, ...answers },
          ignored: [],
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('reads as it was written, whoever wrote it', () => {
    const part = fc.oneof(fc.string({ unit: 'binary', maxLength: 100 }), fc.constantFrom('\ud83d'));
    const name = fc.constantFrom(
      ...Object.keys(noCircumstances),
      'now',
      'uses',
      '__proto__',
      'constructor',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, part), { maxLength: 8 }), (pairs) => {
        const { circumstances } = read(`?${new URLSearchParams(pairs).toString()}`);
        const written = writeCircumstances(circumstances);
        expect(written).toMatch(/^(\?[\w.~%,&=!'()*-]+)?$/);
        expect(read(written)).toEqual({ circumstances, ignored: [] });
      }),
      { numRuns: 5000 },
    );
  });
});
