import type { Failure } from '../../contract/failure.ts';
import { bareFailure, diagnose } from '../diagnosis/diagnosis.ts';
import { diagnosisZip } from '../diagnosis/diagnosis-zip.ts';
import { saveFile } from '../store/saved-file.ts';
import type { FilePicker } from './ports.ts';
import type { Tokens } from './tokens.ts';
import { vietnameseDay } from './verifier.ts';

export interface DiagnosesParts {
  readonly tokens: Pick<Tokens, 'state'>;
  readonly picker: () => Pick<FilePicker, 'pickTarget'> | null;
  /** What this start found of the profile that people must know; null where all is well. */
  readonly notice: () => Failure | null;
  readonly now: () => Date;
}

/** What was found out about tokens and drivers, saved for support staff. */
export class Diagnoses {
  readonly #parts: DiagnosesParts;

  constructor(parts: DiagnosesParts) {
    this.#parts = parts;
  }

  /**
   * Saves what the window shows where the person says; null where they cancel, or there is no shell to ask them. Only
   * a person's hand, never the page, says which file is written. Fails with `disk-full` or `write-failed`, and then
   * leaves nothing behind.
   */
  async save(): Promise<{ path: string | null }> {
    const { tokens, picker, notice, now } = this.#parts;
    const name = `an-tin-${vietnameseDay(now())}.zip`;
    const path = (await picker()?.pickTarget('diagnosis', name)) ?? null;
    if (path === null) return { path };
    const { modules, problem, checkedAt } = tokens.state();
    const at = checkedAt === null ? now() : new Date(checkedAt);
    const diagnosis = { ...diagnose(modules, problem, at), store: bareFailure(notice()) };
    await saveFile(path, diagnosisZip(diagnosis, 'vi'), { replace: true });
    return { path };
  }
}
