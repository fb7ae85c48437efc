// A server that is frozen keeps its connections and answers nothing: whoever waits on one has to give up by itself.
import "server-only";

const TICK_MS = 500;
/** Beyond the server's own limit, which ends a statement with words. */
const GRACE_MS = 1_500;

/** Watches what is under way on one connection; while nothing of it ends for too long, `onSilence` is called once. */
export class Silence {
  readonly #mostTicks: number;
  readonly #onSilence: () => void;
  #underWay = 0;
  #ticks = 0;
  #clock: NodeJS.Timeout | undefined;

  /** `statementTimeout` as it is given to the server, in ms; without one statements may take as long as they like. */
  constructor(statementTimeout: string | undefined, onSilence: () => void) {
    const limitMs = Number(statementTimeout ?? 0);
    this.#mostTicks = limitMs > 0 ? Math.ceil((limitMs + GRACE_MS) / TICK_MS) : Infinity;
    this.#onSilence = onSilence;
  }

  began(): void {
    this.#underWay += 1;
    if (this.#mostTicks === Infinity || this.#clock) return;
    this.#ticks = 0;
    this.#clock = setInterval(() => this.#tick(), TICK_MS).unref();
  }

  ended(): void {
    this.#underWay -= 1;
    this.#ticks = 0;
    if (this.#underWay === 0) this.stop();
  }

  stop(): void {
    clearInterval(this.#clock);
    this.#clock = undefined;
  }

  /** Counts ticks, not time: while this process was too busy to read the answer, the server is not to blame. */
  #tick(): void {
    this.#ticks += 1;
    if (this.#ticks < this.#mostTicks) return;
    this.stop();
    this.#onSilence();
  }
}
