// Takes one type as the SDK writes it apart into the alternatives it allows: aliases followed, unions flattened.
// Knows the SDK's few generic types by name; must not know how a property or a shape is written down.

import ts from 'typescript-compiler';
import type { Declaration, SdkTypes } from './stripe-sdk-types.ts';

/** One alternative of a type. */
export type Part =
  | { readonly kind: 'text' | 'number' | 'bigint' | 'boolean' | 'decimal' | 'file' | 'anything' }
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'object'; readonly declaration: Declaration }
  | { readonly kind: 'literal-object'; readonly node: ts.TypeLiteralNode; readonly alias?: Declaration }
  | { readonly kind: 'map'; readonly value: ts.TypeNode | undefined }
  | { readonly kind: 'array' | 'list'; readonly element: ts.TypeNode };

/** A type in its alternatives, and what may stand for "none". */
export interface Parts {
  readonly parts: readonly Part[];
  readonly nullable: boolean;
  readonly emptyable: boolean;
  /** `void` is among them; alone it is the SDK's mark on what only a deleted object has. */
  readonly never: boolean;
}

/** Flattens a type. Throws on a form the SDK has not used before. */
export function splitType(sdk: SdkTypes, type: ts.TypeNode): Parts {
  const parts: Part[] = [];
  const found = { nullable: false, emptyable: false, never: false };

  const visit = (node: ts.TypeNode, alias?: Declaration): void => {
    if (ts.isParenthesizedTypeNode(node)) return visit(node.type, alias);
    if (ts.isUnionTypeNode(node)) return node.types.forEach((member) => visit(member));
    if (ts.isLiteralTypeNode(node)) return visitLiteral(node.literal);
    if (ts.isArrayTypeNode(node)) return void parts.push({ kind: 'array', element: node.elementType });
    if (ts.isTypeLiteralNode(node)) return visitMembers(node, alias);
    if (ts.isTypeReferenceNode(node)) return visitReference(node);
    const kind = KEYWORDS.get(node.kind);
    if (kind === undefined) throw new Error(`a type of a new form: ${node.getText()} in ${node.getSourceFile().fileName}`);
    if (kind === 'void') found.never = true;
    else parts.push({ kind });
  };

  const visitLiteral = (literal: ts.LiteralTypeNode['literal']): void => {
    if (literal.kind === ts.SyntaxKind.NullKeyword) found.nullable = true;
    else if (literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword) parts.push({ kind: 'boolean' });
    else if (!ts.isStringLiteral(literal)) throw new Error(`a literal of a new form: ${literal.getText()}`);
    else if (literal.text === '') found.emptyable = true;
    else parts.push({ kind: 'literal', value: literal.text });
  };

  const visitMembers = (node: ts.TypeLiteralNode, alias?: Declaration): void => {
    const index = node.members.find((member) => ts.isIndexSignatureDeclaration(member));
    if (index !== undefined) {
      parts.push({ kind: 'map', value: index.type.kind === ts.SyntaxKind.UnknownKeyword ? undefined : index.type });
    } else parts.push({ kind: 'literal-object', node, ...(alias && { alias }) });
  };

  const visitReference = (node: ts.TypeReferenceNode): void => {
    const [argument] = node.typeArguments ?? [];
    const name = node.typeName.getText();
    if (name === 'OtherString') return;   // "other values may come": said once, of all enums
    if (name === 'Decimal') return void parts.push({ kind: 'decimal' });
    if (name === 'FileData') return void parts.push({ kind: 'file' });
    if (name === 'Partial') return void parts.push({ kind: 'anything' });
    if (argument !== undefined) {
      if (name === 'Array') return void parts.push({ kind: 'array', element: argument });
      if (name === 'ApiList' || name === 'V2List') return void parts.push({ kind: 'list', element: argument });
      if (name !== 'Emptyable') throw new Error(`a generic type new to this generator: ${node.getText()}`);
      found.emptyable = true;
      return visit(argument);
    }
    const declaration = sdk.resolve(node);
    if (declaration === undefined) throw new Error(`no declaration of ${node.getText()} in ${node.getSourceFile().fileName}`);
    if (ts.isTypeAliasDeclaration(declaration)) return visit(declaration.type, declaration);
    const index = declaration.members.find((member) => ts.isIndexSignatureDeclaration(member));
    parts.push(index === undefined ? { kind: 'object', declaration } : { kind: 'map', value: stringsOnly(index.type) });
  };

  visit(type);
  // A parameter whose one value is '' exists to be emptied.
  if (parts.length === 0 && found.emptyable) parts.push({ kind: 'literal', value: '' });
  return { parts, ...found };
}

/** `Metadata` and `MetadataParam` hold texts; that a number or null may be sent for one is true of any text. */
function stringsOnly(type: ts.TypeNode): ts.TypeNode {
  const text = ts.isUnionTypeNode(type) ? type.types.find((member) => member.kind === ts.SyntaxKind.StringKeyword) : undefined;
  return text ?? type;
}

const KEYWORDS = new Map<ts.SyntaxKind, 'text' | 'number' | 'bigint' | 'boolean' | 'anything' | 'void'>([
  [ts.SyntaxKind.StringKeyword, 'text'], [ts.SyntaxKind.NumberKeyword, 'number'],
  [ts.SyntaxKind.BigIntKeyword, 'bigint'], [ts.SyntaxKind.BooleanKeyword, 'boolean'],
  [ts.SyntaxKind.UnknownKeyword, 'anything'], [ts.SyntaxKind.VoidKeyword, 'void'], [ts.SyntaxKind.UndefinedKeyword, 'void'],
]);
