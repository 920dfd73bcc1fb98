/** Workbox calls it, and browsers before Safari 13 and Chrome 76 lack it: nothing would be kept there. */
const settled = <Value>(promise: PromiseLike<Value>): Promise<PromiseSettledResult<Value>> =>
  Promise.resolve(promise).then(
    (value) => ({ status: 'fulfilled', value }),
    (reason: unknown) => ({ status: 'rejected', reason }),
  );

if (typeof Promise.allSettled !== 'function') {
  Promise.allSettled = (promises: Iterable<unknown>) =>
    Promise.all(Array.from(promises, (promise) => settled(Promise.resolve(promise))));
}
