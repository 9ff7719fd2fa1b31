// Turns types of the SDK's declarations into the compact shapes of sdk.generated.json, each distinct one written once.
// It must not know the server: only types go in and plain data comes out.
import ts from 'typescript-compiler';

/** A type, as data: see sdk.ts for what each form means. */
export type ShapeType = string | readonly [string, ...unknown[]];

/** One property: name, type, flags (1 always there or required, 2 may be null or emptied). */
export type ShapeField = readonly [name: string, type: ShapeType, flags: number];

const NUMBER_WORDS = new Set(['Decimal', 'DecimalImpl']);

function nameOf(type: ts.Type): string {
  return type.aliasSymbol?.name ?? type.symbol?.name ?? '';
}

/** Parameters may have an `object` too (a card, a bank account), but are no rows. */
function isOfParameters(type: ts.Type): boolean {
  for (let node: ts.Node | undefined = type.symbol.declarations?.[0]; node !== undefined; node = node.parent) {
    if ((ts.isModuleDeclaration(node) || ts.isInterfaceDeclaration(node)) && node.name.text.endsWith('Params')) return true;
  }
  return false;
}

/** Collects shapes and enums while types are read, so that equal ones share one number. */
export class ShapeReader {
  readonly shapes: (readonly ShapeField[])[] = [];
  readonly enums: (readonly string[])[] = [];
  readonly rows = new Map<string, ts.Type>();
  private readonly shapeNumbers = new Map<string, number>();
  private readonly enumNumbers = new Map<string, number>();
  private readonly reading: ts.Type[] = [];
  private readonly checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.checker = checker;
  }

  /** The number of the shape with this type's properties. */
  shapeOf(type: ts.Type): number {
    this.reading.push(type);
    const fields = type
      .getProperties()
      .map((property) => this.field(property))
      .filter((field) => field !== undefined)
      .sort((a, b) => (a[0] < b[0] ? -1 : 1));
    this.reading.pop();
    return this.intern(this.shapes, this.shapeNumbers, fields);
  }

  /** The type of a value, without what says that it may be absent or null. */
  typeOf(type: ts.Type): ShapeType {
    const parts = this.partsOf(type);
    const literals = parts.filter((part) => part.isStringLiteral()).map((part) => part.value).filter((value) => value !== '');
    const others = parts.filter((part) => !part.isStringLiteral() && !this.isAnyString(part));
    const types = this.merge(others);
    if (literals.length > 0) types.push(['enum', this.intern(this.enums, this.enumNumbers, [...new Set(literals)].sort())]);
    else if (parts.some((part) => this.isAnyString(part))) types.push('string');
    if (types.length === 0) return 'unknown';
    return types.length === 1 ? (types[0] ?? 'unknown') : ['or', ...types];
  }

  /** The `object` literal that a row of this type carries, if it is a row. */
  objectOf(type: ts.Type): string | undefined {
    const property = type.isUnion() ? undefined : type.getProperty('object');
    if (property === undefined || isOfParameters(type)) return undefined;
    const literal = this.checker.getTypeOfSymbol(property);
    return literal.isStringLiteral() && literal.value !== 'list' ? literal.value : undefined;
  }

  /** Whether a type is the stub that stands for a deleted row. */
  isDeletedStub(type: ts.Type): boolean {
    const property = type.getProperty('deleted');
    return property !== undefined && this.checker.typeToString(this.checker.getTypeOfSymbol(property)) === 'true';
  }

  /** The members of a union that are neither null nor undefined. */
  partsOf(type: ts.Type): ts.Type[] {
    const parts = type.isUnion() ? type.types : [type];
    return parts.filter((part) => (part.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void)) === 0);
  }

  private field(property: ts.Symbol): ShapeField | undefined {
    const type = this.checker.getTypeOfSymbol(property);
    if (property.name === 'deleted' || property.name === 'lastResponse') return undefined;
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const parts = type.isUnion() ? type.types : [type];
    const empty = parts.some((part) => (part.flags & ts.TypeFlags.Null) !== 0 || (part.isStringLiteral() && part.value === ''));
    return [property.name, this.typeOf(type), (optional ? 0 : 1) + (empty ? 2 : 0)];
  }

  /** `string & Record<never, never>`, the SDK's word for "and any other string", is no literal and no plain string. */
  private isAnyString(part: ts.Type): boolean {
    return (part.flags & ts.TypeFlags.String) !== 0 || part.isIntersection();
  }

  private merge(parts: readonly ts.Type[]): ShapeType[] {
    const types: ShapeType[] = [];
    const objects: string[] = [];
    for (const part of parts) {
      const object = this.objectOf(part);
      if (object !== undefined) {
        if (!this.isDeletedStub(part) && !this.rows.has(object)) this.rows.set(object, part);
        if (!objects.includes(object)) objects.push(object);
      } else {
        const type = this.single(part);
        if (!types.some((one) => JSON.stringify(one) === JSON.stringify(type))) types.push(type);
      }
    }
    if (objects.length > 0) types.push(['row', ...objects.sort()]);
    return types;
  }

  private single(type: ts.Type): ShapeType {
    if ((type.flags & ts.TypeFlags.BooleanLike) !== 0) return 'boolean';
    if (NUMBER_WORDS.has(nameOf(type))) return 'decimal';
    if ((type.flags & ts.TypeFlags.NumberLike) !== 0) return 'number';
    if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return 'unknown';
    const name = nameOf(type);
    if (name === 'FileData' || name === 'Buffer' || name === 'Uint8Array') return 'file';
    if (name === 'Date') return 'string';
    if (this.checker.isArrayType(type)) return ['array', this.typeOf(this.argument(type))];
    if (name === 'ApiList') return ['list', this.typeOf(this.argument(type))];
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (index !== undefined) return ['map', this.typeOf(index)];
    if (this.reading.includes(type)) return 'unknown';
    return ['object', this.shapeOf(type)];
  }

  /** What a generic is of: `Array<T>`, `ApiList<T>`. */
  private argument(type: ts.Type): ts.Type {
    const first = type.aliasTypeArguments?.[0] ?? this.checker.getTypeArguments(type as ts.TypeReference)[0];
    if (first === undefined) throw new Error(`${nameOf(type)} has no argument`);
    return first;
  }

  private intern<T>(table: T[], numbers: Map<string, number>, value: T): number {
    const key = JSON.stringify(value);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, table.length);
    table.push(value);
    return table.length - 1;
  }
}
