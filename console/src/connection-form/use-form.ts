// The form of a connection: its draft, and what the server says of it while one types.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { connectorVersionsQuery } from '../api/catalogue.ts';
import { validationQuery } from '../api/validation.ts';
import { bodyOf, type ConnectionBody } from './body.ts';
import type { Draft } from './draft.ts';
import { type Fault, faultsOf, type FieldId, type Step, stepOf } from './faults.ts';
import type { ConnectionForm } from './form-context.ts';

/** Long enough for the next letter, too short to wait for. */
const PAUSE_MS = 200;

export function useForm(project: string, start: Draft, isExisting = false): ConnectionForm {
  const data = useQueryClient();
  const [draft, setDraft] = useState(start);
  const [touched, setTouched] = useState<ReadonlySet<FieldId>>(new Set());
  const [revealed, setRevealed] = useState<ReadonlySet<Step>>(new Set());
  // What is sent is made after the templates of the version: until these are here it lacks parts, and is told to nobody.
  const templates = connectorVersionsQuery(draft.connector);
  const { data: versions = [], isLoading } = useQuery(templates);
  const version = versions.find(({ name }) => name === draft.version);
  const body = useMemo(() => bodyOf(draft, version), [draft, version]);
  const settled = useSettled(useMemo(() => ({ draft, body }), [draft, body]));
  const queryOf = (of: Draft, sent: ConnectionBody) => validationQuery(project, of.region, of.id, sent);
  const isWhole = !isLoading && (settled.body === body || settled.draft !== draft);
  const { data: told } = useQuery({ ...queryOf(settled.draft, settled.body), placeholderData: keepPreviousData, enabled: isWhole });

  // Until the next answer is here the last one stands: its places are those of the body that it was said of.
  const faults = useMemo(() => ownFaults(faultsOf(told?.faults ?? [], draft, told?.body ?? {}), isExisting), [told, draft, isExisting]);
  const isShown = ({ field }: Fault): boolean => revealed.has(stepOf(field)) || touched.has(field);
  const touch = (field: FieldId): void => setTouched((now) => (now.has(field) ? now : new Set([...now, field])));

  return {
    project, draft, isExisting, version, body, faults, touch,
    set(change, field) {
      setDraft((now) => ({ ...now, ...change }));
      if (field !== undefined) touch(field);
    },
    faultOf: (field) => faults.find((one) => one.field === field && isShown(one)),
    async check() {
      const known = draft.connector === '' ? [] : await data.ensureQueryData(templates);
      const sent = bodyOf(draft, known.find(({ name }) => name === draft.version));
      const { faults: found } = await data.fetchQuery(queryOf(draft, sent));
      return ownFaults(faultsOf(found, draft, sent), isExisting);
    },
    reveal: (steps) => setRevealed((now) => new Set([...now, ...steps])),
    isRevealed: (step) => revealed.has(step),
    warnings: told?.warnings ?? [], missingRoles: told?.missingRoles ?? [],
  };
}

/** That its name is taken is no fault of a connection that is there. */
function ownFaults(faults: readonly Fault[], isExisting: boolean): readonly Fault[] {
  return faults.filter(({ known }) => !(isExisting && known === 'taken'));
}

/** The value as it was when it last stood still. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
