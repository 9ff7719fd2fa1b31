// Yang dikatakan server dalam bahasa Inggris dan mempunyai nama tetap. Pesan yang menyebut isi panggilan tetap seperti yang dikatakan server.
import type { Told } from '../told.ts';
import { advice, facts, says, steps } from './told-findings.ts';
import { hints } from './told-hints.ts';
import { roles } from './told-roles.ts';
import { writes } from './told-writes.ts';
import { wrongs } from './told-wrongs.ts';

export const told: Told = { hints, wrongs, steps, says, advice, facts, roles, writes };
