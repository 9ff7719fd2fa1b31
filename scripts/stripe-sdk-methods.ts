// Reads the methods of Stripe's SDK from its JavaScript: the HTTP method and the path of every call it can make.
// Knows how the SDK writes a resource class; must not know its types, nor what an entity or an action is.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-compiler';

/** One method of one resource class of the SDK. */
export interface SdkMethod {
  /** The file below `resources/`, without its ending: `Billing/Meters`. */
  readonly file: string;
  /** The class in that file: `MeterResource`. */
  readonly resource: string;
  /** The method's name in the SDK: `listEventSummaries`. */
  readonly name: string;
  readonly http: 'GET' | 'POST' | 'DELETE';
  /** Literal pieces of the path, with `{}` for each id: `/v1/billing/meters/{}/event_summaries`. */
  readonly path: string;
  readonly kind: 'list' | 'search' | 'call';
  /** The SDK's name of the address it calls, `api` where it says nothing. */
  readonly base: string;
  readonly multipart: boolean;
  readonly streaming: boolean;
}

/** Every method that sends a request, in the order of files and lines; OAuth, which is no resource, left out. */
export function readSdkMethods(resourcesFolder: string): readonly SdkMethod[] {
  return globSync('**/*.js', { cwd: resourcesFolder })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file !== 'OAuth.js' && !file.endsWith('index.js'))
    .sort()
    .flatMap((file) => readFile(resourcesFolder, file));
}

function readFile(folder: string, file: string): readonly SdkMethod[] {
  const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), {
    languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  });
  const methods: SdkMethod[] = [];
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement) || statement.name === undefined) continue;
    const resource = statement.name.text;
    for (const member of statement.members) {
      if (!ts.isMethodDeclaration(member) || !ts.isIdentifier(member.name)) continue;
      const call = findRequest(member);
      if (call !== undefined) methods.push(readMethod(file.slice(0, -'.js'.length), resource, member.name.text, call));
    }
  }
  return methods;
}

/** The `this._makeRequest(…)` with a literal path inside a method; one without answers for a URL it was given. */
function findRequest(node: ts.Node): ts.CallExpression | undefined {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)
    && node.expression.name.text === '_makeRequest' && readPath(node.arguments[1]) !== undefined) return node;
  return ts.forEachChild(node, findRequest);
}

function readMethod(file: string, resource: string, name: string, call: ts.CallExpression): SdkMethod {
  const [http, path, , , spec] = call.arguments;
  const method = http !== undefined && ts.isStringLiteral(http) ? http.text : '';
  if (method !== 'GET' && method !== 'POST' && method !== 'DELETE') {
    throw new Error(`${file}.${name}: the HTTP method ${method} is new to this generator`);
  }
  const kind = readText(spec, 'methodType') ?? 'call';
  if (kind !== 'list' && kind !== 'search' && kind !== 'call') throw new Error(`${file}.${name}: unknown methodType ${kind}`);
  return {
    file, resource, name, kind, http: method,
    path: readPath(path) ?? '',
    base: readText(spec, 'apiBase') ?? 'api',
    multipart: readText(readField(spec, 'headers'), 'Content-Type') === 'multipart/form-data',
    streaming: readField(spec, 'streaming')?.kind === ts.SyntaxKind.TrueKeyword,
  };
}

/** `'/v1/x'` as it is, `` `/v1/x/${encodeURIComponent(id)}` `` with `{}` in place of what is filled in. */
function readPath(node: ts.Expression | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => `{}${span.literal.text}`).join('');
}

function readField(node: ts.Node | undefined, key: string): ts.Expression | undefined {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) return undefined;
  for (const property of node.properties) {
    if (ts.isPropertyAssignment(property) && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))
      && property.name.text === key) return property.initializer;
  }
  return undefined;
}

function readText(node: ts.Node | undefined, key: string): string | undefined {
  const value = readField(node, key);
  return value !== undefined && ts.isStringLiteral(value) ? value.text : undefined;
}
