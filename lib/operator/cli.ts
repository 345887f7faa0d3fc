import { runOperator } from './run-operator';

// Node 20 calls the algorithms of the files experimental, once a run, on the stream where refusals are read.
process.removeAllListeners('warning');

const { exitStatus, stdout, stderr } = await runOperator(process.argv.slice(2));
process.stderr.write(stderr);
process.stdout.write(stdout);
process.exitCode = exitStatus;
