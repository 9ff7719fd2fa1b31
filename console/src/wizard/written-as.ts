// The connection of the wizard for other places: Terraform, a command with its file, JSON, curl. A token is never written: it is
// read from where it is kept.
import type { ConnectionBody } from '../connection-form/body.ts';
import { terraformOf } from './terraform.ts';
import { yamlOf } from './yaml.ts';

export interface Written {
  /** `http://127.0.0.1:8080` */
  readonly origin: string;
  readonly project: string;
  readonly region: string;
  readonly id: string;
  readonly body: ConnectionBody;
}

const json = ({ body }: Written): string => JSON.stringify(body, null, 2);
/** A text as a shell takes it whole. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The file that `konektor connections create -f` takes; its order is that of `konektor connections export`. */
export function fileOf({ project, region, id, body }: Written): string {
  const { description, labels, connectorVersion, serviceAccount, configVariables, authConfig, destinationConfigs, nodeConfig, logConfig, ...rest } = body;
  const fields = { description, labels, connectorVersion, serviceAccount, configVariables, authConfig, destinationConfigs, nodeConfig, logConfig, ...rest };
  return yamlOf({ name: `projects/${project}/locations/${region}/connections/${id}`, ...fields }).trimStart();
}

function command(written: Written): string {
  return `cat > ${written.id}.yaml <<'YAML'\n${fileOf(written)}YAML\nkonektor connections create -f ${written.id}.yaml`;
}

function curl(written: Written): string {
  const { origin, project, region, id } = written;
  return `curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\\n  ${quoted(`${origin}/v1/projects/${project}/locations/${region}/connections?connectionId=${id}`)} \\\n  -d ${quoted(json(written))}`;
}

export const FORMS = {
  terraform: ({ region, id, body }: Written): string => terraformOf(region, id, body),
  command, json, curl,
} as const;
