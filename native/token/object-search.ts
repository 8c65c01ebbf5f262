import type { Handle, Template } from 'pkcs11js';
import type { DriverModule } from './driver-module.ts';

/** A token with more objects of one kind than this is broken; the rest is left out. */
const mostObjects = 256;
const batch = 32;

/** Handles of the objects that match, in the token's order. */
export function findObjects(module: DriverModule, session: Handle, template: Template): Handle[] {
  module.call('C_FindObjectsInit', (library) => library.C_FindObjectsInit(session, template));
  const found: Handle[] = [];
  try {
    while (found.length < mostObjects) {
      const handles = module.call('C_FindObjects', (library) => library.C_FindObjects(session, batch));
      if (handles.length === 0) break;
      found.push(...handles);
    }
  } finally {
    // Left open, the search would make every later one fail with CKR_OPERATION_ACTIVE.
    module.call('C_FindObjectsFinal', (library) => library.C_FindObjectsFinal(session));
  }
  return found.slice(0, mostObjects);
}

/**
 * One attribute; null where the token doesn't give it. One call each, since many drivers fail a whole template for one
 * attribute that they don't know.
 */
export function readAttribute(
  module: DriverModule,
  session: Handle,
  object: Handle,
  type: number,
): Buffer | null {
  try {
    const [attribute] = module.call('C_GetAttributeValue', (library) =>
      library.C_GetAttributeValue(session, object, [{ type }]),
    );
    return Buffer.isBuffer(attribute?.value) ? attribute.value : null;
  } catch (thrown) {
    if (isUnavailable(thrown)) return null;
    throw thrown;
  }
}

const unavailable = new Set([
  'CKR_ATTRIBUTE_TYPE_INVALID',
  'CKR_ATTRIBUTE_SENSITIVE',
  'CKR_ATTRIBUTE_VALUE_INVALID',
]);

function isUnavailable(thrown: unknown): boolean {
  const { params } = thrown as { params?: { returnValue?: unknown } };
  return typeof params?.returnValue === 'string' && unavailable.has(params.returnValue);
}
