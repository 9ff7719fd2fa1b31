// Names of resources as people of the project say them.

/** The last part of a name, where it is of the project; else all of it. */
export function shortOf(name: string, project: string): string {
  const [, owner, , id = name] = name.split('/');
  return owner === project ? id : name;
}
