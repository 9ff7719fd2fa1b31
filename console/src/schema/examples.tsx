// Examples that are run: each opens the task with its inputs filled in.
import PlayArrow from '@mui/icons-material/PlayArrow';
import { Box, Button, Typography } from '@mui/material';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf } from '../app/place.ts';
import { JsonView } from '../parts/code-block.tsx';
import { type BroughtAlong, type Choice, choiceText } from '../task/choice.ts';
import type { TaskInputs } from '../task/inputs.ts';

export interface ExampleProps {
  readonly connection: string;
  readonly choice: Choice;
  readonly inputs: Partial<TaskInputs>;
  /** The inputs as they are read. */
  readonly told: Readonly<Record<string, unknown>>;
}

export function Example({ connection, choice, inputs, told }: ExampleProps): JSX.Element {
  const { t } = useTranslation();
  const [at] = useState(() => Date.now());
  const title = choice.kind === 'action' ? t('schema.example') : t(`operations.${choice.operation}`);
  const link = { to: `${addressOf(connection, 'task')}?${choiceText(choice).toString()}`, state: { inputs, at } satisfies BroughtAlong };
  return (
    <Box sx={{ minWidth: 0 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, my: 0.5 }}>
        <Typography component="h4" variant="subtitle2" sx={{ flexGrow: 1 }}>{title}</Typography>
        <Button size="small" startIcon={<PlayArrow />} component={Link} {...link} aria-label={`${t('schema.tryIt')}: ${title}`}>{t('schema.tryIt')}</Button>
      </Box>
      {Object.keys(told).length === 0 ? null : <JsonView value={told} label={title} maxHeight={220} />}
    </Box>
  );
}
