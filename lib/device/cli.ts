import { runDevice } from './cli/main';

// Some versions of Node 20 call the algorithms of this format experimental, on the stream where refusals are read.
process.removeAllListeners('warning');

const { exitCode, stdout, stderr } = await runDevice(process.argv.slice(2));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
