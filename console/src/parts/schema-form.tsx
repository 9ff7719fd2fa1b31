// A form from a JSON Schema, checked while one types.
import { Form } from '@rjsf/mui';
import type { RJSFSchema, RJSFValidationError } from '@rjsf/utils';
import type { TFunction } from 'i18next';
import { type JSX, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { templates, widgets } from './form-templates.tsx';
import { validator } from './validator.ts';

const WITHOUT_BUTTON = { 'ui:submitButtonOptions': { norender: true } };

export interface SchemaFormProps {
  readonly schema: RJSFSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** Beginning of the ids of its fields, where a page has several forms. */
  readonly idPrefix: string;
}

/** Fields alone: it stands in the form of a page, whose button sends it. */
export function SchemaForm({ schema, value, onChange, idPrefix }: SchemaFormProps): JSX.Element {
  const { t } = useTranslation();
  const transformErrors = useMemo(() => (errors: RJSFValidationError[]): RJSFValidationError[] => errors.map((error) => ({ ...error, message: messageOf(error, t) })), [t]);
  return (
    <Form
      tagName="div" schema={schema} validator={validator} templates={templates} widgets={widgets} formData={value} idPrefix={idPrefix} liveValidate="onChange" showErrorList={false}
      uiSchema={WITHOUT_BUTTON} transformErrors={transformErrors} experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipDefaults' }} onChange={({ formData }) => onChange(formData)}
    />
  );
}

type Translate = TFunction;

/** What an interpreter says is for programmers; the usual faults are said in the reader's words. */
function messageOf({ name = '', message = '', params }: RJSFValidationError, t: Translate): string {
  const missing: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, 'missingProperty') : undefined;
  if (missing !== undefined) return t('form.required');
  // Key by key: the compiler follows no choice among the keys of so many words.
  const known: Readonly<Record<string, string>> = {
    type: t('form.type'), pattern: t('form.pattern'), enum: t('form.enum'), minimum: t('form.minimum'), maximum: t('form.maximum'), minLength: t('form.short'), maxLength: t('form.long'), format: t('form.format'),
  };
  return known[name] ?? message;
}
