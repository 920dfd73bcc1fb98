import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  noAnswers,
  readAnswers,
  withAnswer,
  writeAnswers,
  type Answers,
} from '../../../src/core/answers.ts';
import { facts } from '../../../src/data/facts.ts';
import { anyAnswers } from '../any-answers.ts';

describe('the address of the checker', () => {
  it('is empty while nothing is answered', () => {
    expect(writeAnswers(noAnswers, facts)).toBe('');
  });

  it('reads as what was answered', () => {
    const answers: Answers = {
      ...noAnswers,
      device: 'iphone-6s',
      now: '13.7',
      computer: 'old-mac',
      uses: ['watch', 'whatsapp'],
    };
    expect(writeAnswers(answers, facts)).toBe(
      '?device=iphone-6s&now=13.7&computer=old-mac&uses=watch,whatsapp',
    );
  });

  it('gives back every combination of answers unchanged', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const read = readAnswers(writeAnswers(answers, facts), facts);
        expect(read.answers).toEqual(answers);
        expect(read.ignored).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('names a release by number, or as addresses elsewhere do', () => {
    for (const release of ['26', 'ios-26', 'ipados-26']) {
      expect(readAnswers(`?release=${release}`, facts).answers.release).toBe(26);
    }
  });

  it('keeps what it understands and says what it does not', () => {
    const { answers, ignored } = readAnswers(
      '?device=iphone-99&release=19&computer=windows&icloud=maybe&uses=watch,jetpack&utm=x',
      facts,
    );
    expect(answers).toEqual({
      ...noAnswers,
      find: 'iphone-99',
      computer: 'windows',
      uses: ['watch'],
    });
    expect(ignored).toEqual(['device=iphone-99', 'release=19', 'icloud=maybe', 'uses=jetpack']);
  });

  it('never throws and never yields an answer that does not exist, whatever is in it', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.tuple(
            fc.constantFrom('device', 'release', 'now', 'uses', 'computer', 'find'),
            fc.string(),
          ),
        )
        .map(
          (pairs) =>
            `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&')}`,
        ),
    );
    fc.assert(
      fc.property(hostile, (search) => {
        const { answers } = readAnswers(search, facts);
        expect(readAnswers(writeAnswers(answers, facts), facts).ignored).toEqual([]);
        expect(answers.find.length).toBeLessThanOrEqual(80);
        expect(answers.now.length).toBeLessThanOrEqual(80);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('choosing an answer', () => {
  it('replaces the one before', () => {
    const mac = withAnswer(noAnswers, 'computer', 'mac');
    expect(withAnswer(mac, 'computer', 'linux').computer).toBe('linux');
  });

  it('adds to a list, and takes from it', () => {
    const both = withAnswer(withAnswer(noAnswers, 'uses', 'esim'), 'uses', 'watch');
    expect(both.uses).toEqual(['watch', 'esim']);
    expect(withAnswer(both, 'uses', 'esim', false).uses).toEqual(['watch']);
  });

  it('"none of these" and "I don’t know" stand alone', () => {
    const watch = withAnswer(noAnswers, 'uses', 'watch');
    expect(withAnswer(watch, 'uses', 'none').uses).toEqual(['none']);
    expect(withAnswer(withAnswer(watch, 'uses', 'unknown'), 'uses', 'cards').uses).toEqual([
      'cards',
    ]);
  });
});
