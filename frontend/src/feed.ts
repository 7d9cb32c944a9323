/** The walkers as the integration tells them: one subscription per connection, shared by all cards. */

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

/** Gives the walkers once. */
export function walkersOnce(hass: HomeAssistant): Promise<Walker[]> {
  return new Promise((resolve, reject) => {
    // The first call may come before there is anything to end.
    const subscription: { end?: () => void; over?: boolean } = {};
    subscription.end = feedOf(hass).subscribe(({ walkers, error }) => {
      if (subscription.over || (!walkers && !error)) {
        return;
      }
      subscription.over = true;
      subscription.end?.();
      if (walkers) {
        resolve(walkers);
      } else {
        reject(new Error(error));
      }
    });
    if (subscription.over) {
      subscription.end();
    }
  });
}
