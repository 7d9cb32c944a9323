/** Notices a walker who walks forward: the pod reports at once only that somebody walks backward. */

/** Forward steps come at most every ten seconds; after this long without new ones nobody walks. */
export const FORWARD_FADES_MS = 15_000;

export class ForwardMotion {
  private last = new Map<string, number>();
  private until = new Map<string, number>();

  /** Takes over the forward steps of a walker; says whether the walker walks forward now. */
  update(walker: string, steps: number | undefined, now: number): boolean {
    if (steps !== undefined) {
      const before = this.last.get(walker);
      if (before !== undefined && steps > before) {
        this.until.set(walker, now + FORWARD_FADES_MS);
      }
      this.last.set(walker, steps);
    }
    return (this.until.get(walker) ?? 0) > now;
  }
}
