/** What EXPLAIN (ANALYZE, FORMAT JSON) says of the tables that a statement has read. */

export interface PlanNode {
  type: string;
  table: string;
  /** Rows that the step handed on, in all its runs, and those that a filter threw away. */
  kept: number;
  removed: number;
}

interface RawNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: RawNode[];
}

/** Every step that reads a table. */
export function readPlan([{ Plan }]: [{ Plan: RawNode }]): PlanNode[] {
  const nodes: PlanNode[] = [];
  const visit = (node: RawNode) => {
    const loops = node['Actual Loops'] ?? 0;
    const table = node['Relation Name'];
    const times = (rows: number | undefined) => (rows ?? 0) * loops;
    const [kept, removed] = [times(node['Actual Rows']), times(node['Rows Removed by Filter'])];
    if (table) nodes.push({ type: node['Node Type'], table, kept, removed });
    for (const child of node.Plans ?? []) visit(child);
  };
  visit(Plan);
  return nodes;
}
