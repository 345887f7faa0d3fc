import { runDevice } from './cli/main';

// Node 20 calls the algorithms of this format experimental, once a run, on the stream where refusals are read.
process.removeAllListeners('warning');

const { exitCode, stdout, stderr } = await runDevice(process.argv.slice(2));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
