import { createPersonCards } from '../../platform/person-cards.ts';

export const { keepCard, ensurePeople, getCard, forgetCard } = createPersonCards('collaborations');
