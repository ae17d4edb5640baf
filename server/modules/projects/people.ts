import { createPersonCards } from '../../platform/person-cards.ts';

export const { keepCard, ensurePeople, forgetCard } = createPersonCards('projects');
