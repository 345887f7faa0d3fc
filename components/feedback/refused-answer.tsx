import { ReferenceLine } from './reference-line';

interface RefusedAnswerProps {
  readonly cause: string;
  readonly code: string;
  readonly troubleCode: string | undefined;
}

/** Explains a refusal next to its form, with the codes to quote to support. */
export function RefusedAnswer({ cause, code, troubleCode }: RefusedAnswerProps) {
  return (
    <>
      <p>{cause} Nothing was changed.</p>
      {troubleCode === undefined ? null : <ReferenceLine code={code} reference={troubleCode} />}
    </>
  );
}
