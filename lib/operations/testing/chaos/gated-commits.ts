import type { SQLWrapper } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Database } from '@/db/client';

const dialect = new PgDialect();

/** Holds back the commits of several portals until a given number of them wait. */
export function gateCommits(count: number) {
  let arrived = 0;
  let open: () => void = () => undefined;
  const isOpen = new Promise<void>((settle) => {
    open = settle;
  });
  return {
    /** The database of one portal, whose first commit waits for those of the others. */
    before(db: Database): Database {
      const execute = async (statement: SQLWrapper | string) => {
        const query = typeof statement === 'string' ? statement : dialect.sqlToQuery(statement.getSQL()).sql;
        if (query.includes('commit_issue(')) {
          arrived += 1;
          if (arrived >= count) open();
          await isOpen;
        }
        return db.execute(statement);
      };
      return Object.assign(Object.create(db) as Database, { execute });
    },
  };
}
