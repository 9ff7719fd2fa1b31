// Times as a person reads them: how long ago, with the exact time in the reader's zone behind it.
import { Tooltip } from '@mui/material';
import { type JSX, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from './locale.ts';
import { madeOnce } from './made-once.ts';

const UNITS = [['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]] as const;

const relative = madeOnce((language: string) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
const exact = madeOnce((language: string) => new Intl.DateTimeFormat(localeOf(language, navigator.languages), { dateStyle: 'medium', timeStyle: 'long' }));

/** `3 minutes ago` */
export function agoText(time: string | Date, language: string, now = Date.now()): string {
  const seconds = (new Date(time).getTime() - now) / 1_000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return relative(language).format(Math.round(seconds / size), unit);
}

/** `24 Nov 2026, 12:30:05 GMT+7` */
export function exactText(time: string | Date, language: string): string {
  return exact(language).format(new Date(time));
}

const REFRESHED_EVERY_MS = 30_000;

export function Ago({ time }: { readonly time: string | undefined }): JSX.Element | null {
  const { i18n } = useTranslation();
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), REFRESHED_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  if (time === undefined || Number.isNaN(Date.parse(time))) return null;
  // The exact time is for the keyboard too.
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  return <Tooltip describeChild title={exactText(time, i18n.language)}><time dateTime={time} tabIndex={0}>{agoText(time, i18n.language)}</time></Tooltip>;
}

export function Exact({ time }: { readonly time: string | undefined }): JSX.Element | null {
  const { i18n } = useTranslation();
  return time === undefined || Number.isNaN(Date.parse(time)) ? null : <time dateTime={time}>{exactText(time, i18n.language)}</time>;
}
