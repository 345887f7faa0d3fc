import { readSettings } from '@/lib/settings/settings';
import { fillDemo } from '../demo/fill-demo';
import { startDatabase } from '../launch/start-database';

// Starts the embedded server on the demo, in the folder that is named, and goes on until it is ended. The tests kill it at work.
const [, , dataDir = ''] = process.argv;
const settings = readSettings({});
const masterKey = Buffer.alloc(32, 7).toString('base64url');
await startDatabase({ settings, dataDir, masterKey }, ({ appUrl }) => fillDemo({ appUrl, prepare: true, masterKey, dataDir }));
