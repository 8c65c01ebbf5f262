import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { failure } from '../contract/failure.ts';
import { provinceContract } from '../contract/province.ts';

const digest = {
  name: 'digest',
  in: 'path',
  required: true,
  description: "SHA-256 of the file's bytes, lower-case hexadecimal",
  schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
} as const;

const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } as const;

function refusal(description: string) {
  const schema = {
    type: 'object',
    properties: {
      defined: { type: 'boolean' },
      code: { enum: ['FAILURE', 'UNAUTHORIZED'] },
      status: { type: 'integer' },
      message: { type: 'string' },
      data: { $ref: '#/components/schemas/Failure' },
    },
    required: ['code', 'status', 'data'],
  } as const;
  return { description, content: { 'application/json': { schema } } };
}

const fileRefusals = {
  401: refusal('No session, or one that has ended'),
  422: refusal('Refused, with the reason'),
} as const;

/** Routes that carry bytes and so aren't procedures of the contract. */
const filePaths = {
  '/files/{digest}': {
    parameters: [digest],
    put: {
      operationId: 'files.put',
      summary: 'Send a file; harmless when repeated',
      requestBody: { required: true, content: bytes },
      responses: {
        200: { description: 'Held already' },
        201: { description: 'Held now' },
        413: refusal('Larger than 50 MB'),
        ...fileRefusals,
      },
    },
    get: {
      operationId: 'files.get',
      summary: 'Fetch a file of a document on your desk, or your own upload; Range and If-Range are followed',
      responses: {
        200: { description: 'The whole file', content: bytes },
        206: { description: 'The stretch that was asked for', content: bytes },
        404: refusal('Not held, or not for you'),
        416: { description: 'No such stretch' },
        ...fileRefusals,
      },
    },
    head: {
      operationId: 'files.head',
      summary: 'Is the file here, and how long is it?',
      responses: { 200: { description: 'Yes' }, 404: { description: 'Not held, or not for you' } },
    },
  },
} as const;

/** The description of this server for other programs (OpenAPI 3.1), made of the contract and the file routes. */
export async function openApiDocument(origin: string) {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(provinceContract, {
    info: { title: 'Ấn Tín: provincial document server', version: '1' },
    servers: [{ url: origin }],
    commonSchemas: { Failure: { schema: failure } },
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    security: [{ session: [] }],
  });
  for (const path of ['/auth/challenge', '/auth/session']) {
    const operation = document.paths?.[path]?.post;
    if (operation) operation.security = [];
  }
  return { ...document, paths: { ...document.paths, ...filePaths } };
}
