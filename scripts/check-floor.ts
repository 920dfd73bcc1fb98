/**
 * Looks in the built site for what a browser of the floor does not understand: syntax and built-ins
 * of every script, CSS without a fallback, elements and attributes. What the browsers have is read
 * from MDN's browser-compat-data. Ends the build when it finds something that
 * scripts/floor/exceptions.ts does not explain.
 *
 *   node scripts/check-floor.ts [folder]
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { browsers } from './floor/browsers.ts';
import { exceptions, withoutExceptions } from './floor/exceptions.ts';
import { checkScript } from './floor/javascript.ts';
import { checkPage } from './floor/page.ts';
import { asLine, type Problem } from './floor/problem.ts';
import { checkStyles } from './floor/styles.ts';

const folder = process.argv[2] ?? 'dist';

const kinds: { name: string; pattern: RegExp; check: (file: string, text: string) => Problem[] }[] =
  [
    { name: 'scripts', pattern: /\.m?js$/, check: checkScript },
    { name: 'style sheets', pattern: /\.css$/, check: checkStyles },
    { name: 'pages and pictures', pattern: /\.(html|svg)$/, check: checkPage },
  ];

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
const looked = kinds.map(({ name, pattern, check }) => {
  const own = files.filter((file) => pattern.test(file));
  return {
    count: `${own.length} ${name}`,
    problems: own.flatMap((file) => check(file, readFileSync(join(folder, file), 'utf8'))),
  };
});
const lines = withoutExceptions(looked.flatMap(({ problems }) => problems)).map(asLine);
const counted = new Map(
  lines.map((line) => [line, lines.filter((other) => other === line).length]),
);

if (counted.size > 0) {
  console.error(`The built site has ${counted.size} things above its floor:`);
  for (const [line, times] of counted) console.error(times > 1 ? `${line} (${times} times)` : line);
  process.exitCode = 1;
} else {
  const names = browsers.map(({ name, version }) => `${name} ${version}`).join(', ');
  const declared = exceptions.flatMap(({ constructs }) => constructs).length;
  console.log(
    `${names} understand ${looked.map(({ count }) => count).join(', ')}, ` +
      `but for ${declared} declared exceptions.`,
  );
}
