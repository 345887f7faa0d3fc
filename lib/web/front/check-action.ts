/** Far deeper than the arguments of any action of this portal. */
const DEEPEST = 64;

/** Says whether brackets outside of strings are nested at most that deep. Linear for any input. */
function isShallow(json: string): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length && depth <= DEEPEST; at += 1) {
    const sign = json[at];
    if (sign === '"') isText = !isText;
    else if (isText && sign === '\\') at += 1;
    else if (!isText && (sign === '[' || sign === '{')) depth += 1;
    else if (!isText && (sign === ']' || sign === '}')) depth -= 1;
  }
  return depth <= DEEPEST;
}

/**
 * Says whether React can probably parse the call of a server action: JSON of bounded depth. React parses before our code runs, and a parse error
 * there would be a fault.
 *
 * @param reply the body, or part `0` of a form
 */
export function isActionCall(reply: unknown): boolean {
  if (typeof reply !== 'string' || !isShallow(reply)) return false;
  try {
    JSON.parse(reply);
    return true;
  } catch {
    return false;
  }
}
