/** The walkers as the integration publishes them: one subscription per connection, shared by all cards. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Connection, HomeAssistant, Walker } from "./types";

const RETRY_MS = 10_000;

export interface FeedState {
  walkers?: Walker[];
  /** Why there are none: an error code of Home Assistant. */
  error?: string;
}

type Listener = (state: FeedState) => void;

export class Feed {
  state: FeedState = {};
  private listeners = new Set<Listener>();
  private unsubscribe: Promise<() => Promise<void>> | undefined;
  private tried = 0;

  constructor(private connection: Connection) {}

  /** Calls the listener now and with every change; gives what ends that. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    if (!this.unsubscribe) {
      this.start();
    }
    listener(this.state);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) {
        this.stop();
      }
    };
  }

  /** Asks again after an error, not more often than every few seconds. */
  retry(now = Date.now()): void {
    if (this.state.error && this.listeners.size > 0 && now - this.tried > RETRY_MS) {
      this.start();
    }
  }

  private start(): void {
    this.tried = Date.now();
    this.unsubscribe = this.connection.subscribeMessage<FeedState>((message) => this.set(message), {
      type: "retrostep/subscribe",
    });
    this.unsubscribe.catch((error: { code?: string; message?: string } | undefined) => {
      this.set({ error: error?.code ?? error?.message ?? "unknown" });
    });
  }

  private stop(): void {
    this.unsubscribe?.then(
      (end) => end().catch(() => undefined),
      () => undefined,
    );
    this.unsubscribe = undefined;
    this.state = {};
  }

  private set(state: FeedState): void {
    this.state = state;
    for (const listener of this.listeners) {
      listener(state);
    }
  }
}

const FEEDS = new WeakMap<Connection, Feed>();

/** Gives the feed of a connection. */
export function feedOf(hass: HomeAssistant): Feed {
  let feed = FEEDS.get(hass.connection);
  if (!feed) {
    feed = new Feed(hass.connection);
    FEEDS.set(hass.connection, feed);
  }
  return feed;
}

/** Subscribes an element to the walkers for as long as it is on a page. */
export class FeedController implements ReactiveController {
  private connection: Connection | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(
    private host: ReactiveControllerHost & { hass?: HomeAssistant; isConnected: boolean },
    private listener: Listener,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.subscribe();
  }

  hostUpdate(): void {
    this.subscribe();
  }

  hostDisconnected(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.connection = undefined;
  }

  /** A page that lost its server may come back with another connection. */
  private subscribe(): void {
    const { hass, isConnected } = this.host;
    if (!hass || !isConnected || this.connection === hass.connection) {
      return;
    }
    this.unsubscribe?.();
    this.connection = hass.connection;
    this.unsubscribe = feedOf(hass).subscribe(this.listener);
  }
}

/** Gives the walkers as they are now: a subscription of its own, as the shared one may be seconds behind. */
export async function walkersOnce(hass: HomeAssistant): Promise<Walker[]> {
  let settle: (walkers: Walker[]) => void = () => undefined;
  const walkers = new Promise<Walker[]>((resolve) => (settle = resolve));
  const end = await hass.connection.subscribeMessage<{ walkers: Walker[] }>(
    (message) => settle(message.walkers),
    {
      type: "retrostep/subscribe",
    },
  );
  const found = await walkers;
  await end();
  return found;
}
