// What the rows of the Connectors task do: they find out what is to be run, and have it run as their caller.
import { INTEGRATION, TRIGGER, type TaskInputs } from '../api/integrations.ts';
import type { RowCaller } from '../api/row-caller.ts';
import type { ApiCall, ApiHandlers } from '../api/table.ts';
import { CODES } from '../errors/codes.ts';
import { invalidFields, StatusError, type FieldViolation } from '../errors/status-error.ts';
import type { Principal } from '../iam/principal.ts';
import { runTask } from '../task/run-task.ts';
import { isTaskInput, plainValue, put, readAs, ValueFault, type Filled } from '../task/values.ts';
import { readSeconds } from './execution.ts';

type IntegrationHandlers = Pick<ApiHandlers<Principal>, 'integrations.execute' | 'integrations.executeWithParameters'>;

export function integrationHandlers(callsAs: (call: ApiCall<Principal>) => RowCaller): IntegrationHandlers {
  return {
    'integrations.execute': async (call, { path, query, body }) => {
      requireIntegration(path.integration, query.triggerId);
      return runTask(body, { rows: callsAs(call), location: path.location, mostSeconds: readSeconds(call.headers['x-server-timeout']) });
    },

    'integrations.executeWithParameters': async (call, { path, body: { triggerId, inputParameters = {}, requestId, doNotPropagateError } }) => {
      requireIntegration(path.integration, triggerId);
      const headers = keyOf(requestId, call.headers['idempotency-key']);
      const inputs = readInputs(inputParameters);
      const executionId = call.requestId;
      try {
        const outputParameters = await callsAs(call)('integrations.execute', { path, query: { triggerId }, body: inputs }, { headers });
        return { executionId, executionFailed: false, outputParameters };
      } catch (error) {
        if (doNotPropagateError !== true || !(error instanceof StatusError)) throw error;
        return { executionId, executionFailed: true, eventParameters: { parameters: told(error) } };
      }
    },
  };
}

function requireIntegration(integration: string, trigger: string): void {
  if (integration !== INTEGRATION) {
    throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `There is no integration "${integration.slice(0, 100)}" on this server, which has ${INTEGRATION} and no other.` });
  }
  if (trigger !== TRIGGER) throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `${INTEGRATION} has no trigger "${trigger.slice(0, 100)}", but ${TRIGGER}.` });
}

/** The platform does a request once by its id, as this server does a write by its key. @throws StatusError INVALID_ARGUMENT */
function keyOf(requestId: string | undefined, header: string | readonly string[] | undefined): Readonly<Record<string, string>> {
  if (requestId === undefined || requestId === '') return {};
  if (header !== undefined && header !== requestId) throw invalidFields([{ field: 'requestId', description: 'is another key than that of the header Idempotency-Key: send one of them' }], 'INVALID_REQUEST');
  return { 'idempotency-key': requestId };
}

/** The flat inputs, from values with their types. @throws StatusError INVALID_ARGUMENT with every fault */
function readInputs(parameters: Readonly<Record<string, unknown>>): TaskInputs {
  const faults: FieldViolation[] = [];
  const inputs: Filled = {};
  for (const [name, value] of Object.entries(parameters)) {
    const field = `inputParameters.${name.slice(0, 100)}`;
    if (!isTaskInput(name)) {
      faults.push({ field, description: `is no input of ${INTEGRATION}` });
      continue;
    }
    try {
      put(inputs, name, readAs(name, plainValue(value)));
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error;
      faults.push({ field, description: error.message });
    }
  }
  if (faults.length > 0) throw invalidFields(faults.slice(0, 100), 'INVALID_REQUEST');
  return inputs;
}

interface EventParameter {
  readonly key: string;
  readonly dataType: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** An error as executions of the platform tell it: as parameters of the event. */
function told(error: StatusError): readonly EventParameter[] {
  const { message, details, status } = error.toJson();
  return [
    { key: 'PostWithTriggerIdExecutionException', dataType: 'STRING_VALUE', value: { stringValue: `${status}: ${message}` } },
    { key: '`ErrorInfo`', dataType: 'JSON_VALUE', value: { jsonValue: JSON.stringify({ message, code: CODES[error.code].http, status, details }) } },
  ];
}
