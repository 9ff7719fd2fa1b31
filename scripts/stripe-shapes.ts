// Turns the SDK's types into properties and named shapes, and keeps what the SDK says about each beside them.
// Knows what the alternatives of a type mean to us; must not know which of them belong to an entity or an action.

import ts from 'typescript-compiler';
import type { Property, Shape } from '../src/connectors/stripe/table.ts';
import { meaningOfDecimal, meaningOfNumber, meaningOfText } from './stripe-meanings.ts';
import { mergeShapes } from './stripe-merge.ts';
import type { Declaration, SdkTypes } from './stripe-sdk-types.ts';
import { readDoc } from './stripe-sdk-types.ts';
import type { Part } from './stripe-type-parts.ts';
import { splitType } from './stripe-type-parts.ts';

/** Which end of a call a type describes. */
export type Side = 'params' | 'row';

/** What a call answers. */
export interface RowName {
  readonly shape: string;
  /** Stripe's `object` name; several, joined by `|`, where the answer is one of several. */
  readonly object: string;
}

/** Collects shapes as they are asked for, with all that they lead to. */
export interface ShapeReader {
  /** The name of the shape of a method's parameters; `expand`, which every v1 call takes, is not among them. */
  readParams(type: ts.TypeNode): string;
  /** The shape of an answer; a deleted stub among the alternatives is left out. Absent for bytes. */
  readRow(type: ts.TypeNode): RowName | undefined;
  readonly shapes: ReadonlyMap<string, Shape>;
  /** What the SDK says, by name of the shape and then of the property. */
  readonly docs: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** The shape of an answer in which there is nothing. */
const NOTHING = 'Nothing';

interface Place {
  readonly side: Side;
  readonly shape: string;
  readonly property: string;
  readonly doc: string;
}

export function createShapeReader(sdk: SdkTypes): ShapeReader {
  const shapes = new Map<string, Record<string, Property>>();
  const sides = new Map<string, Side>();
  const docs = new Map<string, Map<string, string>>();

  /** Reads a declaration's properties once; returns its name at once when it is being read already. */
  const readShape = (declaration: Declaration | ts.TypeLiteralNode, name: string, side: Side): string => {
    const known = sides.get(name);
    if (known !== undefined && known !== side) throw new Error(`${name} stands both for parameters and in a row`);
    if (known !== undefined) return name;
    sides.set(name, side);
    const shape: Record<string, Property> = {};
    shapes.set(name, shape);
    const said = new Map<string, string>();
    docs.set(name, said);
    for (const member of membersOf(sdk, declaration)) {
      const property = member.name.getText().replaceAll(/^['"]|['"]$/g, '');
      if (member.type === undefined || (side === 'params' && property === 'expand')) continue;
      const doc = readDoc(member);
      const read = readProperty(member.type, { side, shape: name, property, doc }, member.questionToken !== undefined);
      if (read === undefined) continue;
      shape[property] = read;
      said.set(property, doc);
    }
    return name;
  };

  /** A few types serve both sides under one name; what one may send of them then has a name of its own. */
  const nameOf = (declaration: Declaration, side: Side): string => {
    const name = sdk.nameOf(declaration);
    return side === 'row' || /Params?(?:\.|$)/.test(name) ? name : `${name}Params`;
  };

  const readProperty = (type: ts.TypeNode, place: Place, optional: boolean): Property | undefined => {
    const { parts, nullable, emptyable, never } = splitType(sdk, type);
    if (never && parts.length === 0) return undefined;
    const core = combine(parts, place);
    if (place.side === 'row') return nullable || optional ? { ...core, nullable: true } : core;
    return { ...core, ...(!optional && { required: true as const }), ...((nullable || emptyable) && { emptyable: true as const }) };
  };

  /** An element of an array or map: neither required nor left out. */
  const readElement = (type: ts.TypeNode, place: Place): Property => {
    const { parts, nullable, emptyable } = splitType(sdk, type);
    const core = combine(parts, place);
    if (place.side === 'row') return nullable ? { ...core, nullable: true } : core;
    return nullable || emptyable ? { ...core, emptyable: true } : core;
  };

  const combine = (parts: readonly Part[], place: Place): Property => {
    const living = parts.filter((part) => part.kind !== 'object' || !isDeletedStub(part.declaration));
    const text = living.some((part) => part.kind === 'text');
    const objects = living.filter((part) => part.kind === 'object').map((part) => part.declaration);
    const names = objects.map((declaration) => objectName(sdk, declaration));
    if (text && objects.length > 0 && names.every((name) => name !== undefined)) return expandable(objects, names.join('|'), place);
    const literals = living.filter((part) => part.kind === 'literal').map((part) => part.value);
    const alternatives: Property[] = [];
    if (literals.length > 0 && !text) alternatives.push({ type: 'enum', enum: [...new Set(literals)].sort() });
    for (const part of living) {
      if (part.kind === 'literal') continue;
      const alternative = readPart(part, place);
      if (!alternatives.some((other) => JSON.stringify(other) === JSON.stringify(alternative))) alternatives.push(alternative);
    }
    const [only] = alternatives;
    if (only === undefined) throw new Error(`nothing to be said of ${place.shape}.${place.property}`);
    return alternatives.length === 1 ? only : { type: 'union', of: alternatives };
  };

  const expandable = (objects: readonly Declaration[], expands: string, place: Place): Property => {
    const [only] = objects;
    if (objects.length === 1 && only !== undefined) return { type: 'string', expands, shape: readShape(only, nameOf(only, place.side), place.side) };
    const of = objects.map((one): Property => ({ type: 'object', shape: readShape(one, nameOf(one, place.side), place.side) }));
    return { type: 'string', expands, of };
  };

  const readPart = (part: Exclude<Part, { kind: 'literal' }>, place: Place): Property => {
    switch (part.kind) {
      case 'text': return meaningOfText(place);
      case 'number': return meaningOfNumber(place);
      case 'bigint': return { type: 'integer', format: 'int64' };
      case 'decimal': return meaningOfDecimal(place);
      case 'boolean': case 'file': return { type: part.kind };
      case 'anything': return { type: 'object' };
      case 'array': return { type: 'array', items: readElement(part.element, place) };
      case 'list': return { type: 'object', list: true, items: readElement(part.element, place) };
      case 'map': return part.value === undefined ? { type: 'map' } : { type: 'map', items: readElement(part.value, place) };
      case 'object': return readObject(part.declaration, nameOf(part.declaration, place.side), place);
      case 'literal-object':
        return readObject(part.node, part.alias ? nameOf(part.alias, place.side) : `${place.shape}.${pascal(place.property)}`, place);
    }
  };

  /** An object without any known property has no shape: anything may be in it. */
  const readObject = (declaration: Declaration | ts.TypeLiteralNode, name: string, place: Place): Property =>
    membersOf(sdk, declaration).length === 0 ? { type: 'object' } : { type: 'object', shape: readShape(declaration, name, place.side) };

  const readRow = (type: ts.TypeNode): RowName | undefined => {
    if (type.getText() === 'StripeStreamResponse') return undefined;
    if (type.kind === ts.SyntaxKind.VoidKeyword) {
      shapes.set(NOTHING, {});
      return { shape: NOTHING, object: '' };
    }
    const found = splitType(sdk, type).parts.filter((part) => part.kind === 'object').map((part) => part.declaration);
    const living = found.filter((declaration) => !isDeletedStub(declaration));
    const rows = living.length === 0 ? found : living;
    const names = rows.map((declaration) => readShape(declaration, sdk.nameOf(declaration), 'row'));
    const object = [...new Set(rows.map((declaration) => objectName(sdk, declaration) ?? ''))].join('|');
    const [only] = names;
    if (only === undefined) throw new Error(`no row in ${type.getText()}`);
    if (names.length === 1) return { shape: only, object };
    const shape = unionName(type);
    if (!shapes.has(shape)) {
      const base = commonBase(sdk, rows);
      const order = base === undefined ? names : [readShape(base, sdk.nameOf(base), 'row'), ...names];
      shapes.set(shape, mergeShapes(order, shapes, base !== undefined));
      docs.set(shape, new Map(order.toReversed().flatMap((name) => [...(docs.get(name) ?? [])])));
    }
    return { shape, object };
  };

  const unionName = (type: ts.TypeNode): string => {
    const members = ts.isUnionTypeNode(type) ? [...type.types] : [type];
    for (const member of members) {
      const declaration = ts.isTypeReferenceNode(member) ? sdk.resolve(member) : undefined;
      if (declaration !== undefined && ts.isTypeAliasDeclaration(declaration) && !declaration.name.text.startsWith('Deleted')) return sdk.nameOf(declaration);
    }
    return members.map((member) => member.getText()).filter((name) => !name.startsWith('Deleted')).join('Or');
  };

  return {
    shapes, docs, readRow,
    readParams(type) {
      const declaration = ts.isTypeReferenceNode(type) ? sdk.resolve(type) : undefined;
      if (declaration === undefined) throw new Error(`no declaration of the parameters ${type.getText()}`);
      return readShape(declaration, sdk.nameOf(declaration), 'params');
    },
  };
}

/** A declaration's properties, those of what it extends first. */
function membersOf(sdk: SdkTypes, declaration: Declaration | ts.TypeLiteralNode): readonly ts.PropertySignature[] {
  const inherited = ts.isInterfaceDeclaration(declaration) ? basesOf(sdk, declaration).flatMap((base) => membersOf(sdk, base)) : [];
  const node = ts.isTypeAliasDeclaration(declaration) ? declaration.type : declaration;
  const own = 'members' in node ? [...node.members].filter((member) => ts.isPropertySignature(member)) : [];
  const overridden = new Set(own.map((member) => member.name.getText()));
  return [...inherited.filter((member) => !overridden.has(member.name.getText())), ...own];
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
function commonBase(sdk: SdkTypes, declarations: readonly Declaration[]): Declaration | undefined {
  const bases = new Set(declarations.map((declaration) => basesOf(sdk, declaration)[0]));
  return bases.size === 1 ? [...bases][0] : undefined;
}

/** The value of a declaration's `object`; absent for what is no API object. */
function objectName(sdk: SdkTypes, declaration: Declaration): string | undefined {
  const type = membersOf(sdk, declaration).find((member) => member.name.getText() === 'object')?.type;
  return type !== undefined && ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? type.literal.text : undefined;
}

/** `{id, object, deleted: true}`: what is left of an object. */
function isDeletedStub(declaration: Declaration): boolean {
  return ts.isInterfaceDeclaration(declaration) && declaration.members.some((member) => ts.isPropertySignature(member)
    && member.name.getText() === 'deleted' && member.type !== undefined && ts.isLiteralTypeNode(member.type)
    && member.type.literal.kind === ts.SyntaxKind.TrueKeyword);
}

function pascal(name: string): string {
  return name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
