import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { faultsOfAnswer, shapeOfAnswers } from './answer-shape.ts';
import { AnyObject } from './schema.ts';

const output = Type.Object({
  rows: Type.Array(Type.String()), facts: Type.Record(Type.String(), Type.Unknown()), state: Type.Enum(['A', 'B']), count: Type.Integer(), sure: Type.Boolean(),
  either: Type.Union([Type.Integer(), Type.Literal('unbounded')]), pageToken: Type.Optional(Type.String()),
});

describe('the shape of answers', () => {
  it('is what is always there, where it is of one kind', () => {
    expect(shapeOfAnswers(output)).toEqual({ rows: 'array', facts: 'object', state: 'string', count: 'number', sure: 'boolean' });
    expect(shapeOfAnswers(Type.Record(Type.String(), Type.Unknown()))).toEqual({});
  });

  it('is missed by what lacks a member, or has it of another kind', () => {
    const shape = shapeOfAnswers(output);
    const whole = { rows: [], facts: {}, state: 'A', count: 3, sure: false, more: 1 };
    expect(faultsOfAnswer(whole, shape)).toEqual([]);
    const { sure: _sure, ...without } = whole;
    expect(faultsOfAnswer({ ...without, rows: {}, facts: null, count: '3' }, shape)).toEqual(['rows is no array', 'facts is no object', 'count is no number', 'sure is missing']);
    expect(faultsOfAnswer({ ...whole, facts: [] }, shape)).toEqual(['facts is no object']);
    expect(faultsOfAnswer({}, shapeOfAnswers(Type.Object({ toString: AnyObject, constructor: AnyObject })))).toEqual(['toString is missing', 'constructor is missing']);
  });
});
