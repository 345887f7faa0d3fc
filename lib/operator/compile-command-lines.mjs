import { compileCommandLines } from './compile.mjs';

await compileCommandLines();
