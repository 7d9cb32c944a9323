/** What a device does while a session is shown: keeps its screen on, sounds and buzzes when the stage changes. */

/** How well the screen is kept on: not asked yet, kept, not without HTTPS, not in this browser. */
export type Awake = "unasked" | "kept" | "insecure" | "unable";

interface Sentinel {
  release(): Promise<void>;
}

/** What is younger than the oldest browsers the card is for. */
interface Device {
  wakeLock?: { request(type: "screen"): Promise<Sentinel> };
  vibrate?(pattern: number[]): boolean;
}

const LOW_HZ = 523;
const HIGH_HZ = 784;
const TONE_S = 0.18;
const BUZZ_MS: Record<string, number[]> = { backward: [150, 100, 150], forward: [400] };

/** Keeps the screen on for as long as it is held and the page is seen. */
export class ScreenLock {
  private lock: Promise<Sentinel> | undefined;
  private listen = () => this.ask();

  constructor(private told: (awake: Awake) => void) {}

  hold(): void {
    document.addEventListener("visibilitychange", this.listen);
    this.ask();
  }

  release(): void {
    document.removeEventListener("visibilitychange", this.listen);
    this.lock?.then((lock) => lock.release()).catch(() => undefined);
    this.lock = undefined;
  }

  /** A browser takes the lock away whenever the page is not seen. */
  private ask(): void {
    if (document.visibilityState === "hidden") {
      return;
    }
    const lock = (navigator as Device).wakeLock?.request("screen");
    this.lock = lock;
    if (!lock) {
      this.told(window.isSecureContext ? "unable" : "insecure");
      return;
    }
    lock.then(
      (held) => (this.lock === lock ? this.told("kept") : held.release()),
      () => this.told("unable"),
    );
  }
}

/** Tells a change of stage to ears and hands, as far as the browser lets a page do so. */
export class Signals {
  private audio: AudioContext | undefined;

  /** Browsers let only a page sound that somebody has touched. */
  allow(): void {
    try {
      this.audio ??= new AudioContext();
      void this.audio.resume().catch(() => undefined);
    } catch {
      // Without sound the stage is still seen and felt.
    }
  }

  /** Two tones, downward for a stage that leads backward; one for the end. */
  stage(direction: string | undefined): void {
    const tones = direction === "backward" ? [HIGH_HZ, LOW_HZ] : direction ? [LOW_HZ, HIGH_HZ] : [HIGH_HZ];
    (navigator as Device).vibrate?.(BUZZ_MS[direction ?? ""] ?? [600]);
    if (this.audio?.state === "running") {
      tones.forEach((hertz, index) => this.tone(this.audio as AudioContext, hertz, index * TONE_S));
    }
  }

  close(): void {
    void this.audio?.close().catch(() => undefined);
    this.audio = undefined;
  }

  private tone(audio: AudioContext, hertz: number, after_s: number): void {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    const start = audio.currentTime + after_s;
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.3, start);
    volume.gain.exponentialRampToValueAtTime(0.01, start + TONE_S);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + TONE_S);
  }
}
