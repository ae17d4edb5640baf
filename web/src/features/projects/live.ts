import type { QueryClient } from '@tanstack/react-query';

/** Seats are figures in their places: they follow at once. */
export function refreshSeats(client: QueryClient, { project_id }: { project_id: number }): void {
  void client.invalidateQueries({ queryKey: ['projects', 'mine'] });
  void client.invalidateQueries({ queryKey: ['project', project_id], refetchType: 'none' });
}
