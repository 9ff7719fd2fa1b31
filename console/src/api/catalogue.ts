// Regions and connectors, and what connections of a connector's version are configured with.
import { queryOptions } from '@tanstack/react-query';
import { callList } from './call.ts';

export interface Region {
  readonly locationId: string;
  readonly displayName: string;
}

export interface Connector {
  /** `projects/p/locations/global/providers/stripe/connectors/stripe` */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
}

/** What must hold of other variables. */
export interface Condition {
  readonly fieldComparisons?: readonly { readonly key: string; readonly comparator: string; readonly stringValue?: string; readonly intValue?: string; readonly boolValue?: boolean }[];
  readonly logicalExpressions?: readonly Condition[];
  readonly logicalOperator?: 'AND' | 'OR';
}

export interface VariableTemplate {
  readonly key: string;
  readonly valueType: 'STRING' | 'INT' | 'BOOL' | 'SECRET' | 'ENUM';
  readonly displayName: string;
  readonly description: string;
  readonly required?: boolean;
  readonly requiredCondition?: Condition;
  readonly enumOptions?: readonly { readonly id: string; readonly displayName: string }[];
  readonly validationRegex?: string;
  readonly isAdvanced?: boolean;
}

export interface AuthTemplate {
  readonly authType: string;
  readonly authKey?: string;
  readonly displayName: string;
  readonly description: string;
  readonly isDefault: boolean;
  readonly configVariableTemplates: readonly VariableTemplate[];
}

export interface DestinationTemplate {
  readonly key: string;
  readonly displayName: string;
  readonly description: string;
  readonly max: number;
  readonly portFieldType: string;
  readonly isAdvanced?: boolean;
}

export interface ConnectorVersion {
  /** `projects/p/locations/global/providers/stripe/connectors/stripe/versions/1` */
  readonly name: string;
  readonly displayName: string;
  readonly releaseVersion: string;
  readonly launchStage: string;
  readonly configVariableTemplates: readonly VariableTemplate[];
  readonly authConfigTemplates: readonly AuthTemplate[];
  readonly destinationConfigTemplates: readonly DestinationTemplate[];
}

const LONG_MS = 300_000;

/** Where connections may be made: every location but `global`. */
export const regionsQuery = (project: string) => queryOptions({
  queryKey: ['regions', project], staleTime: LONG_MS,
  queryFn: async ({ signal }) => (await callList<Region>(`/v1/projects/${encodeURIComponent(project)}/locations`, 'locations', {}, signal)).filter(({ locationId }) => locationId !== 'global'),
});

export const connectorsQuery = (project: string) => queryOptions({
  queryKey: ['connectors', project], staleTime: LONG_MS,
  queryFn: ({ signal }) => callList<Connector>(`/v1/projects/${encodeURIComponent(project)}/locations/global/providers/-/connectors`, 'connectors', {}, signal),
});

/** Newest first. */
export const connectorVersionsQuery = (connector: string) => queryOptions({
  queryKey: ['connectorVersions', connector], staleTime: LONG_MS, enabled: connector !== '',
  queryFn: ({ signal }) => callList<ConnectorVersion>(`/v1/${connector}/versions`, 'connectorVersions', {}, signal),
});
