/** Asks what many want to know at once as seldom as can be: whoever comes while a question is under way shares the next. */
export function askedOnce<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<Answer> | null = null;
  const askNext = () => {
    next = null;
    const answer = ask();
    underWay = answer.catch(() => undefined);
    return answer;
  };
  return () => {
    next ??= underWay.then(askNext);
    return next;
  };
}
