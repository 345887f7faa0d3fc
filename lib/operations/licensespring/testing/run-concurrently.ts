/** Runs an act `times` times, `concurrency` of them at once. @returns the results in order */
export async function runConcurrently<Value>(
  times: number,
  concurrency: number,
  act: (index: number) => Promise<Value>,
): Promise<Value[]> {
  const results: Value[] = [];
  let next = 0;
  const worker = async () => {
    while (next < times) {
      const index = next;
      next += 1;
      results[index] = await act(index);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
}
