import type { Platform } from '../platform/module.ts';

/** The platform without events, for filling in bulk what a rebuild makes known afterwards. */
export const quiet = (platform: Platform): Platform => ({ ...platform, events: { publish: async () => undefined } });
