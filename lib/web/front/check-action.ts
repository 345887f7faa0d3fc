/** Far deeper than what any action of this portal is called with. */
const DEEPEST = 64;

/** Says whether brackets outside of texts are never nested deeper than that: one pass, whatever it holds. */
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
 * Says whether an action can be called with this, as far as that can be told without React: JSON, not nested without end. React takes it apart
 * before any code of ours runs, and what it cannot read becomes a fault, with a page and a line in the log.
 *
 * @param reply what a script sent: the body, or of a form its part `0`
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
