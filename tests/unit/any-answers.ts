import fc from 'fast-check';
import { noAnswers, type Answers } from '../../src/core/answers.ts';
import { exclusiveValues, questions } from '../../src/core/checklist/questions.ts';
import { facts } from '../../src/data/facts.ts';

const valueOf = (id: string): fc.Arbitrary<string | undefined> => {
  const question = questions.find((known) => known.id === id);
  return fc.option(fc.constantFrom(...(question?.values ?? [])), { nil: undefined });
};
const uses = questions.find((known) => known.id === 'uses')?.values ?? [];

/** Every combination of answers a visitor can give. */
export const anyAnswers: fc.Arbitrary<Answers> = fc
  .record({
    device: fc.option(fc.constantFrom(...facts.devices.map(({ id }) => id)), { nil: undefined }),
    release: fc.option(
      fc.constantFrom(
        ...facts.releases
          .map(({ major }) => major)
          .filter((major) => major !== facts.about.headlineMajor),
      ),
      { nil: undefined },
    ),
    now: fc.oneof(
      fc.constantFrom(
        '',
        'unknown',
        'nonsense',
        '3.0',
        '5.0',
        '9.2',
        '10.2',
        '13.7',
        '15.7.1',
        '18.1',
        '27.0.1',
        '28.0',
      ),
      fc.constantFrom(...facts.devices.map(({ newest }) => newest.version)),
    ),
    computer: valueOf('computer'),
    icloud: valueOf('icloud'),
    encrypted: valueOf('encrypted'),
    space: valueOf('space'),
    uses: fc.oneof(
      fc.subarray(uses.filter((use) => !exclusiveValues.includes(use))),
      fc.constantFrom(['none'], ['unknown']),
    ),
  })
  .map((answers) => ({ ...noAnswers, ...answers }) as Answers);
