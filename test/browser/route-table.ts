// The table of the console's routes, read from its source, so that a page that is added is looked at without being named anywhere.
// What the reading does not understand throws: a page may not be missed silently.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript-compiler';

const SOURCE = join(import.meta.dirname, '..', '..', 'console', 'src');
const TABLE = join(SOURCE, 'app', 'routes.tsx');

/** A value and the file that it stands in. */
interface Found {
  readonly node: ts.Expression;
  readonly file: ts.SourceFile;
}

/** The pattern of every page, such as `/console/projects/:projectId/connections`; `*` where an address is none. */
export function routePatterns(): readonly string[] {
  const file = parse(TABLE);
  let table: ts.Expression | undefined;
  ts.forEachChild(file, function visit(node): void {
    if (ts.isCallExpression(node) && node.expression.getText(file) === 'createBrowserRouter') table = node.arguments[0];
    ts.forEachChild(node, visit);
  });
  if (table === undefined) throw new Error(`${TABLE} makes no router.`);
  return [...new Set(patternsOf({ node: table, file }, ''))];
}

function patternsOf(list: Found, above: string): readonly string[] {
  return elementsOf(list).flatMap((route) => {
    if (!ts.isObjectLiteralExpression(route.node)) throw unread(route);
    const path = memberOf(route, 'path');
    const here = path === undefined ? above : joined(above, textOf(path));
    const children = memberOf(route, 'children');
    const isPage = ['Component', 'lazy', 'element'].some((name) => memberOf(route, name) !== undefined);
    const below = children === undefined ? [] : patternsOf(children, here);
    // A frame around pages is no address by itself, unless it has one at which nothing else stands.
    const isFrame = children !== undefined && (path === undefined || below.includes(here));
    return isPage && !isFrame ? [here, ...below] : below;
  });
}

/** Elements of a list, of a named list, and of lists that are spread into it. */
function elementsOf(list: Found): readonly Found[] {
  const { node, file } = resolved(list);
  if (!ts.isArrayLiteralExpression(node)) throw unread({ node, file });
  return node.elements.flatMap((element) => (ts.isSpreadElement(element) ? elementsOf({ node: element.expression, file }) : [resolved({ node: element, file })]));
}

function memberOf({ node, file }: Found, name: string): Found | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) throw unread({ node: property.expression, file });
    if (property.name.getText(file) !== name) continue;
    if (ts.isPropertyAssignment(property)) return { node: property.initializer, file };
    if (ts.isShorthandPropertyAssignment(property)) return { node: property.name, file };
    throw unread({ node, file });
  }
  return undefined;
}

/** What a name stands for, in its file or in the one that it comes from. */
function resolved(found: Found): Found {
  const { node, file } = found;
  if (!ts.isIdentifier(node)) return found;
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      const declared = statement.declarationList.declarations.find(({ name }) => name.getText(file) === node.text);
      if (declared?.initializer !== undefined) return resolved({ node: declared.initializer, file });
    }
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier) && statement.importClause?.namedBindings?.getText(file).match(/\w+/g)?.includes(node.text) === true) {
      return resolved({ node, file: parse(join(dirname(file.fileName), statement.moduleSpecifier.text)) });
    }
  }
  throw unread(found);
}

function textOf({ node, file }: Found): string {
  if (!ts.isStringLiteral(node)) throw unread({ node, file });
  return node.text;
}

const joined = (above: string, path: string): string => (path === '*' ? '*' : path.startsWith('/') ? path : `${above === '/' ? '' : above}/${path}`);

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
}

function unread({ node, file }: Found): Error {
  return new Error(`${relative(SOURCE, file.fileName)} has a route that cannot be read: ${node.getText(file).slice(0, 120)}`);
}
