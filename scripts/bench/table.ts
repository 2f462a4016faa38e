/** Lines of a report on the terminal: a name, a figure, and what it should be. */

export function section(title: string): void {
  process.stdout.write(`\n${title}\n`);
}

/** @param remark the goal, or what the figure means */
export function row(name: string, figure: string, remark = ''): void {
  process.stdout.write(`  ${name.padEnd(44)}${figure.padStart(18)}   ${remark}`.trimEnd() + '\n');
}
