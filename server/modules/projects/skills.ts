/** Projects follow when a skill that they ask for is renamed or becomes part of another. */
import type { Platform } from '../../platform/module.ts';
import { createProjectStore } from './store.ts';
import type { RoleRow, Skill } from './tables.ts';
import { publishChange } from './use-cases.ts';

/** Projects that are brought in line in one transaction. */
const BATCH = 100;

/** Brings the next projects that ask for a skill in line with what its id stands for now, and leaves the rest to a job. */
export async function followSkill(platform: Platform, skillId: number, afterId: number): Promise<void> {
  const skill = await platform.calls('profiles.getSkill', { skill_id: skillId });
  if (!skill) return;
  const isStale = (one: Skill | null) => one?.id === skillId && (skill.id !== skillId || one.name !== skill.name);
  const current = <S extends Skill | null>(one: S) => (isStale(one) ? skill : one);

  await platform.db.transaction(async (tx) => {
    const store = createProjectStore(tx);
    const ids = await store.listAsking(skillId, afterId, BATCH);
    for (const id of ids) {
      const locked = await store.lock(id);
      if (!locked) continue;
      const { project, roles } = locked;
      if (![...project.skills, ...roles.map((role) => role.skill)].some(isStale)) continue;
      const required = new Map(project.skills.map(current).map((one) => [one.id, one]));
      const own: RoleRow[] = roles.map((role) => ({ ...role, skill: current(role.skill) }));
      await store.renameSkills(id, project.title, [...required.values()], own);
      await publishChange(platform, tx, id, project.status, null);
    }
    const last = ids.at(-1);
    if (last !== undefined && ids.length === BATCH) {
      await platform.jobs.send(tx, 'projects.follow_skill', { skill_id: skillId, after_id: last });
    }
  });
}
