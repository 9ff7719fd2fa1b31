// Turns the SDK's types into properties and named shapes, and keeps what the SDK says about each beside them.
// Knows what the alternatives of a type mean to us; must not know which of them belong to an entity or an action.

import ts from 'typescript-compiler';
import type { Property, Shape } from '../src/connectors/stripe/table.ts';
import { commonBase, isDeletedStub, membersOf, nameOfMember, objectName, ownMembers } from './stripe-declarations.ts';
import { meaningOfDecimal, meaningOfNumber, meaningOfText } from './stripe-meanings.ts';
import { mergeShapes } from './stripe-merge.ts';
import type { Declaration, SdkTypes } from './stripe-sdk-types.ts';
import { readDoc } from './stripe-sdk-types.ts';
import type { Part } from './stripe-type-parts.ts';
import { splitType } from './stripe-type-parts.ts';

/** What a call answers. */
export interface RowName {
  readonly shape: string;
  /** Stripe's `object` name; several, joined by `|`, where the answer is one of several. */
  readonly object: string;
}

/** The shapes read so far; reading one adds all that it leads to. */
export interface Shapes {
  readonly sdk: SdkTypes;
  readonly shapes: Map<string, Shape>;
  /** What the SDK says, by name of the shape and then of the property. */
  readonly docs: Map<string, Map<string, string>>;
  readonly sides: Map<string, Side>;
}

/** Which end of a call a type describes. */
type Side = 'params' | 'row';

interface Place {
  readonly side: Side;
  readonly shape: string;
  readonly property: string;
  readonly doc: string;
}

/** The shape of an answer in which there is nothing. */
const NOTHING = 'Nothing';

/** No shapes yet. */
export function startShapes(sdk: SdkTypes): Shapes {
  return { sdk, shapes: new Map(), docs: new Map(), sides: new Map() };
}

/** The name of the shape of a method's parameters; `expand`, which every v1 call takes, is not among them. */
export function readParams(into: Shapes, type: ts.TypeNode): string {
  const declaration = ts.isTypeReferenceNode(type) ? into.sdk.resolve(type) : undefined;
  if (declaration === undefined) throw new Error(`no declaration of the parameters ${type.getText()}`);
  return readShape(into, declaration, into.sdk.nameOf(declaration), 'params');
}

/** The shape of an answer; a deleted stub among the alternatives is left out. Absent for bytes. */
export function readRow(into: Shapes, type: ts.TypeNode): RowName | undefined {
  if (type.getText() === 'StripeStreamResponse') return undefined;
  if (type.kind === ts.SyntaxKind.VoidKeyword) {
    into.shapes.set(NOTHING, {});
    return { shape: NOTHING, object: '' };
  }
  const found = splitType(into.sdk, type).parts.filter((part) => part.kind === 'object').map((part) => part.declaration);
  const living = found.filter((declaration) => !isDeletedStub(declaration));
  const rows = living.length === 0 ? found : living;
  const object = [...new Set(rows.map((declaration) => objectName(into.sdk, declaration) ?? ''))].join('|');
  const [only] = rows;
  if (only === undefined) throw new Error(`no row in ${type.getText()}`);
  if (rows.length === 1) return { shape: readShape(into, only, into.sdk.nameOf(only), 'row'), object };
  const shape = unionName(into.sdk, type);
  if (!into.shapes.has(shape)) into.shapes.set(shape, readUnion(into, rows, shape));
  return { shape, object };
}

/** Reads a declaration's properties once; gives its name at once where it is being read already. */
function readShape(into: Shapes, declaration: Declaration | ts.TypeLiteralNode, name: string, side: Side): string {
  const known = into.sides.get(name);
  if (known !== undefined && known !== side) throw new Error(`${name} stands both for parameters and in a row`);
  if (known !== undefined) return name;
  const shape: Record<string, Property> = {};
  const said = new Map<string, string>();
  into.sides.set(name, side);
  into.shapes.set(name, shape);
  into.docs.set(name, said);
  for (const member of membersOf(into.sdk, declaration)) {
    if (side === 'params' && nameOfMember(member) === 'expand') continue;
    readMember(into, member, { side, shape: name }, shape, said);
  }
  return name;
}

/**
 * One shape of several: all that any of them has. Where they extend one thing (several hundred events do), what they extend
 * and what each adds; they also narrow the type of an object they all have, which is not read.
 */
function readUnion(into: Shapes, rows: readonly Declaration[], name: string): Record<string, Property> {
  const base = commonBase(into.sdk, rows);
  const names = (base === undefined ? rows : [base]).map((declaration) => readShape(into, declaration, into.sdk.nameOf(declaration), 'row'));
  const said = new Map(names.toReversed().flatMap((one) => [...into.docs.get(one) ?? []]));
  into.docs.set(name, said);
  const whole = names.map((one) => into.shapes.get(one) ?? {});
  const [common = {}] = whole;
  if (base === undefined) return mergeShapes(whole, into.shapes);
  const added = rows.map((declaration) => {
    const own: Record<string, Property> = {};
    for (const member of ownMembers(declaration)) {
      if (common[nameOfMember(member)]?.type !== 'object') readMember(into, member, { side: 'row', shape: name }, own, said);
    }
    return own;
  });
  return { ...common, ...mergeShapes(added, into.shapes) };
}

/** Adds one property to a shape and what is said of it, which stays what it is where something was said before. */
function readMember(
  into: Shapes, member: ts.PropertySignature, at: Pick<Place, 'side' | 'shape'>, shape: Record<string, Property>, said: Map<string, string>,
): void {
  if (member.type === undefined) return;
  const place: Place = { ...at, property: nameOfMember(member), doc: readDoc(member) };
  const { parts, nullable, emptyable, never } = splitType(into.sdk, member.type);
  if (never && parts.length === 0) return;
  const core = combine(into, parts, place);
  const optional = member.questionToken !== undefined;
  shape[place.property] = at.side === 'row'
    ? { ...core, ...((nullable || optional) && { nullable: true as const }) }
    : { ...core, ...(!optional && { required: true as const }), ...((nullable || emptyable) && { emptyable: true as const }) };
  if (!said.has(place.property)) said.set(place.property, place.doc);
}

/** An element of an array or a map: neither required nor left out. */
function readElement(into: Shapes, type: ts.TypeNode, place: Place): Property {
  const { parts, nullable, emptyable } = splitType(into.sdk, type);
  const core = combine(into, parts, place);
  if (place.side === 'row') return nullable ? { ...core, nullable: true } : core;
  return nullable || emptyable ? { ...core, emptyable: true } : core;
}

function combine(into: Shapes, parts: readonly Part[], place: Place): Property {
  const living = parts.filter((part) => part.kind !== 'object' || !isDeletedStub(part.declaration));
  const text = living.some((part) => part.kind === 'text');
  const objects = living.filter((part) => part.kind === 'object').map((part) => part.declaration);
  const names = objects.map((declaration) => objectName(into.sdk, declaration));
  if (text && objects.length > 0 && names.every((name) => name !== undefined)) return expandable(into, objects, names.join('|'), place);
  const literals = living.filter((part) => part.kind === 'literal').map((part) => part.value);
  const alternatives: Property[] = [];
  if (literals.length > 0 && !text) alternatives.push({ type: 'enum', enum: [...new Set(literals)].sort() });
  for (const part of living) {
    if (part.kind === 'literal') continue;
    const alternative = readPart(into, part, place);
    if (!alternatives.some((other) => JSON.stringify(other) === JSON.stringify(alternative))) alternatives.push(alternative);
  }
  const [only] = alternatives;
  if (only === undefined) throw new Error(`nothing to be said of ${place.shape}.${place.property}`);
  return alternatives.length === 1 ? only : { type: 'union', of: alternatives };
}

/** The id of an object, or the object itself. */
function expandable(into: Shapes, objects: readonly Declaration[], expands: string, { side }: Place): Property {
  const of = objects.map((one) => readShape(into, one, nameOf(into.sdk, one, side), side));
  const [shape] = of;
  return of.length === 1 && shape !== undefined
    ? { type: 'string', expands, shape }
    : { type: 'string', expands, of: of.map((name) => ({ type: 'object', shape: name })) };
}

function readPart(into: Shapes, part: Exclude<Part, { kind: 'literal' }>, place: Place): Property {
  switch (part.kind) {
    case 'text': return meaningOfText(place);
    case 'number': return meaningOfNumber(place);
    case 'decimal': return meaningOfDecimal(place);
    case 'bigint': return { type: 'integer', format: 'int64' };
    case 'boolean': case 'file': return { type: part.kind };
    case 'anything': return { type: 'object' };
    case 'array': return { type: 'array', items: readElement(into, part.element, place) };
    case 'list': return { type: 'object', list: true, items: readElement(into, part.element, place) };
    case 'map': return part.value === undefined ? { type: 'map' } : { type: 'map', items: readElement(into, part.value, place) };
    case 'object': return readObject(into, part.declaration, nameOf(into.sdk, part.declaration, place.side), place.side);
    case 'literal-object': {
      const name = part.alias ? nameOf(into.sdk, part.alias, place.side) : `${place.shape}.${pascal(place.property)}`;
      return readObject(into, part.node, name, place.side);
    }
  }
}

/** An object without any known property has no shape: anything may be in it. */
function readObject(into: Shapes, declaration: Declaration | ts.TypeLiteralNode, name: string, side: Side): Property {
  return membersOf(into.sdk, declaration).length === 0 ? { type: 'object' } : { type: 'object', shape: readShape(into, declaration, name, side) };
}

/** A few types serve both sides under one name; what one may send of them then has a name of its own. */
function nameOf(sdk: SdkTypes, declaration: Declaration, side: Side): string {
  const name = sdk.nameOf(declaration);
  return side === 'row' || /Params?(?:\.|$)/.test(name) ? name : `${name}Params`;
}

/** The SDK's name for a union, else the names in it. */
function unionName(sdk: SdkTypes, type: ts.TypeNode): string {
  const members = (ts.isUnionTypeNode(type) ? [...type.types] : [type]).filter((member) => !member.getText().startsWith('Deleted'));
  for (const member of members) {
    const declaration = ts.isTypeReferenceNode(member) ? sdk.resolve(member) : undefined;
    if (declaration !== undefined && ts.isTypeAliasDeclaration(declaration)) return sdk.nameOf(declaration);
  }
  return members.map((member) => member.getText()).join('Or');
}

function pascal(name: string): string {
  return name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
