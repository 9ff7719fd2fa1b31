// How measurements are printed: 80 columns.

export function title(text: string): void {
  process.stdout.write(`\n${text}\n${'─'.repeat(Math.min(text.length, 80))}\n`);
}

export function line(what: string, figure: string, remark: string): void {
  process.stdout.write(`  ${what.padEnd(34)} ${figure.padStart(14)}  ${remark}\n`);
}
