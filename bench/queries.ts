/** What people type into the checker, letter by letter. */
export const queries = [
  ...['6s', 'iphone 12 pro max', 'ihpone 8', 'ipad pro 12.9 2018', 'A1633', 'iphone se'],
  ...['11promax', 'iPhone8,1', 'MKQK2LL/A', 'galaxy'],
];

/** Every state of the input on the way to a query. */
export const keystrokes = queries.flatMap((query) =>
  Array.from(query, (_, index) => query.slice(0, index + 1)),
);
