import { documentTypes } from '../../contract/document-type.ts';

/** "Quyết định" for `quyet-dinh`; a type that this version doesn't know is shown as it came. */
export function typeName(type: string): string {
  return (documentTypes as Partial<Record<string, { name: string }>>)[type]?.name ?? type;
}
