/** The configurations of nginx and Caddy that the site's one definition of its headers makes. */
import { headerRules, type HeaderRule } from '../../src/layouts/policy.ts';
import { contentTypes } from './contentTypes.ts';

/** Where both servers look for the site; what is published below a path lies in a folder of that name. */
export const servedFolder = '/srv/backup-first';

/** Certbot proves who owns a domain in this folder. */
const notPrivate = '.well-known';

const origin = 'Made by "npm run deploy:write" from src/layouts/policy.ts, which is the file to change.';

/**
 * @param base the path the site is published at, with a slash at both ends
 * @returns what belongs into nginx's `http` block: the server, and the maps that choose its headers
 */
export function nginxServer(base: string): string {
  const maps = headerRules.filter(isChosen).map((rule) => nginxMap(rule, base));
  const headers = headerRules.map(
    (rule) => `    add_header ${rule.name} ${isChosen(rule) ? variable(rule) : quoted(rule.value)} always;`,
  );
  const types = Object.entries(contentTypes).map(
    ([type, extensions]) => `        ${type} ${extensions.join(' ')};`,
  );
  return `# ${origin}
#
# Belongs into the "http" block: /etc/nginx/conf.d or sites-enabled on Debian, where the packages "nginx" and
# "libnginx-mod-http-brotli-static" have all that it asks for. Yours to set: listen, server_name and root.

${maps.join('\n\n')}

server {
    listen 80;
    server_name _;
    root ${servedFolder};

    index index.html;
    error_page 403 404 =404 ${base}404.html;
    server_tokens off;

    # Addresses hold what a visitor answered. Nothing of that is kept.
    access_log off;

    # The missing slash of an address is added on the host, port and protocol that the visitor used, which
    # behind a proxy are others than this server's.
    absolute_redirect off;

    # The build has written a .br and a .gz beside every text. Changing one file in place means building again.
    brotli_static on;
    gzip_static on;
    gzip_vary on;
    gzip off;

    types {
${types.join('\n')}
    }
    default_type application/octet-stream;
    charset utf-8;
    charset_types text/css text/javascript text/plain text/csv;

${headers.join('\n')}

    # No location below may add a header of its own: it would lose all of these.
    location ~ /\\.(?!${notPrivate.slice(1)}/) {
        return 404;
    }
    location = ${base}_headers {
        return 404;
    }
}
`;
}

/** Whether a rule's value differs from answer to answer. */
function isChosen(rule: HeaderRule): boolean {
  return rule.except.length > 0 || rule.onlyOverTls === true;
}

function variable({ name }: HeaderRule): string {
  return `$backup_first_${name.toLowerCase().replaceAll('-', '_')}`;
}

/** nginx sends no header whose value is empty. */
function nginxMap(rule: HeaderRule, base: string): string {
  const lines = rule.onlyOverTls
    ? [['default', ''], ['on', rule.value]]
    : [
        ['default', rule.value],
        ...rule.except.flatMap(({ paths, value }) =>
          paths.map((path) => [quoted(`~^${pathExpression(base + path)}`), value]),
        ),
      ]; // prettier-ignore
  const body = lines.map(([key, value]) => `    ${key ?? ''} ${quoted(value)};`).join('\n');
  return `map ${rule.onlyOverTls ? '$https' : '$uri'} ${variable(rule)} {\n${body}\n}`;
}

function pathExpression(path: string): string {
  const literal = path.replace(/\*$/, '').replace(/[.+?()[\]{}|^$\\]/g, '\\$&');
  return path.endsWith('*') ? literal : `${literal}$`;
}

function quoted(value = ''): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/**
 * @param base the path the site is published at, with a slash at both ends
 * @returns a whole Caddyfile
 */
export function caddyfile(base: string): string {
  const headers = headerRules.map((rule) => caddyHeader(rule, base));
  const types = Object.entries(contentTypes).map(([type, extensions]) => {
    const name = `@${type.replace(/\W/g, '_')}`;
    const paths = extensions.map((extension) => `*.${extension}`).join(' ');
    return caddyMatcher(name, [`path ${paths}`, 'file'], `header ${name} Content-Type ${written(type)}`);
  });
  return `# ${origin}
#
# Yours to set: the address in SITE_ADDRESS or here, and the folder. Caddy gets a certificate for it by itself.

{$SITE_ADDRESS:localhost} {
	root * ${servedFolder}

	# The build has written a .br and a .gz beside every text.
	file_server {
		precompressed br gzip
	}

	@private {
		path */.* ${base}_headers
		not path /${notPrivate}/*
	}
	error @private 404

	handle_errors {
		rewrite * ${base}404.html
		file_server {
			precompressed br gzip
		}
	}

${headers.join('\n')}

${types.join('\n')}
}
`;
}

/** A value that no exception's path matches gets the rule's own; the conditions exclude one another. */
function caddyHeader(rule: HeaderRule, base: string): string {
  const { name, value, except, onlyOverTls } = rule;
  const matcher = `@${name.toLowerCase().replaceAll('-', '_')}`;
  const set = (which: string, to: string | undefined): string =>
    to === undefined ? '' : `header ${which}${name} ${caddyQuoted(to)}`;
  if (onlyOverTls) return caddyMatcher(matcher, ['protocol https'], set(`${matcher} `, value));
  if (except.length === 0) return `\t${set('', value)}`;
  // What is not there gets the missing page, which is like any other page.
  const there = (paths: string[]): string[] => [
    `path ${paths.map((path) => base + path).join(' ')}`,
    'file',
  ];
  const all = except.flatMap(({ paths }) => paths);
  const others = ['not {', ...there(all).map((line) => `\t${line}`), '}'];
  return [
    ...(value === undefined ? [] : [caddyMatcher(matcher, others, set(`${matcher} `, value))]),
    ...except.flatMap(({ paths, value: own }, index) =>
      own === undefined
        ? []
        : [
            caddyMatcher(
              `${matcher}_${index + 1}`,
              there(paths),
              set(`${matcher}_${index + 1} `, own),
            ),
          ],
    ),
  ].join('\n');
}

function caddyMatcher(name: string, conditions: string[], directive: string): string {
  const body = conditions.map((line) => `\t\t${line}\n`).join('');
  return `\t${name} {\n${body}\t}\n\t${directive}`;
}

function caddyQuoted(value: string): string {
  return value.includes('"') ? `\`${value}\`` : `"${value}"`;
}

function written(type: string): string {
  return type.startsWith('text/') ? `"${type}; charset=utf-8"` : type;
}
