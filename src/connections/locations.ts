// The regions in which connections may be made. A self-hosted runtime is in none of them; their names are kept so that
// names of resources mean the same here and on the platform.

export interface Location {
  /** `us-central1` */
  readonly id: string;
  readonly displayName: string;
}

/** Resources of no region live here: the catalogue and the settings of a project. */
export const GLOBAL: Location = { id: 'global', displayName: 'Global' };

const NAMES: Readonly<Record<string, string>> = {
  'africa-south1': 'Johannesburg', 'asia-east1': 'Taiwan', 'asia-east2': 'Hong Kong', 'asia-northeast1': 'Tokyo', 'asia-northeast2': 'Osaka',
  'asia-northeast3': 'Seoul', 'asia-south1': 'Mumbai', 'asia-south2': 'Delhi', 'asia-southeast1': 'Singapore', 'asia-southeast2': 'Jakarta',
  'australia-southeast1': 'Sydney', 'australia-southeast2': 'Melbourne', 'europe-central2': 'Warsaw', 'europe-north1': 'Finland',
  'europe-southwest1': 'Madrid', 'europe-west1': 'Belgium', 'europe-west2': 'London', 'europe-west3': 'Frankfurt', 'europe-west4': 'Netherlands',
  'europe-west6': 'Zurich', 'europe-west8': 'Milan', 'europe-west9': 'Paris', 'europe-west10': 'Berlin', 'europe-west12': 'Turin',
  'me-central1': 'Doha', 'me-central2': 'Dammam', 'me-west1': 'Tel Aviv', 'northamerica-northeast1': 'Montreal', 'northamerica-northeast2': 'Toronto',
  'southamerica-east1': 'São Paulo', 'southamerica-west1': 'Santiago', 'us-central1': 'Iowa', 'us-east1': 'South Carolina', 'us-east4': 'Northern Virginia',
  'us-east5': 'Columbus', 'us-south1': 'Dallas', 'us-west1': 'Oregon', 'us-west2': 'Los Angeles', 'us-west3': 'Salt Lake City', 'us-west4': 'Las Vegas',
};

export const REGIONS: readonly string[] = Object.keys(NAMES);

export interface Locations {
  /** The regions, in order of id. */
  readonly regions: readonly Location[];
  /** Whether connections may be made in it: a region, not `global`. */
  isLocation(id: string): boolean;
}

/** @param ids the regions that there are; none for all of the platform's. */
export function createLocations(ids: readonly string[]): Locations {
  const regions = (ids.length === 0 ? REGIONS : [...new Set(ids)]).toSorted().map((id) => ({ id, displayName: NAMES[id] ?? id }));
  const known = new Set(regions.map(({ id }) => id));
  return { regions, isLocation: (id) => known.has(id) };
}
