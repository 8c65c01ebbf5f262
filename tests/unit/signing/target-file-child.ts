import { AppError } from '../../../contract/failure.ts';
import { TargetFile } from '../../../native/signing/target-file.ts';

/** Copies a file as signing does, in a process that a test may starve or kill. With `wait` it stops before the end. */
const [source = '', target = '', mode] = process.argv.slice(2);
const file = await TargetFile.create(target, false);
try {
  await file.copyFrom(source, 1 << 20, 'sha256');
  await file.flush();
  if (mode === 'wait') {
    process.send?.('written');
    await new Promise(() => setInterval(() => undefined, 60_000));
  }
  await file.commit();
  console.log('committed');
} catch (error) {
  await file.discard();
  console.log(AppError.from(error).code);
}
