// Google's own clients of the APIs that this server speaks, taken by their places in the package: its front door loads some
// four hundred others, and the compiler would read four million lines for them.
import { cloudresourcemanager } from 'googleapis/build/src/apis/cloudresourcemanager/index.js';
import { auth, connectors, type connectors_v1 } from 'googleapis/build/src/apis/connectors/index.js';
import { iam } from 'googleapis/build/src/apis/iam/index.js';
import { secretmanager } from 'googleapis/build/src/apis/secretmanager/index.js';
import { serviceusage } from 'googleapis/build/src/apis/serviceusage/index.js';

export type { connectors_v1 };
export const google = { auth, cloudresourcemanager, connectors, iam, secretmanager, serviceusage } as const;
