import { ReferenceLine } from './reference-line';

interface RefusedAnswerProps {
  readonly cause: string;
  readonly code: string;
  readonly troubleCode: string | undefined;
}

/** Why an act was refused, where it was asked for, and what to quote. */
export function RefusedAnswer({ cause, code, troubleCode }: RefusedAnswerProps) {
  return (
    <>
      <p>{cause} Nothing was changed.</p>
      {troubleCode === undefined ? null : <ReferenceLine code={code} reference={troubleCode} />}
    </>
  );
}
