/**
 * The services that the platform may run as, each with a process and a database of its own: which modules it mounts, and
 * which events it hears of any of them. Agreed here, because whoever publishes an event has to know where to send it.
 */
import type { AppEvents } from './index.ts';

interface ServiceSpec {
  modules: readonly string[];
  hears: readonly (keyof AppEvents)[];
}

export const services = {
  user: {
    modules: ['accounts', 'profiles', 'operations'],
    hears: ['member.registered', 'member.changed', 'admin.acted'],
  },
  project: {
    modules: ['projects', 'collaborations', 'discovery', 'conversations', 'notifications', 'analytics'],
    hears: [
      'member.registered',
      'member.changed',
      'session.ended',
      'profile.changed',
      'skill.changed',
      'project.created',
      'project.changed',
      'project.expiring',
      'project.deleted',
      'collaboration.requested',
      'collaboration.reminder_due',
      'collaboration.accepted',
      'collaboration.closed',
      'team.changed',
      'message.sent',
    ],
  },
} as const satisfies Record<string, ServiceSpec>;

export type ServiceName = keyof typeof services;
