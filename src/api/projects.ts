// Projects, wire-compatible with cloudresourcemanager.googleapis.com v1.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { AnyObject, Empty, EndedOperation, Instant, Labels, nextPageToken, PageQuery } from './schema.ts';

const Project = Type.Object({
  projectId: Type.String(), projectNumber: Type.String({ description: '12 digits.' }), lifecycleState: Type.String(), name: Type.String({ description: 'What people call it.' }), labels: Type.Optional(Labels), createTime: Instant,
}, { title: 'Project' });
const ProjectInput = Type.Object({ projectId: Type.Optional(Type.String({ description: 'Needed to create one.' })), name: Type.Optional(Type.String()), labels: Type.Optional(Labels) }, { title: 'ProjectInput' });

export const projectOperations = {
  'projects.create': operation({
    id: 'projects.create', summary: 'Creates a project with its first service account; who creates it becomes its owner. The operation has ended already.',
    http: { method: 'POST', path: '/v1/projects' }, permission: 'resourcemanager.projects.create', effect: 'write',
    query: Type.Object({}), body: AnyObject, bodyShape: ProjectInput, output: EndedOperation,
  }),
  'projects.list': operation({
    id: 'projects.list', summary: 'Lists the projects that the caller may get.',
    http: { method: 'GET', path: '/v1/projects' }, permission: null, effect: 'read',
    query: Type.Object({ ...PageQuery, filter: Type.Optional(Type.String({ description: 'projectId, name, labels.{key}, createTime, lifecycleState' })) }), body: undefined,
    output: Type.Object({ projects: Type.Optional(Type.Array(Project)), nextPageToken }),
  }),
  'projects.get': operation({
    id: 'projects.get', summary: 'Shows a project.',
    http: { method: 'GET', path: '/v1/{project}' }, permission: 'resourcemanager.projects.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: Project,
  }),
  'projects.update': operation({
    id: 'projects.update', summary: 'Replaces the name and the labels of a project.',
    http: { method: 'PUT', path: '/v1/{project}' }, permission: 'resourcemanager.projects.update', effect: 'write',
    query: Type.Object({}), body: AnyObject, bodyShape: ProjectInput, output: Project,
  }),
  'projects.delete': operation({
    id: 'projects.delete', summary: 'Deletes a project that has neither connections nor secrets, at once and for good.',
    http: { method: 'DELETE', path: '/v1/{project}' }, permission: 'resourcemanager.projects.delete', effect: 'destroy',
    query: Type.Object({}), body: undefined, output: Empty,
  }),
} as const;
