// How a write stands, in the words of the journal.
import { Chip } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Write } from '../api/writes.ts';

const LOOKS = {
  UNDER_WAY: { colour: 'info', word: 'underWay' }, UNKNOWN: { colour: 'warning', word: 'unknown' }, NOT_DONE: { colour: 'default', word: 'notDone' }, SUCCEEDED: { colour: 'success', word: 'succeeded' },
  FAILED: { colour: 'error', word: 'failed' },
} as const;

/** Its key among the words. */
export const wordOfState = (state: Write['state']): (typeof LOOKS)[Write['state']]['word'] => LOOKS[state].word;

export function WriteChip({ state }: Pick<Write, 'state'>): JSX.Element {
  const { t } = useTranslation();
  return <Chip size="small" variant="outlined" color={LOOKS[state].colour} label={t(`writes.states.${LOOKS[state].word}`)} sx={{ fontWeight: 600 }} />;
}
