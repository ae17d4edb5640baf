/** HTTP of reports: the contract's routes, one handler each. */
import { routes } from '@collabthon/contracts/analytics';
import { readPaging, toPage } from '../../platform/database/paging.ts';
import { handleRoutes, type Platform } from '../../platform/module.ts';
import { presentReport } from './present.ts';
import { createReportStore } from './store.ts';
import { askForReport, deleteReport, downloadReport, findAskers, getReport } from './use-cases.ts';

export const analyticsRoutes = (platform: Platform) =>
  handleRoutes(routes, {
    'POST /admin/reports': ({ principal, body, keep }) => askForReport(platform, principal.user_id, body, keep),

    'GET /admin/reports': async ({ query }) => {
      const paging = readPaging(query);
      const { rows, total } = await createReportStore(platform.db).list(paging);
      const askers = await findAskers(
        platform,
        rows.map(({ asked_by }) => asked_by),
      );
      return toPage({ rows, total, paging, keys: ({ id }) => [id], present: (row) => presentReport(row, askers) });
    },

    'GET /admin/reports/{id}': ({ params }) => getReport(platform, params.id),

    'GET /admin/reports/{id}/download': async ({ params, query, reply }) => {
      const { name, type, content } = await downloadReport(platform, params.id, query.format);
      reply.type(type).header('content-disposition', `attachment; filename="${name}"`);
      return content;
    },

    'DELETE /admin/reports/{id}': ({ principal, params }) => deleteReport(platform, principal.user_id, params.id),
  });
