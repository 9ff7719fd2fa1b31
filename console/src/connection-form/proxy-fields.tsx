// The proxy that a connection goes through: what every connector has.
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { isOfProxy, usesProxy } from './body.ts';
import { DestinationFields } from './destination-fields.tsx';
import { useConnectionForm } from './form-context.ts';
import { Group } from './group.tsx';
import { VariableField } from './variable-field.tsx';

export function ProxyFields(): JSX.Element | null {
  const { t } = useTranslation();
  const { version, draft } = useConnectionForm();
  const variables = version?.configVariableTemplates ?? [];
  const enabled = variables.find(({ key }) => key === 'proxy_enabled');
  if (version === undefined || enabled === undefined) return null;
  return (
    <Group title={t('connectionForm.proxy')}>
      <VariableField template={enabled} />
      {usesProxy(draft) ? (
        <>
          {variables.filter(({ key }) => isOfProxy(key)).map((template) => <VariableField key={template.key} template={template} />)}
          {version.destinationConfigTemplates.filter(({ key }) => isOfProxy(key)).map((template) => <DestinationFields key={template.key} template={template} />)}
        </>
      ) : null}
    </Group>
  );
}
