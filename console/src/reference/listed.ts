// The operations of the document, each with its place, in groups, and found by words. Pure.
import type { Answer, DescribedOperation, Description, Parameter, Reference } from '../api/description.ts';

export interface Listed {
  readonly method: string;
  readonly path: string;
  readonly operation: DescribedOperation;
}

export interface Group {
  readonly name: string;
  readonly description: string;
  readonly operations: readonly Listed[];
}

export function groupsOf({ tags, paths }: Description): readonly Group[] {
  const all = Object.entries(paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })));
  return tags.map(({ name, description }) => ({ name, description, operations: all.filter(({ operation }) => operation.tags.includes(name)) })).filter(({ operations }) => operations.length > 0);
}

/** Operations of which every word is said somewhere: in their id, path, method, permission, or what they do. */
export function found(groups: readonly Group[], search: string): readonly Group[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return groups.map((group) => ({ ...group, operations: group.operations.filter((one) => words.every((word) => textOf(one).includes(word))) })).filter(({ operations }) => operations.length > 0);
}

function textOf({ method, path, operation }: Listed): string {
  return [method, path, operation.operationId, operation.summary, operation['x-konektor-permission'] ?? ''].join(' ').toLowerCase();
}

export function isServed({ operation }: Listed): boolean {
  return operation['x-konektor-served'] !== false;
}

export function parametersOf({ parameters = [] }: DescribedOperation, { components }: Description): readonly Parameter[] {
  return parameters.map((one) => ('$ref' in one ? components.parameters[nameOf(one)] : one)).filter((one) => one !== undefined);
}

export interface ListedAnswer {
  readonly status: string;
  readonly answer: Answer;
}

export function answersOf({ responses }: DescribedOperation, { components }: Description): readonly ListedAnswer[] {
  return Object.entries(responses).flatMap(([status, one]) => {
    const answer = '$ref' in one ? components.responses[nameOf(one)] : one;
    return answer === undefined ? [] : [{ status, answer }];
  });
}

/** `#/components/schemas/Connection` → `Connection` */
export function nameOf({ $ref }: Reference): string {
  return $ref.split('/').at(-1) ?? '';
}
