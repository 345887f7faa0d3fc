import { runDevice } from './cli/main';

const { exitCode, stdout, stderr } = await runDevice(process.argv.slice(2));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
