// Checks forms by interpreting their JSON Schema: the policy of the page evaluates nothing, and compiled checks need that.
import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import { createErrorHandler, getDefaultFormState, type RJSFSchema, type RJSFValidationError, toErrorSchema, unwrapErrorHandler, validationDataMerge, type ValidatorType } from '@rjsf/utils';

type Data = unknown;

/** Keywords that only say that something below them failed: the faults below are told by themselves. */
const FRAMES = new Set(['properties', 'items', 'allOf', 'additionalProperties', 'if', 'then', 'else', '$ref', 'additionalItems', 'dependentSchemas']);

/** Every fault of a value, at its place. */
export function faultsOf(schema: RJSFSchema, data: Data): readonly OutputUnit[] {
  const { valid, errors } = new Validator(schema as Schema, '7', false).validate(data);
  return valid ? [] : errors.filter(({ keyword }) => !FRAMES.has(keyword));
}

function toError({ keyword, keywordLocation, instanceLocation, error }: OutputUnit): RJSFValidationError {
  const missing = keyword === 'required' ? /"([^"]+)"/.exec(error)?.[1] : undefined;
  const path = instanceLocation.split('/').slice(1).map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'));
  const property = [...path, ...(missing === undefined ? [] : [missing])].map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join('');
  return { name: keyword, message: error, params: missing === undefined ? {} : { missingProperty: missing }, property, schemaPath: keywordLocation, stack: `${property} ${error}`.trim() };
}

export const validator: ValidatorType<Data> = {
  validateFormData(formData, schema, customValidate, transformErrors, uiSchema) {
    let errors = faultsOf(schema, formData).map(toError);
    if (transformErrors !== undefined) errors = transformErrors(errors, uiSchema);
    const found = { errors, errorSchema: toErrorSchema<Data>(errors) };
    if (customValidate === undefined) return found;
    const complete = getDefaultFormState(validator, schema, formData, schema, true);
    const own = unwrapErrorHandler(customValidate(complete, createErrorHandler(complete), uiSchema));
    return validationDataMerge(found, own);
  },
  isValid: (schema, formData, rootSchema) => {
    const definitions = rootSchema.definitions ?? rootSchema.$defs;
    return new Validator((definitions === undefined ? schema : { definitions, $defs: definitions, ...schema }) as Schema, '7', true).validate(formData).valid;
  },
  // The library lets its caller say what faults look like, which nobody here can promise: they are told as one error.
  rawValidation(schema, formData) {
    const faults = faultsOf(schema, formData).map((fault) => toError(fault).stack);
    return faults.length === 0 ? {} : { validationError: new Error(faults.join('; ')) };
  },
};
