// What a connection to a source is configured with, said as data: what forms show, what clients are told, and what a
// configuration is checked against. Shapes follow the templates of the platform's connector versions.

export type ValueType = 'STRING' | 'INT' | 'BOOL' | 'SECRET' | 'ENUM';

export type VariableValue = string | number | boolean;

/** A condition over the values of other variables; with several parts all of them are joined by the operator, AND by default. */
export interface Condition {
  readonly fieldComparisons?: readonly { readonly key: string; readonly comparator: 'EQUALS' | 'NOT_EQUALS'; readonly value: VariableValue }[];
  readonly logicalExpressions?: readonly Condition[];
  readonly logicalOperator?: 'AND' | 'OR';
}

export interface VariableTemplate {
  readonly key: string;
  readonly valueType: ValueType;
  readonly displayName: string;
  readonly description: string;
  /** Always, or while the condition holds; absent for what may be left out. */
  readonly required?: true | Condition;
  /** What an absent or empty value means; without it the empty value of the type. */
  readonly default?: VariableValue;
  /** Members of an ENUM. */
  readonly options?: readonly { readonly id: string; readonly displayName: string }[];
  /** What the whole text must look like, in the common part of RE2 and JavaScript, and that in words. */
  readonly pattern?: { readonly regex: string; readonly words: string };
  readonly isAdvanced?: true;
  /** Other keys that callers may use for this variable; they are accepted in any case and never listed. */
  readonly aliases?: readonly string[];
}

/** A way to authenticate. `authType` is the platform's; a way of the connector's own is AUTH_TYPE_UNSPECIFIED with a key. */
export interface AuthTemplate {
  readonly authType: string;
  readonly authKey?: string;
  readonly displayName: string;
  readonly description: string;
  readonly isDefault: boolean;
  readonly variables: readonly VariableTemplate[];
}

export interface DestinationTemplate {
  readonly key: string;
  readonly displayName: string;
  readonly description: string;
  /** How many destinations the key takes. */
  readonly max: number;
  readonly port: 'REQUIRED' | 'OPTIONAL';
  readonly isAdvanced?: true;
  /** While the condition holds, one destination with its host is needed, and its port where that is REQUIRED. */
  readonly required?: Condition;
  /** Destinations under keys that no template has are taken for this one. */
  readonly takesOthers?: true;
}

/** How a connector presents itself in the catalogue, and what its connections are configured with. */
export interface ConnectorTemplate {
  readonly displayName: string;
  readonly description: string;
  readonly category: string;
  readonly tags: readonly string[];
  readonly documentationUri?: string;
  readonly externalUri?: string;
  readonly releaseVersion: string;
  /** When this version came out, RFC 3339. */
  readonly releaseTime: string;
  readonly variables: readonly VariableTemplate[];
  readonly auth: readonly AuthTemplate[];
  readonly destinations: readonly DestinationTemplate[];
  /** `host:port` of what the connector calls when no destination says otherwise. */
  readonly backends: readonly string[];
}
