import type { Problem } from './problem.ts';

/** What is above the floor and may stay, and why nothing is lost where it is missing. */
export interface Exception {
  file: RegExp;
  constructs: string[];
  reason: string;
}

export const exceptions: Exception[] = [
  {
    file: /_astro\/.+\.js$/,
    constructs: ['navigator.maxTouchPoints'],
    reason: 'Read to tell an iPad that calls itself a Mac, which came with the same iOS 13.',
  },
  {
    file: /\.css$/,
    constructs: ['cursor'],
    reason: 'A phone has no pointer.',
  },
  {
    file: /\.css$/,
    constructs: ['color-scheme'],
    reason: 'Scroll bars stay light; the colors of all that we draw are our own.',
  },
  {
    file: /\.html$/,
    constructs: ['<meta name="color-scheme">'],
    reason: 'It spares a white flash before the style sheet comes, and no more.',
  },
  {
    file: /\.css$/,
    constructs: ['text-size-adjust'],
    reason: 'Only phones enlarge text by themselves, and theirs know it by one name or the other.',
  },
  {
    file: /\.html$/,
    constructs: ['<meta name="viewport">'],
    reason: 'Only phones have a viewport to set, and all of theirs do.',
  },
  {
    file: /\.css$/,
    constructs: ['@page', 'orphans', 'widows', 'break-after: avoid', 'page-break-after: avoid'],
    reason: 'Paper only: margins are the browser’s, and a heading may end a sheet.',
  },
  {
    file: /\.css$/,
    constructs: ['::marker'],
    reason: 'The numbers of steps are not bold.',
  },
  {
    file: /\.css$/,
    constructs: [':focus-visible'],
    reason: 'The rule takes an outline away; without it, one more is seen.',
  },
  {
    file: /\.html$/,
    constructs: ['<link rel="manifest">', '<meta name="theme-color">'],
    reason: 'Without them the site cannot be installed, and works in the browser all the same.',
  },
  {
    file: /widget\/v1\/widget\.js$/,
    constructs: ['new CSSStyleSheet()', '.replaceSync()'],
    reason: 'Asked for before their use; where they are missing, a file of styles does it.',
  },
  {
    file: /workers\/worker\..+\.js$/,
    constructs: ['WebAssembly.instantiateStreaming'],
    reason: 'Safari before 15 has no BigInt64Array, and gets the worker without WebAssembly.',
  },
  {
    file: /\.html$/,
    constructs: ['<input webkitdirectory>'],
    reason: 'No backup lies on a phone; where folders cannot be chosen, files can.',
  },
  {
    file: /\.html$/,
    constructs: ['<link rel="icon">'],
    reason: 'iOS shows no such icon.',
  },
  {
    file: /\.html$/,
    constructs: ['<input autocapitalize>', '<input autocorrect>', '<input enterkeyhint>'],
    reason: 'Hints to a keyboard on glass; the lookup reads any letters.',
  },
];

/** The problems that no exception covers, and one for each exception that covers none. */
export function withoutExceptions(
  problems: Problem[],
  declared: Exception[] = exceptions,
): Problem[] {
  const left = problems.filter(
    (problem) =>
      !declared.some(
        ({ file, constructs }) => file.test(problem.file) && constructs.includes(problem.construct),
      ),
  );
  const stale = declared.flatMap(({ file, constructs }) =>
    constructs
      .filter(
        (construct) =>
          !problems.some((problem) => file.test(problem.file) && problem.construct === construct),
      )
      .map((construct) => ({
        file: 'scripts/floor/exceptions.ts',
        construct: `the exception for ${construct} in ${String(file)}`,
        browsers: [],
        advice: 'nothing needs it any more: take it out.',
      })),
  );
  return [...left, ...stale];
}
