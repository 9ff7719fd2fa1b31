// Opens the type declarations of Stripe's SDK: finds methods and declarations and gives each a name of its own.
// Knows TypeScript and how the SDK lays out its files; must not know what a shape, an entity or an action is.

import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript-compiler';

/** What can be referred to by name in the SDK's types. */
export type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/** The parameters and the answer of one method, as written. */
export interface MethodSignature {
  /** Absent where the method takes ids and options alone. */
  readonly params?: { readonly type: ts.TypeNode; readonly required: boolean };
  /** What the promise holds: `Customer | DeletedCustomer`, or the element of a list. */
  readonly result: ts.TypeNode;
  readonly doc: string;
}

/** The SDK's types, ready to be asked. */
export interface SdkTypes {
  findMethod(file: string, resource: string, method: string): MethodSignature;
  /** The declaration a reference leads to, through imports and `export import`; absent for type parameters. */
  resolve(reference: ts.TypeReferenceNode | ts.ExpressionWithTypeArguments): Declaration | undefined;
  /** `Billing.Meter.DefaultAggregation`: folder and namespaces joined; no two declarations share one. */
  nameOf(declaration: Declaration): string;
}

const PROMISES = new Set(['ApiListPromise', 'V2ListPromise', 'ApiSearchResultPromise', 'V2SearchResultPromise', 'Response']);

/** Parses the SDK's declarations below `esm/` and binds their names (about two seconds). */
export function openSdkTypes(esmFolder: string): SdkTypes {
  const resources = join(esmFolder, 'resources');
  const files = globSync('**/*.d.ts', { cwd: resources }).sort().map((file) => join(resources, file));
  const program = createProgram(files);
  const checker = program.getTypeChecker();
  const named = new Map<string, Declaration>();
  return {
    findMethod: (file, resource, method) => findMethod(program, join(resources, `${file}.d.ts`), resource, method),
    resolve(reference) {
      const at = ts.isTypeReferenceNode(reference) ? reference.typeName : reference.expression;
      let symbol = checker.getSymbolAtLocation(at);
      while (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
      return symbol?.declarations?.find((node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node));
    },
    nameOf(declaration) {
      const name = qualifiedName(declaration, resources);
      const other = named.get(name);
      if (other !== undefined && other !== declaration) throw new Error(`two declarations are named ${name}`);
      named.set(name, declaration);
      return name;
    },
  };
}

/** Imports in the SDK name a file beside them, so finding it needs no search. */
function createProgram(files: readonly string[]): ts.Program {
  const options: ts.CompilerOptions = { noLib: true, types: [], module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  const host = ts.createCompilerHost(options, true);
  // The compiler's own reading of comments takes as long as all else; `readDoc` reads those that are asked for.
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
  host.resolveModuleNameLiterals = (literals, containing) => literals.map(({ text }) => {
    const resolvedFileName = join(dirname(containing), text.replace(/\.js$/, '.d.ts'));
    return { resolvedModule: text.startsWith('.') ? { resolvedFileName, extension: ts.Extension.Dts } : undefined };
  });
  return ts.createProgram({ rootNames: files, options, host });
}

function findMethod(program: ts.Program, path: string, resource: string, method: string): MethodSignature {
  const source = program.getSourceFile(path);
  const found = source?.statements.find((node): node is ts.ClassDeclaration => ts.isClassDeclaration(node) && node.name?.text === resource);
  // Overloads differ in leaving the parameters out; the last one names them.
  const member = found?.members
    .filter((node): node is ts.MethodDeclaration => ts.isMethodDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === method)
    .at(-1);
  if (member?.type === undefined) throw new Error(`${path} declares no ${resource}.${method}`);
  const parameter = member.parameters.find((node) => ts.isIdentifier(node.name) && node.name.text === 'params');
  return {
    ...(parameter?.type && { params: { type: parameter.type, required: parameter.questionToken === undefined } }),
    result: unwrapPromise(member.type),
    doc: readDoc(member),
  };
}

/** `Promise<Response<X>>` and `ApiListPromise<X>` both hold an X. */
function unwrapPromise(type: ts.TypeNode): ts.TypeNode {
  if (!ts.isTypeReferenceNode(type)) return type;
  const inner = type.typeArguments?.[0];
  const name = type.typeName.getText();
  return inner !== undefined && (name === 'Promise' || PROMISES.has(name)) ? unwrapPromise(inner) : type;
}

function qualifiedName(declaration: Declaration, resources: string): string {
  const names = [declaration.name.text];
  for (let node: ts.Node = declaration.parent; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isModuleDeclaration(node)) names.unshift(node.name.text);
  }
  const name = names.join('.');
  const file = declaration.getSourceFile().fileName;
  if (!file.startsWith(resources)) return name;
  const folder = file.slice(resources.length + 1).split(/[\\/]/).slice(0, -1).join('.');
  return folder === '' || name.startsWith(`${folder}.`) ? name : `${folder}.${name}`;
}

/** The text of the comment before a declaration, as written but for its stars and tags; empty where there is none. */
export function readDoc(node: ts.MethodDeclaration | ts.PropertySignature): string {
  const before = node.getSourceFile().text.slice(node.pos, node.name.end);
  const comment = before.slice(before.lastIndexOf('/**') + '/**'.length, before.lastIndexOf('*/'));
  if (!before.includes('/**')) return '';
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  const tags = lines.findIndex((line) => line.startsWith('@'));
  return lines.slice(0, tags === -1 ? lines.length : tags).join('\n').trim();
}
