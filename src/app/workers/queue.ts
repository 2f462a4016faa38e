/** Runs tasks in the order they came, at most so many at a time. */

export interface JobQueue {
  /** Returns the withdrawal, which answers whether the task was still waiting and now never runs. */
  add(task: () => Promise<void>): () => boolean;
}

/**
 * @param limit - Tasks at a time, at least 1.
 * @param onFault - Told what a task throws; the queue goes on.
 */
export function createJobQueue(limit: number, onFault: (error: unknown) => void): JobQueue {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;

  function startNext(): void {
    if (running >= limit) return;
    const task = waiting.shift();
    if (task === undefined) return;
    running += 1;
    void finish(task);
  }

  async function finish(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      onFault(error);
    }
    running -= 1;
    startNext();
  }

  return {
    add(task) {
      waiting.push(task);
      startNext();
      return () => {
        const place = waiting.indexOf(task);
        if (place >= 0) waiting.splice(place, 1);
        return place >= 0;
      };
    },
  };
}
