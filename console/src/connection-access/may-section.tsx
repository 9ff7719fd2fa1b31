// Questions about who may what, answered from the policies and, for who asks, by the server.
import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import RemoveCircleOutlined from '@mui/icons-material/RemoveCircleOutlined';
import { Box, List, ListItem, MenuItem, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Member } from '../access/member.tsx';
import { useRoles } from '../access/use-roles.ts';
import { useMay } from '../api/permissions.ts';
import { policyQuery } from '../api/policies.ts';
import { useAddressValue } from '../parts/address-state.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Section } from '../parts/section.tsx';
import { holdersOf } from './holders.ts';

const DEEDS = {
  list: 'connectors.entities.list', change: 'connectors.entities.update', remove: 'connectors.entities.delete', execute: 'connectors.actions.execute', see: 'connectors.connections.get', edit: 'connectors.connections.update',
  drop: 'connectors.connections.delete', log: 'konektor.logs.get', settle: 'konektor.writes.reconcile', share: 'connectors.connections.setIamPolicy',
} as const;
type Deed = keyof typeof DEEDS;
const ORDER = Object.keys(DEEDS) as readonly Deed[];
const ASKED = Object.values(DEEDS);

export function MaySection({ connection, project }: { readonly connection: string; readonly project: string }): JSX.Element {
  const { t } = useTranslation();
  const [chosen, setChosen] = useAddressValue('deed');
  const deed = ORDER.find((one) => one === chosen) ?? 'list';
  const may = useMay(connection, ASKED);
  const { data: roles = [] } = useRoles();
  const own = useQuery(policyQuery(connection));
  const inherited = useQuery(policyQuery(project));
  const holders = holdersOf(DEEDS[deed], roles, own.data, inherited.data);
  const titleOf = (role: string): string => roles.find(({ name }) => name === role)?.title ?? role;
  const mine = may(DEEDS[deed]);
  const failure = own.error ?? inherited.error;
  return (
    <Section title={t('may.title')} help={t('may.help')}>
      <TextField select label={t('may.question')} value={deed} onChange={({ target }) => setChosen(target.value === 'list' ? '' : target.value)} sx={{ maxWidth: 420 }}>
        {ORDER.map((one) => <MenuItem key={one} value={one}>{t(`may.deeds.${one}`)}</MenuItem>)}
      </TextField>
      <Box role="status" sx={{ mt: 1.5 }}>
        <Typography variant="body2" sx={{ display: 'flex', alignItems: 'center', gap: 0.5, fontWeight: 600 }}>
          {mine ? <CheckCircleOutlined fontSize="small" color="success" /> : <RemoveCircleOutlined fontSize="small" color="error" />}{t(mine ? 'may.youMay' : 'may.youMayNot')}
        </Typography>
        {failure !== null ? <ErrorAlert error={failure} /> : own.data === undefined || inherited.data === undefined ? null : holders.length === 0 ? <Typography variant="body2" sx={{ mt: 1 }}>{t('may.nobody')}</Typography> : (
          <List dense disablePadding aria-label={t(`may.deeds.${deed}`)}>
            {holders.map(({ member, role, where }) => (
              <ListItem key={`${member} ${role} ${where}`} disableGutters sx={{ display: 'block', overflowWrap: 'anywhere' }}>
                <Member member={member} /> <Typography component="span" variant="body2" sx={{ color: 'text.secondary' }}>{t('may.by', { role: titleOf(role), where: t(`may.where.${where}`) })}</Typography>
              </ListItem>
            ))}
          </List>
        )}
      </Box>
    </Section>
  );
}
