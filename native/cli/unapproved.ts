import { isInitialField } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import { verifyPdf } from '../verification/index.ts';

/**
 * Whether no person has signed this file but, at most, with an initial, so that an agency's seal on it would vouch
 * for what nobody approved (NĐ 30/2020 Đ32.2). Whose signatures there are is read, not judged: files outside an
 * office's workflow are whoever seals them's to answer for. What can't be read is left to signing, which says why.
 */
export async function isUnapproved(source: string, password: string | undefined): Promise<boolean> {
  try {
    const { signatures } = await verifyPdf(source, { anchors: [], offline: true, password });
    return !signatures.some(
      ({ type, intact, signer, field }) =>
        type === 'signature' && intact && signer?.holder === 'person' && !isInitialField(field),
    );
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
