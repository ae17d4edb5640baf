/** What the service `user` mounts: accounts and profiles. */
import { accounts } from '../modules/accounts/index.ts';
import { operations } from '../modules/operations/index.ts';
import { profiles } from '../modules/profiles/index.ts';

export const modules = [accounts, profiles, operations];
