import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

const pause = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('turns', () => {
  it('are taken one after the other under one key, and side by side under two', async () => {
    const turns = new Turns();
    const steps: string[] = [];
    const work = (name: string) => async (): Promise<string> => {
      steps.push(`${name} begins`);
      await pause();
      steps.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([turns.take('a', work('1')), turns.take('a', work('2')), turns.take('b', work('3'))])).toEqual(['1', '2', '3']);
    expect(steps.filter((step) => !step.startsWith('3'))).toEqual(['1 begins', '1 ends', '2 begins', '2 ends']);
    expect(steps.indexOf('3 begins')).toBeLessThan(steps.indexOf('1 ends'));
    expect(turns.busy).toBe(0);
  });

  it('go on after work that failed', async () => {
    const turns = new Turns();
    const failed = turns.take('a', () => Promise.reject(new Error('no')));
    const next = turns.take('a', () => Promise.resolve('yes'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
    expect(turns.busy).toBe(0);
  });
});
