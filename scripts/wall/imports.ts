import { parseSync } from 'vite';

export interface FoundImport {
  specifier: string;
  /** Counted from 1. */
  line: number;
}

/**
 * Every way in which a file imports another: import and export … from, for types as well, `import()`,
 * `import('…').Type` and `require()`. A program that is only started by its path isn't imported, on purpose.
 */
export function findImports(file: string, source: string): FoundImport[] {
  const { program, errors } = parseSync(file, source);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  const found: FoundImport[] = [];
  walk(program, (node) => {
    const specifier = specifierOf(node);
    if (specifier === null) return;
    const before = source.slice(0, typeof node['start'] === 'number' ? node['start'] : 0);
    found.push({ specifier, line: before.split('\n').length });
  });
  return found;
}

type Node = Record<string, unknown>;

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (typeof value === 'object' && value !== null) {
    const node = value as Node;
    if (typeof node['type'] === 'string') visit(node);
    for (const child of Object.values(node)) walk(child, visit);
  }
}

function text(value: unknown): string | null {
  const literal = value as Node | null | undefined;
  return literal?.['type'] === 'Literal' && typeof literal['value'] === 'string' ? literal['value'] : null;
}

function specifierOf(node: Node): string | null {
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return text(node['source']);
    case 'TSExternalModuleReference':
      return text(node['expression']);
    case 'CallExpression': {
      const callee = node['callee'] as Node | undefined;
      const [first] = (node['arguments'] ?? []) as Node[];
      return callee?.['type'] === 'Identifier' && callee['name'] === 'require' ? text(first) : null;
    }
    default:
      return null;
  }
}
