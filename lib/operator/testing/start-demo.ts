import { readSettings } from '@/lib/settings/settings';
import { fillDemo } from '../demo/fill-demo';
import { startDatabase } from '../launch/start-database';

// Starts the embedded server on the demo, in the folder of the argument, and runs until it is killed. Tests kill it while it fills the demo.
const [, , dataDir = ''] = process.argv;
const settings = readSettings({});
const masterKey = Buffer.alloc(32, 7).toString('base64url');
await startDatabase({ settings, dataDir, masterKey }, ({ appUrl }) => fillDemo({ appUrl, prepare: true, masterKey, dataDir }));
