// What Google's own client for Node says of answers: for every method its type, and for every type its fields. Read from the
// client's declarations, so that an answer with a field that the platform does not have is found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-compiler';

const FOLDER = join(import.meta.dirname, '..', 'node_modules', 'googleapis', 'build', 'src', 'apis', 'connectors');

export interface GoogleSchemas {
  /** What a method answers: `Resource$Projects$Locations.get` → `Location`. */
  readonly answers: ReadonlyMap<string, string>;
  /** Everything in a value that is not as the schema says, with its path; a field that it does not know is. */
  faults(schema: string, value: unknown): readonly string[];
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, ts.TypeNode>>;
}

/** The client's v2 lags behind its v1 in this message, which both versions of the API have alike. */
const SHARED = 'JsonSchema';

export function readGoogleSchemas(version: 'v1' | 'v2'): GoogleSchemas {
  const source = ts.createSourceFile(`${version}.d.ts`, readFileSync(join(FOLDER, `${version}.d.ts`), 'utf8'), ts.ScriptTarget.Latest, true);
  const schemas = new Map<string, ReadonlyMap<string, ts.TypeNode>>();
  const answers = new Map<string, string>();

  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node) && node.name.text.startsWith('Schema$')) schemas.set(node.name.text.slice('Schema$'.length), fieldsOf(node.members));
    if (ts.isClassDeclaration(node) && node.name?.text.startsWith('Resource$') === true) {
      for (const member of node.members) {
        const schema = /^Promise<GaxiosResponseWithHTTP2<Schema\$(\w+)>>$/.exec(ts.isMethodDeclaration(member) ? (member.type?.getText() ?? '') : '')?.[1];
        if (schema !== undefined) answers.set(`${node.name.text}.${member.name?.getText() ?? ''}`, schema);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const shared = version === 'v2' ? readGoogleSchemas('v1').fields.get(SHARED) : undefined;
  if (shared !== undefined) schemas.set(SHARED, shared);

  function check(type: ts.TypeNode, value: unknown, path: string): readonly string[] {
    if (ts.isUnionTypeNode(type)) {
      const checks = type.types.filter((one) => one.getText() !== 'null').map((one) => check(one, value, path));
      return checks.some((one) => one.length === 0) ? [] : (checks[0] ?? []);
    }
    if (ts.isArrayTypeNode(type)) return checkList(type.elementType, value, path);
    if (ts.isTypeLiteralNode(type)) return checkMap(type, value, path);
    if (ts.isTypeReferenceNode(type)) {
      const name = type.typeName.getText();
      const [element] = type.typeArguments ?? [];
      if (name === 'Array' && element !== undefined) return checkList(element, value, path);
      return checkObject(name.replace(/^Schema\$/, ''), value, path);
    }
    const text = type.getText();
    return text === 'any' || text === typeof value ? [] : [`${path} is ${JSON.stringify(value)?.slice(0, 60)} and not ${text}`];
  }

  function checkList(element: ts.TypeNode, value: unknown, path: string): readonly string[] {
    return Array.isArray(value) ? value.flatMap((one: unknown, index) => check(element, one, `${path}[${index}]`)) : [`${path} is no list`];
  }

  function checkMap(type: ts.TypeLiteralNode, value: unknown, path: string): readonly string[] {
    const [member] = type.members;
    if (!isObject(value)) return [`${path} is no object`];
    if (member === undefined || !ts.isIndexSignatureDeclaration(member)) return [`${path}: the declarations have a form that is not read here`];
    return Object.entries(value).flatMap(([key, one]) => check(member.type, one, `${path}.${key}`));
  }

  function checkObject(schema: string, value: unknown, path: string): readonly string[] {
    const fields = schemas.get(schema);
    if (fields === undefined) return [`${path}: there is no schema ${schema}`];
    if (!isObject(value)) return [`${path} is no object`];
    return Object.entries(value).flatMap(([key, one]) => {
      const type = fields.get(key);
      return type === undefined ? [`${path}.${key} is no field of ${schema}`] : check(type, one, `${path}.${key}`);
    });
  }

  return { answers, fields: schemas, faults: (schema, value) => checkObject(schema, value, schema) };
}

function fieldsOf(members: ts.NodeArray<ts.TypeElement>): ReadonlyMap<string, ts.TypeNode> {
  const fields = new Map<string, ts.TypeNode>();
  for (const member of members) {
    if (ts.isPropertySignature(member) && member.type !== undefined) fields.set(member.name.getText().replaceAll("'", ''), member.type);
  }
  return fields;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
