/** The path the site is published at, as the build reads it, with a slash at both ends. */
export function basePath(): string {
  return `/${process.env.BASE_PATH ?? ''}/`.replace(/\/+/g, '/');
}
