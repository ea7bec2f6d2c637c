import type { Exchange } from '../parts.js';
import type { App, AppProps } from '../real-parts.js';

/** A way in which the targets of an app point at their providers. */
export interface Wiring {
  readonly build: (app: App, exchange: Exchange) => void;
  readonly props?: AppProps;
  /** How many targets it has; 1 when left out. */
  readonly targets?: number;
}

/** By what they are about. */
export type Wirings = Readonly<Record<string, Wiring>>;

const account = '111111111111';

/** Three places to deploy stacks to. */
export const here = { env: { account, region: 'us-east-1' } };
export const there = { env: { account, region: 'eu-west-1' } };
export const elsewhere = { env: { account: '222222222222', region: 'us-east-1' } };
