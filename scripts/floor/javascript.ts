import { parse, type Program } from 'acorn';
import { browsers } from './browsers.ts';
import { missingBuiltins } from './builtins.ts';
import type { Problem } from './problem.ts';
import { knownFeature, lacking } from './support.ts';
import { syntaxOf } from './syntax.ts';
import { walk } from './walk.ts';

/** Syntax and built-ins of a script that a browser of the floor lacks. */
export function checkScript(file: string, source: string): Problem[] {
  const program = parsed(source);
  if (program instanceof Error) {
    return [
      {
        file,
        construct: `a script that cannot be parsed (${program.message})`,
        browsers,
        advice: 'write it in the language of today’s standard.',
      },
    ];
  }
  const found: Problem[] = missingBuiltins(program).map(({ construct, browsers: lacks }) => ({
    file,
    construct,
    browsers: lacks,
    advice: 'write it otherwise, or test for it before its use.',
  }));
  const refuse = (construct: string, path: string | undefined): void => {
    const lacks = path === undefined ? browsers : lacking([knownFeature(path)]);
    if (lacks.length === 0) return;
    const advice = construct.includes('regular expression')
      ? 'no compiler mends that: write the expression otherwise.'
      : 'compile it down, or write it otherwise.';
    found.push({ file, construct, browsers: lacks, advice });
  };
  if (source.startsWith('#!')) {
    refuse('a hashbang', 'javascript/grammar/hashbang_comments');
  }
  walk(program, (node, ancestors) => {
    for (const { construct, path } of syntaxOf(node, ancestors)) refuse(construct, path);
  });
  return found;
}

function parsed(source: string): Program | Error {
  const options = { ecmaVersion: 'latest', allowHashBang: true } as const;
  try {
    return parse(source, { ...options, sourceType: 'module' });
  } catch (error) {
    try {
      return parse(source, { ...options, sourceType: 'script' });
    } catch {
      return error as SyntaxError;
    }
  }
}
