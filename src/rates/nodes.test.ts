import { describe, expect, it } from 'vitest';
import { createNodes, type Load } from './nodes.ts';

const told = (nodes: { tell(load: Load): number }, load: Load, times: number): readonly number[] => Array.from({ length: times }, () => nodes.tell(load));

describe('nodes', () => {
  it('leave a burst of one second to the queue, and double while demand lasts', () => {
    const nodes = createNodes({ min: 2, max: 50 }, 6, 60);
    expect(told(nodes, { asked: 100, short: true }, 1)).toEqual([2]);
    expect(told(nodes, { asked: 5, short: false }, 1)).toEqual([2]);
    expect(told(nodes, { asked: 900, short: true }, 7)).toEqual([2, 4, 8, 16, 32, 50, 50]);
  });

  it('are no more than the demand needs', () => {
    const nodes = createNodes({ min: 2, max: 50 }, 6, 60);
    expect(told(nodes, { asked: 30, short: true }, 3)).toEqual([2, 4, 5]);
  });

  it('grow by one where all that there are is used and something still waits', () => {
    const nodes = createNodes({ min: 2, max: 4 }, 6, 60);
    expect(told(nodes, { asked: 12, short: true }, 5)).toEqual([2, 3, 4, 4, 4]);
  });

  it('come down to what was enough for the whole of the idle time', () => {
    const nodes = createNodes({ min: 2, max: 50 }, 6, 10);
    told(nodes, { asked: 900, short: true }, 7);
    expect(told(nodes, { asked: 40, short: false }, 1)).toEqual([50]);
    expect(told(nodes, { asked: 10, short: false }, 9)).toEqual([...Array.from({ length: 8 }, () => 50), 9]);
    expect(told(nodes, { asked: 0, short: false }, 10)).toEqual([...Array.from({ length: 9 }, () => 9), 2]);
  });

  it('do not come down while they are used by more than four fifths', () => {
    const nodes = createNodes({ min: 1, max: 10 }, 6, 2);
    told(nodes, { asked: 60, short: true }, 6);
    expect(nodes.count).toBe(10);
    expect(told(nodes, { asked: 48, short: false }, 5)).toEqual([10, 10, 10, 10, 10]);
    expect(told(nodes, { asked: 43, short: false }, 5).at(-1)).toBe(9);
  });

  it('keep to other limits at once', () => {
    const nodes = createNodes({ min: 2, max: 50 }, 6, 60);
    nodes.set(nodes.count, { min: 5, max: 7 });
    expect(nodes.count).toBe(5);
    nodes.set(50, { min: 5, max: 7 });
    expect(nodes.count).toBe(7);
  });
});
