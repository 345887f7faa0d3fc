import { runOperator } from './run-operator';

const { exitStatus, stdout, stderr } = await runOperator(process.argv.slice(2));
process.stderr.write(stderr);
process.stdout.write(stdout);
process.exitCode = exitStatus;
