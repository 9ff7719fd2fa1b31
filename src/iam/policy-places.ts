// Which resources have policies of their own, and from which policies a resource gets its permissions.

/** How many segments of a name make the resource that has the policy, by the collection it is of. */
const IN_PROJECT: Readonly<Record<string, number>> = { secrets: 4, serviceAccounts: 4 };
const IN_LOCATION: Readonly<Record<string, number>> = { connections: 6, providers: 6 };

/**
 * The resources whose policies speak for this one, nearest first: `projects/p/secrets/s/versions/1` gives the secret and the project.
 * Empty for what belongs to no project.
 */
export function policyPlaces(resource: string): readonly string[] {
  const parts = resource.split('/');
  const [projects, project, collection, , within] = parts;
  if (projects !== 'projects' || project === undefined || project === '') return [];
  if (collection === 'serviceAccounts') return ofServiceAccount(project, parts[3] ?? '');
  const length = collection === 'locations' ? IN_LOCATION[within ?? ''] : IN_PROJECT[collection ?? ''];
  const home = `projects/${project}`;
  if (length === undefined || parts.length < length) return [home];
  return [parts.length === length ? resource : parts.slice(0, length).join('/'), home];
}

/** An account is of the project that its address names, whatever project (or `-`) the path names. */
function ofServiceAccount(named: string, email: string): readonly string[] {
  const project = /@([^@]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1] ?? named;
  return email === '' ? [`projects/${project}`] : [`projects/${project}/serviceAccounts/${email}`, `projects/${project}`];
}
