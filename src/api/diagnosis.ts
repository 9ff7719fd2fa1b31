// Diagnoses: ours. `konektor doctor` shows them.
import { Type } from 'typebox';
import { operation } from './operation.ts';

const Step = Type.Object({
  id: Type.String(), title: Type.String(), outcome: Type.Enum(['ok', 'warning', 'failed', 'skipped']), message: Type.String(),
  finding: Type.Optional(Type.String({ description: 'A stable name of what was found (SUSPENDED), for those who say it in words of their own; absent where it is an error that has a reason.' })),
  facts: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'The values that the message names, by their names.' })),
  hint: Type.Optional(Type.String({ description: 'What to do about it.' })), code: Type.Optional(Type.String({ description: 'Of what failed.' })), reason: Type.Optional(Type.String({ description: 'The stable reason of the error that was found.' })), milliseconds: Type.Integer(),
}, { title: 'DiagnosisStep' });
const Diagnosis = Type.Object({ steps: Type.Array(Step) }, { title: 'Diagnosis' });

export const diagnosisOperations = {
  'connections.diagnose': operation({
    id: 'connections.diagnose', summary: 'Looks at a connection step by step, from its state to the clock of the source, and tells of each step how it is and what to do. Changes nothing.',
    http: { method: 'POST', path: '/v1/{connection}:diagnose' }, permission: 'connectors.connections.get', effect: 'read', service: 'connectors',
    query: Type.Object({}), body: Type.Object({}, { additionalProperties: false }), output: Diagnosis,
  }),
  'server.diagnose': operation({
    id: 'server.diagnose', summary: 'Looks at the server: its version, its database, its queue of operations.',
    http: { method: 'GET', path: '/v1/diagnosis' }, permission: null, effect: 'read',
    query: Type.Object({}), body: undefined, output: Diagnosis,
  }),
} as const;
