// What a tool is said to do, to a model that chooses among many: first what, then how it is narrowed.
import type { EntityOperation, EntityType, Field } from '../spi/catalog.ts';
import { shortened } from './spelling.ts';
import type { ToolModel } from './tool.ts';

const LONGEST = 400;
const MOST_FILTERED = 12;

export function describeTool({ subject, effect }: ToolModel): string {
  if (subject.kind === 'action') {
    const { description } = subject.action;
    return [shortened(description, LONGEST), ...(effect === 'destroy' ? ['It cannot be taken back.'] : []), ...(effect === 'read' ? ['It changes nothing.'] : [])].join(' ');
  }
  const { entity, operation } = subject;
  // What the source says of an entity type, it says of listing it.
  const says = operation === 'LIST' || !entity.operations.includes('LIST');
  return [DOES[operation](entity), ...(says ? [`${entity.name}: ${shortened(entity.description, LONGEST)}`] : [])].join(' ');
}

const DOES: Readonly<Record<EntityOperation, (entity: EntityType) => string>> = {
  LIST: (entity) => `Lists rows of ${entity.name} that pass a filter, page by page.${required(entity)}${filtered(entity)}`,
  GET: ({ name }) => `Gets one row of ${name} by its id.`,
  CREATE: (entity) => `Creates a row of ${entity.name} and gives ${entity.showsOnCreate === true ? 'it whole, with what is never shown again' : 'its id'}.`,
  UPDATE: ({ name }) => `Changes the given columns of one row of ${name}; null clears a column, those that are left out stay.`,
  DELETE: ({ name }) => `Deletes one row of ${name}. It cannot be taken back.`,
};

function required({ listRequires }: EntityType): string {
  return listRequires.length === 0 ? '' : ` The filter must fix ${listRequires.join(' and ')} with "=".`;
}

/** What the source filters by itself is found without reading everything. */
function filtered({ fields, pseudoFields = [] }: EntityType): string {
  const quick = [...fields, ...pseudoFields].filter(({ filters }) => filters !== undefined && filters.length > 0);
  if (quick.length === 0) return ' Any column can be filtered by; all rows are read for it.';
  const shown = quick.toSorted((a, b) => width(a) - width(b)).slice(0, MOST_FILTERED).map(({ name, filters = [] }) => `${name} (${filters.join(' ')})`);
  return ` Quick to filter by: ${shown.join(', ')}${quick.length > shown.length ? ', …' : ''}; any other column works too, by reading more.`;
}

const width = ({ name }: Field): number => name.length;
