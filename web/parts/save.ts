/** Lets the browser save a text as a file of this name, with the time before it. */
export function save(contents: string | Blob, name: string): void {
  const blob = typeof contents === 'string' ? new Blob([contents]) : contents;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${new Date().toISOString().slice(0, 19).replaceAll(':', '')}-${name}`;
  link.click();
  URL.revokeObjectURL(link.href);
}
