/** The configurations of nginx and Caddy that the site's one definition of its headers makes. */
import { headerRules, headersOf, type HeaderRule } from '../../src/layouts/policy.ts';
import { contentTypes } from './contentTypes.ts';

/** Where both servers look for the site; what is published below a path lies in a folder of that name. */
export const servedFolder = '/srv/backup-first';

/** Certbot proves who owns a domain in this folder. */
const notPrivate = '.well-known';

const origin =
  'Made by "npm run deploy:write" from src/layouts/policy.ts, which is the file to change.';

/**
 * @param base the path the site is published at, with a slash at both ends
 * @returns what belongs into nginx's `http` block: the server, and the maps that choose its headers
 */
export function nginxServer(base: string): string {
  const maps = headerRules.filter(isChosen).map((rule) => nginxMap(rule, base));
  const headers = headerRules.map(
    (rule) =>
      `    add_header ${rule.name} ${isChosen(rule) ? variable(rule) : quoted(rule.value)} always;`,
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

    # Addresses hold what a visitor answered or searched for. Nothing of that is kept: errors that are
    # a visitor's, such as a missing page, would be written down with the address.
    access_log off;
    error_log stderr crit;

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
  const types = Object.entries(contentTypes).flatMap(([type, extensions]) => {
    const matcher = `@${type.replace(/\W/g, '_')}`;
    return [
      `${matcher} path ${extensions.map((extension) => `*.${extension}`).join(' ')}`,
      `header ${matcher} Content-Type "${type.startsWith('text/') ? `${type}; charset=utf-8` : type}"`,
    ];
  });
  // The missing page is like any other, wherever it was missed.
  const missing = headersOf('404.html');
  const chosen = headerRules.filter(({ except }) => except.length > 0);
  const headersOfMissing = chosen.map(({ name }) =>
    missing[name] === undefined
      ? `header -${name}`
      : `header ${name} ${caddyQuoted(missing[name])}`,
  );
  return `# ${origin}
#
# Yours to set: the address in SITE_ADDRESS or here, and the folder. Caddy gets a certificate for it by itself.

{$SITE_ADDRESS:localhost} {
	root * ${servedFolder}

	# The build has written a .br and a .gz beside every text.
	file_server {
		precompressed br gzip
	}
	header ?Vary Accept-Encoding

	# The missing slash of an address. Caddy would add it too, but version 2.6 loses what follows the "?". The
	# target is relative: it can lead to no other host.
	@folder {
		file {path}/index.html
		not path */
		expression {query} == ""
	}
	redir @folder ./{http.request.uri.path.file}/ permanent
	@folder_with_query {
		file {path}/index.html
		not path */
		expression {query} != ""
	}
	redir @folder_with_query ./{http.request.uri.path.file}/?{query} permanent

	@private {
		path */.* ${base}_headers
		not path */${notPrivate}/*
	}
	error @private 404

	handle_errors {
		rewrite * ${base}404.html
		file_server {
			precompressed br gzip
		}
${indented(2, [...headersOfMissing, 'header Content-Type "text/html; charset=utf-8"'])}
	}

${indented(
  1,
  headerRules.flatMap((rule) => caddyHeader(rule, base)),
)}

${indented(1, types)}
}
`;
}

/** The conditions of a rule exclude one another: the order in which Caddy sets headers is its own. */
function caddyHeader({ name, value, except, onlyOverTls }: HeaderRule, base: string): string[] {
  const matcher = `@${name.toLowerCase().replaceAll('-', '_')}`;
  const set = (label: string, condition: string, to: string | undefined): string[] =>
    to === undefined ? [] : [`${label} ${condition}`, `header ${label} ${name} ${caddyQuoted(to)}`];
  if (onlyOverTls) return set(matcher, 'protocol https', value);
  if (except.length === 0) return [`header ${name} ${caddyQuoted(value)}`];
  const written = (paths: string[]): string => paths.map((path) => base + path).join(' ');
  return [
    ...set(matcher, `not path ${written(except.flatMap(({ paths }) => paths))}`, value),
    ...except.flatMap(({ paths, value: own }, index) =>
      set(`${matcher}_${index + 1}`, `path ${written(paths)}`, own),
    ),
  ];
}

function caddyQuoted(value = ''): string {
  return value.includes('"') ? `\`${value}\`` : `"${value}"`;
}

function indented(depth: number, lines: string[]): string {
  return lines.map((line) => '\t'.repeat(depth) + line).join('\n');
}
