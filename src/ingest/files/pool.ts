/**
 * `work` on every item, at most `width` at a time, results in the order of the items. After a failure nothing new is
 * begun; what runs is waited for, and the failure of the earliest item is thrown, so that the same input fails the same
 * way.
 */
export async function inPool<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, n: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const failures: { n: number; cause: unknown }[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const n = next++;
      try {
        results[n] = await work(items[n]!, n);
      } catch (cause) {
        failures.push({ n, cause });
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  const first = failures.sort((a, b) => a.n - b.n)[0];
  if (first) throw first.cause;
  return results;
}
