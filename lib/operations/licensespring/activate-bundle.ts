import type { Result } from '../operation';
import { defineOperation } from '../operation';
import type { CallAnswer } from './activate';
import { answerCall } from './activate';
import { callInput } from './open-call';

/** Answers a request for a bundle that an application sends: all its licences in one file, or none of them. */
export const activateBundle = defineOperation({
  name: 'licensespring.activate-bundle',
  kind: 'command',
  permission: 'application:exchange',
  input: callInput,
  run: ({ bytes }, context): Promise<Result<CallAnswer>> => answerCall(context, { bytes, as: 'bundle' }),
});
