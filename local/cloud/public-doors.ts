import * as z from 'zod';
import type { Ledger } from './durable/ledger.ts';
import { type ApiServerParts, startApiServer } from './http/api-server.ts';
import { type ConsoleParts, startConsole } from './outbox/console-server.ts';

export type PublicDoorsParts = Omit<ApiServerParts, 'port'> &
  ConsoleParts & {
    ledger: Ledger;
    /** That of the API; the console's is the next. Default: those of before, or free ones. */
    port: number | undefined;
    onOpen: (close: () => Promise<void>) => void;
  };

/** Opens the HTTP API and the console, on the ports to which links have been sent before. */
export const openPublicDoors = async (parts: PublicDoorsParts) => {
  const { ledger, port, onOpen } = parts;
  const kept = ledger.collection('ports', z.number());
  const consolePort = port === undefined ? kept.get('console') : port + 1;
  const console = await startConsole(parts, consolePort);
  onOpen(console.close);
  const api = await startApiServer({ ...parts, port: port ?? kept.get('api') });
  onOpen(api.close);
  kept.set('api', api.port);
  kept.set('console', console.port);
  return { apiUrl: api.url, consoleUrl: console.url };
};
