// The outer shape of what a row answers: the members that are always there, and of which kind each is. Read from the schema of its
// output; callers look at answers by it, since what comes from elsewhere may be anything. What lies within a member it does not know.
import type { TSchema } from 'typebox';

export type MemberKind = 'array' | 'object' | 'string' | 'number' | 'boolean';

/** `{ entities: 'array' }`; empty for what may answer any object. */
export type AnswerShape = Readonly<Record<string, MemberKind>>;

export function shapeOfAnswers(output: TSchema): AnswerShape {
  const properties = memberOf(output, 'properties');
  const required = memberOf(output, 'required');
  const shape: Record<string, MemberKind> = {};
  for (const name of Array.isArray(required) ? required.filter((one) => typeof one === 'string') : []) {
    const kind = kindOf(memberOf(properties, name));
    if (kind !== undefined) shape[name] = kind;
  }
  return shape;
}

/** `entities is missing`, `entities is no array`; empty where the answer has this shape. */
export function faultsOfAnswer(answer: object, shape: AnswerShape): readonly string[] {
  return Object.entries(shape).flatMap(([name, kind]) => {
    const value = memberOf(answer, name);
    if (value === undefined) return [`${name} is missing`];
    return kindOfValue(value) === kind ? [] : [`${name} is no ${kind}`];
  });
}

/** Undefined for what may be of several kinds. */
function kindOf(schema: unknown): MemberKind | undefined {
  const [type, values] = [memberOf(schema, 'type'), memberOf(schema, 'enum')];
  if (type === 'integer') return 'number';
  if (type === 'array' || type === 'object' || type === 'string' || type === 'number' || type === 'boolean') return type;
  return Array.isArray(values) && values.every((value) => typeof value === 'string') ? 'string' : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function kindOfValue(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}
