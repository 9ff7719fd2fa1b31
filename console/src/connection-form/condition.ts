// Whether a variable is needed, by the values of others: for the mark beside its name. Whether it is missing is said by the server.
import type { Condition, VariableTemplate } from '../api/catalogue.ts';

export function isNeeded({ required, requiredCondition }: Pick<VariableTemplate, 'required' | 'requiredCondition'>, valueOf: (key: string) => string): boolean {
  return required === true || (requiredCondition !== undefined && holds(requiredCondition, valueOf));
}

function holds({ fieldComparisons = [], logicalExpressions = [], logicalOperator }: Condition, valueOf: (key: string) => string): boolean {
  const parts = [
    ...fieldComparisons.map(({ key, comparator, stringValue, intValue, boolValue }) => (valueOf(key) === String(stringValue ?? intValue ?? boolValue ?? '')) === (comparator === 'EQUALS')),
    ...logicalExpressions.map((one) => holds(one, valueOf)),
  ];
  return logicalOperator === 'OR' ? parts.some(Boolean) : parts.every(Boolean);
}
