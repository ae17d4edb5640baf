/** What a demo project is before it has an owner, a state and a date. */
import type { CollegeId } from '../colleges.ts';
import type { Major } from '../majors.ts';

export type Level = 1 | 2 | 3 | 4;

export interface RoleBlueprint {
  name: string;
  /** A name from the vocabulary of skills. */
  skill: string | null;
  level: Level | null;
  seats: number;
}

export interface ProjectBlueprint {
  title: string;
  description: string;
  skills: string[];
  roles: RoleBlueprint[];
  /** Where it is posted, so that places and currencies in the text are right. */
  college: CollegeId;
  /** What its owner studies. */
  by: Major;
  /** Major units; absent when nobody is paid. */
  budget?: { min?: number; max?: number; currency: string };
  timeline?: string;
  hours?: number;
  /** Absent: remote. */
  place?: string;
}

export const role = (
  name: string,
  skill: string | null = null,
  level: Level | null = null,
  seats = 1,
): RoleBlueprint => ({
  name,
  skill,
  level,
  seats,
});
