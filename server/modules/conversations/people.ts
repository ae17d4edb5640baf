import { createPersonCards } from '../../platform/person-cards.ts';

export const { keepCard, findCards, forgetCard } = createPersonCards('conversations');
