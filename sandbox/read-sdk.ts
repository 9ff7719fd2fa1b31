// Reads the installed `stripe` package and writes sdk.generated.json: what exists, which parameters and which properties.
// Facts only (names, types, paths), none of its prose. `--check` compares instead of writing. Nothing at run time needs it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript-compiler';
import { ShapeReader } from './read-sdk-shapes.ts';
import type { ShapeField, ShapeType } from './read-sdk-shapes.ts';

const SDK = join(import.meta.dirname, '..', 'node_modules', 'stripe');
const RESOURCES = join(SDK, 'esm', 'resources');
const OUTPUT = join(import.meta.dirname, 'sdk.generated.json');

interface Call {
  readonly http: string;
  readonly path: string;
  readonly host: string | undefined;
}

interface Endpoint extends Call {
  readonly sdk: string;
  readonly params: number | null;
  readonly required: boolean;
  readonly returns: 'list' | 'search' | 'page' | 'row' | 'stub' | 'row or stub' | 'bytes' | 'nothing';
  readonly row: ShapeType | null;
}

/** The requests that each method of each class in a JavaScript file of the SDK makes. */
function callsIn(file: string): ReadonlyMap<string, readonly Call[]> {
  const calls = new Map<string, Call[]>();
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node, method: string): void => {
    const name = ts.isMethodDeclaration(node) && ts.isIdentifier(node.name) ? node.name.text : method;
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === '_makeRequest') {
      const [http, path, , , options] = node.arguments;
      if (http === undefined || path === undefined || !ts.isStringLiteral(http)) throw new Error(`Cannot read ${name} in ${file}`);
      const host = /apiBase: '(\w+)'/.exec(options?.getText() ?? '')?.[1];
      const known = pathOf(path);
      if (known !== undefined) calls.set(name, [...(calls.get(name) ?? []), { http: http.text, path: known, host }]);
    }
    ts.forEachChild(node, (child) => visit(child, name));
  };
  visit(source, '');
  return calls;
}

/** The path that an expression spells; undefined where only the answer of another call tells it. */
function pathOf(node: ts.Expression): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  const spans = node.templateSpans.map((span) => `{${/\((\w+)\)/.exec(span.expression.getText())?.[1] ?? 'id'}}${span.literal.text}`);
  return node.head.text + spans.join('');
}

function answerOf(reader: ShapeReader, checker: ts.TypeChecker, type: ts.Type): Pick<Endpoint, 'returns' | 'row'> {
  const name = type.aliasSymbol?.name ?? type.symbol?.name ?? '';
  const first = checker.getTypeArguments(type as ts.TypeReference)[0];
  if (first === undefined) throw new Error(`A method answers ${name}`);
  if (name === 'ApiListPromise') return { returns: 'list', row: reader.typeOf(first) };
  if (name === 'ApiSearchResultPromise') return { returns: 'search', row: reader.typeOf(first) };
  if (name === 'V2ListPromise') return { returns: 'page', row: reader.typeOf(first) };
  const inner = first.aliasSymbol?.name === 'Response' ? first.aliasTypeArguments?.[0] : first;
  if (inner === undefined || (inner.flags & ts.TypeFlags.Void) !== 0) return { returns: 'nothing', row: null };
  if (/Stream/.test(checker.typeToString(inner))) return { returns: 'bytes', row: null };
  const parts = reader.partsOf(inner);
  const stubs = parts.filter((part) => reader.isDeletedStub(part) || part.symbol?.name === 'DeletedObject').length;
  const returns = stubs === 0 ? 'row' : stubs === parts.length ? 'stub' : 'row or stub';
  return { returns, row: reader.typeOf(inner) };
}

function endpointsOf(program: ts.Program, reader: ShapeReader): Endpoint[] {
  const checker = program.getTypeChecker();
  const endpoints: Endpoint[] = [];
  for (const source of program.getSourceFiles().filter((one) => one.fileName.startsWith(RESOURCES))) {
    const calls = callsIn(source.fileName.replace(/\.d\.ts$/, '.js'));
    for (const statement of source.statements) {
      if (!ts.isClassDeclaration(statement)) continue;
      for (const member of statement.members) {
        if (!ts.isMethodDeclaration(member) || !ts.isIdentifier(member.name)) continue;
        const signature = checker.getSignatureFromDeclaration(member);
        const parameter = member.parameters.find((one) => one.name.getText() === 'params');
        for (const call of new Set(calls.get(member.name.text) ?? [])) {
          if (signature === undefined) throw new Error(`No signature: ${member.name.text}`);
          if (endpoints.some((one) => one.http === call.http && one.path === call.path)) continue;
          const params = parameter === undefined ? undefined : checker.getNonNullableType(checker.getTypeAtLocation(parameter));
          endpoints.push({
            ...call,
            sdk: `${relative(RESOURCES, source.fileName).replace(/\.d\.ts$/, '')}.${member.name.text}`,
            params: params === undefined ? null : reader.shapeOf(params),
            required: parameter !== undefined && parameter.questionToken === undefined,
            ...answerOf(reader, checker, signature.getReturnType()),
          });
        }
      }
    }
  }
  return endpoints.sort((a, b) => (a.path === b.path ? (a.http < b.http ? -1 : 1) : a.path < b.path ? -1 : 1));
}

/** The shapes of all rows, those met while reading others included. */
function rowsOf(reader: ShapeReader): Readonly<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (let before = -1; before !== Object.keys(rows).length; ) {
    before = Object.keys(rows).length;
    for (const [object, type] of Array.from(reader.rows)) rows[object] ??= reader.shapeOf(type);
  }
  return Object.fromEntries(Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Parameters of a row's creation and change are flat enough to print one to a line, which keeps diffs readable. */
function print(parts: Readonly<Record<string, unknown>>): string {
  const line = (value: unknown): string => `  ${JSON.stringify(value)}`;
  const sections = Object.entries(parts).map(([name, value]) => {
    if (Array.isArray(value)) return `"${name}": [\n${value.map(line).join(',\n')}\n]`;
    return `"${name}": ${JSON.stringify(value)}`;
  });
  return `{${sections.join(',\n')}}\n`;
}

function readSdk(): string {
  const files = readdirSync(RESOURCES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.d.ts') && entry.name !== 'index.d.ts')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  });
  const reader = new ShapeReader(program.getTypeChecker());
  const endpoints = endpointsOf(program, reader);
  const rows = rowsOf(reader);
  const version = /ApiVersion = '([^']+)'/.exec(readFileSync(join(SDK, 'esm', 'apiVersion.js'), 'utf8'))?.[1];
  return print({
    writtenBy: 'sandbox/read-sdk.ts',
    sdk: (JSON.parse(readFileSync(join(SDK, 'package.json'), 'utf8')) as { readonly version: string }).version,
    apiVersion: version,
    openapi: readFileSync(join(SDK, 'OPENAPI_VERSION'), 'utf8').trim(),
    rows,
    endpoints: endpoints.map((one) => [one.http, one.path, one.sdk, one.returns, one.row, one.params, one.required ? 1 : 0, one.host ?? 'api']),
    enums: reader.enums,
    shapes: reader.shapes satisfies readonly (readonly ShapeField[])[],
  });
}

const text = readSdk();
if (process.argv.includes('--check')) {
  if (readFileSync(OUTPUT, 'utf8') !== text) {
    process.stderr.write('sandbox/sdk.generated.json is not what the installed SDK says: run node sandbox/read-sdk.ts\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(OUTPUT, text);
}
