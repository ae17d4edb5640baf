/** Invented colleges, each with its place in the world. Domains end in .example, which nobody can own. */
import type { Culture } from './names.ts';

export interface College {
  name: string;
  domain: string;
  zone: string;
  /** How much of the campus studies here. */
  share: number;
  /** Where its students' names come from. */
  cultures: Partial<Record<Culture, number>>;
}

export const colleges = {
  northmoor: {
    name: 'Northmoor University',
    domain: 'northmoor.example',
    zone: 'Europe/London',
    share: 18,
    cultures: { british: 9, indian: 3, westAfrican: 2, polish: 2, chinese: 2, arabic: 2, caribbean: 2, irish: 2 },
  },
  calder: {
    name: 'Calder Bay Institute of Technology',
    domain: 'calderbay.example',
    zone: 'America/Los_Angeles',
    share: 16,
    cultures: { american: 7, latin: 5, vietnamese: 3, chinese: 3, korean: 3, indian: 3, persian: 2, filipino: 2 },
  },
  sahyagiri: {
    name: 'Sahyagiri Institute of Technology',
    domain: 'sahyagiri.example',
    zone: 'Asia/Kolkata',
    share: 16,
    cultures: { indian: 10, southIndian: 8, nepali: 1, arabic: 1 },
  },
  lagooncity: {
    name: 'Lagoon City University',
    domain: 'lagooncity.example',
    zone: 'Africa/Lagos',
    share: 12,
    cultures: { westAfrican: 12, arabic: 2, eastAfrican: 2 },
  },
  sierraclara: {
    name: 'Universidad Sierra Clara',
    domain: 'sierraclara.example',
    zone: 'America/Mexico_City',
    share: 12,
    cultures: { latin: 14, brazilian: 2, american: 1 },
  },
  harborlight: {
    name: 'Harborlight College of Art and Design',
    domain: 'harborlight.example',
    zone: 'America/New_York',
    share: 10,
    cultures: { american: 6, caribbean: 3, latin: 3, korean: 2, chinese: 2, irish: 2, arabic: 1, brazilian: 2 },
  },
  birkenfels: {
    name: 'Technische Hochschule Birkenfels',
    domain: 'th-birkenfels.example',
    zone: 'Europe/Berlin',
    share: 13,
    cultures: { german: 9, turkish: 5, polish: 2, ukrainian: 2, arabic: 2, persian: 1, indian: 2 },
  },
  tamarind: {
    name: 'Tamarind Coast University',
    domain: 'tamarindcoast.example',
    zone: 'Asia/Singapore',
    share: 11,
    cultures: { chinese: 7, malay: 4, southIndian: 4, filipino: 2, vietnamese: 2, japanese: 2, korean: 1 },
  },
} satisfies Record<string, College>;

export type CollegeId = keyof typeof colleges;
export const collegeIds = Object.keys(colleges) as CollegeId[];
/** The same, without what is particular to one. */
export const collegeOf = (id: CollegeId): College => colleges[id];
