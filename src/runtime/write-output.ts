// What create and update answer, from the row that the connector gave.
import type { EntityType } from '../spi/catalog.ts';
import type { Row } from '../spi/connector.ts';
import type { WriteOutput } from './kept.ts';

/** The id alone, but where nothing else would ever show the row. */
export function madeOutput(type: EntityType, made: Row): WriteOutput {
  const whole = type.showsOnCreate === true || !type.operations.includes('GET');
  return { entity: type.name, id: idOf(type, made), row: whole ? made : keyOnly(type, made) };
}

export function updatedOutput(type: EntityType, id: string, row: Row): WriteOutput {
  return { entity: type.name, id: idOf(type, row) ?? id, row: keyOnly(type, row) };
}

function idOf({ key }: EntityType, row: Row): unknown {
  return key === undefined ? undefined : row[key];
}

function keyOnly({ key }: EntityType, row: Row): Row {
  return key === undefined ? {} : { [key]: row[key] };
}
