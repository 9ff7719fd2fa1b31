// What is said of the whole API, before one chooses an operation.
import { Box, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { descriptionQuery } from '../api/description.ts';
import { Facts } from '../parts/facts.tsx';
import { groupsOf } from './listed.ts';

export function About(): JSX.Element | null {
  const { t } = useTranslation();
  const { data } = useQuery(descriptionQuery);
  if (data === undefined) return null;
  const { title, version, summary, description } = data.info;
  return (
    <Box component="article" aria-labelledby="about-name">
      <Typography id="about-name" component="h2" variant="h2">{title} {version}</Typography>
      <Typography lang="en" sx={{ my: 1 }}>{summary}</Typography>
      {description.split('\n\n').map((paragraph) => <Typography key={paragraph} lang="en" sx={{ my: 1, overflowWrap: 'anywhere' }}>{paragraph}</Typography>)}
      <Typography component="h3" variant="subtitle1" sx={{ mt: 3, mb: 1, fontWeight: 600 }}>{t('reference.groups')}</Typography>
      <Facts facts={groupsOf(data).map(({ name, description: text }) => ({ name, value: <span lang="en">{text}</span> }))} />
    </Box>
  );
}
