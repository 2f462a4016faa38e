import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sum, totalsLine, totalsOf } from './totals.ts';

describe('the totals of a step', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'totals-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function report(passed: number, failed: number, pending: number, todo: number): string {
    const file = path.join(folder, 'report.json');
    const counts = {
      numPassedTests: passed,
      numFailedTests: failed,
      numPendingTests: pending,
      numTodoTests: todo,
    };
    writeFileSync(file, JSON.stringify({ ...counts, success: failed === 0 }));
    return file;
  }

  it('are what its tests did', () => {
    expect(totalsOf(report(7, 0, 2, 1), true)).toEqual({ passed: 7, failed: 0, skipped: 3 });
    expect(totalsOf(report(5, 2, 0, 0), false)).toEqual({ passed: 5, failed: 2, skipped: 0 });
  });

  it('are nothing for a rule that holds', () => {
    expect(totalsOf(null, true)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it('are one failure for a rule that does not hold', () => {
    expect(totalsOf(null, false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('are one failure for a run that failed beside its tests, or before it could report', () => {
    expect(totalsOf(report(7, 0, 0, 0), false)).toEqual({ passed: 7, failed: 1, skipped: 0 });
    const absent = path.join(folder, 'absent.json');
    expect(totalsOf(absent, false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

it('closes with the sum of all steps', () => {
  const total = sum([
    { passed: 7, failed: 0, skipped: 0 },
    { passed: 3, failed: 1, skipped: 0 },
  ]);
  expect(totalsLine(total)).toBe('10 passed, 1 failed');
  expect(totalsLine({ ...total, skipped: 2 })).toBe('10 passed, 1 failed, 2 skipped');
});
