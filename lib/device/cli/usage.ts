/** How the command is called. */
export const USAGE = `The offline machine: writes activation requests, applies the answers, gives the seat back.

  request     --state DIR --vendor vendor.json --product CODE --code CODE --name NAME --out FILE
              [--entitlement ID] [--lease DURATION] [--component NAME=VALUE]…
  apply FILE  --state DIR
  status      --state DIR
  deactivate  --state DIR --out FILE [--reason TEXT]

  --json                  answer as one line of JSON

For tests only. What you sell is built without them (docs/formats/native.md, for vendors), and AIRGATE_DEVICE_TEST=off refuses them:

  --now INSTANT           what the clock shows, such as 2026-09-21T14:13:20Z
  --component NAME=VALUE  what the machine is known by, instead of what is read from it; again for each.
                          In a request it stays set for further calls on this machine; elsewhere it counts for this run

Exit status: 0 done, or the software may run; 1 refused, with the code; 2 wrong call; 3 fault.
`;

/** A call that cannot be understood: exit status 2. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}
