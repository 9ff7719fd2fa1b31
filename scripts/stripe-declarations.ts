// Asks declarations of Stripe's SDK what is in them: properties, what they extend, whether they are API objects.
// Knows how the SDK marks such things; must not know what a property means.

import ts from 'typescript-compiler';
import type { Declaration, SdkTypes } from './stripe-sdk-types.ts';

/** A declaration's properties, those of what it extends first. */
export function membersOf(sdk: SdkTypes, declaration: Declaration | ts.TypeLiteralNode): readonly ts.PropertySignature[] {
  const own = ownMembers(declaration);
  const inherited = ts.isTypeLiteralNode(declaration) ? [] : basesOf(sdk, declaration).flatMap((base) => membersOf(sdk, base));
  if (inherited.length === 0) return own;
  const overridden = new Set(own.map(nameOfMember));
  return [...inherited.filter((member) => !overridden.has(nameOfMember(member))), ...own];
}

/** The properties written in the declaration itself. */
export function ownMembers(declaration: Declaration | ts.TypeLiteralNode): readonly ts.PropertySignature[] {
  const node = ts.isTypeAliasDeclaration(declaration) ? declaration.type : declaration;
  return 'members' in node ? [...node.members].filter((member) => ts.isPropertySignature(member)) : [];
}

/** Stripe's name of a property. */
export function nameOfMember(member: ts.PropertySignature): string {
  return ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : member.name.getText();
}

function basesOf(sdk: SdkTypes, declaration: Declaration): readonly Declaration[] {
  if (!ts.isInterfaceDeclaration(declaration)) return [];
  return (declaration.heritageClauses ?? []).flatMap((clause) => [...clause.types]).map((type) => {
    const base = sdk.resolve(type);
    if (base === undefined) throw new Error(`no declaration of ${type.getText()}`);
    return base;
  });
}

/** What all of these extend, where they all extend one thing. */
export function commonBase(sdk: SdkTypes, declarations: readonly Declaration[]): Declaration | undefined {
  const bases = new Set(declarations.map((declaration) => basesOf(sdk, declaration)[0]));
  return bases.size === 1 ? [...bases][0] : undefined;
}

/** The value of a declaration's `object`; absent for what is no API object. */
export function objectName(sdk: SdkTypes, declaration: Declaration): string | undefined {
  const type = membersOf(sdk, declaration).find((member) => nameOfMember(member) === 'object')?.type;
  return type !== undefined && ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? type.literal.text : undefined;
}

/** `{id, object, deleted: true}`: what is left of an object. */
export function isDeletedStub(declaration: Declaration): boolean {
  return ts.isInterfaceDeclaration(declaration) && declaration.members.some((member) => ts.isPropertySignature(member)
    && nameOfMember(member) === 'deleted' && member.type !== undefined && ts.isLiteralTypeNode(member.type)
    && member.type.literal.kind === ts.SyntaxKind.TrueKeyword);
}
