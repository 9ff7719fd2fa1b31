// Everything that there is to see of something, as JSON: closed until somebody wants it.
import ExpandMore from '@mui/icons-material/ExpandMore';
import { Accordion, AccordionDetails, AccordionSummary, Typography } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { JsonView } from './code-block.tsx';

export function JsonDisclosure({ value, label }: { readonly value: unknown; readonly label: string }): JSX.Element {
  const { t } = useTranslation();
  return (
    <Accordion variant="outlined" disableGutters sx={{ mt: 2 }} slotProps={{ heading: { component: 'h3' }, transition: { unmountOnExit: true } }}>
      <AccordionSummary expandIcon={<ExpandMore />}><Typography variant="body2" sx={{ fontWeight: 600 }}>{t('common.asJson')}</Typography></AccordionSummary>
      <AccordionDetails><JsonView value={value} label={label} /></AccordionDetails>
    </Accordion>
  );
}
