import type { DocumentFile } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import type { DocumentId } from '../../contract/identity.ts';
import type { DocumentSigningAct } from '../../contract/signing-act.ts';
import type { PlannedPlace, StampPlace } from '../../contract/stamp-place.ts';
import type { KeyReference } from '../../contract/token.ts';
import { pageSizeOf, plannedPlace } from '../signing/planned-place.ts';
import type { FileStore } from '../store/file-store.ts';
import { mainFile } from '../workflow/desk-facts.ts';
import type { Documents } from './documents.ts';
import type { SigningActs } from './signing-acts.ts';
import type { Tokens } from './tokens.ts';

/** A hair's breadth in millimetres: what rounding on the way from the screen may cost. */
const hair = 0.5;

export interface PlacesParts {
  readonly documents: Pick<Documents, 'read'>;
  readonly files: Pick<FileStore, 'has' | 'locate'>;
  readonly tokens: Pick<Tokens, 'certificate'>;
  readonly signingActs: Pick<SigningActs, 'stamp'>;
}

/** Where stamps stand: found before anybody signs, and held to the page where a person chose. */
export class Places {
  readonly #parts: PlacesParts;

  constructor(parts: PlacesParts) {
    this.#parts = parts;
  }

  /**
   * Where this act would put its stamp; null while the file isn't held. Fails with `document-missing`, as reading a
   * PDF does, and as a token does.
   */
  async of(id: DocumentId, act: DocumentSigningAct, key: KeyReference): Promise<PlannedPlace | null> {
    const { documents, files, tokens, signingActs } = this.#parts;
    const { document } = documents.read(id);
    const main = mainFile(document);
    if (main === null || !(await files.has(main.digest))) return null;
    const certificate = await tokens.certificate(key);
    const stamp = await signingActs.stamp(document, act);
    const { path } = await files.locate(main.digest);
    return plannedPlace({ source: path, stamp, certificate });
  }

  /**
   * Fails with `input-invalid` unless the box lies on that page: a signature beside it would be none that anybody
   * sees.
   */
  async require({ digest }: Pick<DocumentFile, 'digest'>, { page, box }: StampPlace): Promise<void> {
    const { path } = await this.#parts.files.locate(digest);
    const { width, height } = pageSizeOf(path, page);
    if (box.x + box.width > width + hair || box.y + box.height > height + hair) {
      throw new AppError('input-invalid', { field: 'place' });
    }
  }
}
