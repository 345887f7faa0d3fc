/** Does something `times` times, so many at once, and answers what came of each. */
export async function inTurns<Value>(times: number, atOnce: number, act: (index: number) => Promise<Value>): Promise<Value[]> {
  const answers: Value[] = [];
  let next = 0;
  const worker = async () => {
    while (next < times) {
      const index = next;
      next += 1;
      answers[index] = await act(index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}
