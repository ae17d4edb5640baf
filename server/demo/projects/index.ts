/** Every project idea of the demo campus, by theme. */
import type { ProjectBlueprint } from './blueprint.ts';
import { climate } from './climate.ts';
import { data } from './data.ts';
import { design } from './design.ts';
import { games } from './games.ts';
import { hardware } from './hardware.ts';
import { health } from './health.ts';
import { media } from './media.ts';
import { research } from './research.ts';
import { social } from './social.ts';
import { software } from './software.ts';

export const projectBlueprints: ProjectBlueprint[] = [
  ...software,
  ...hardware,
  ...research,
  ...design,
  ...media,
  ...social,
  ...games,
  ...data,
  ...climate,
  ...health,
];
