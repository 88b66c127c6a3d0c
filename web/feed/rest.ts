/** Requests to the agent, and its answers. */

/** An answer that is an error, with the agent's words. */
export class AgentError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** The input's value that it is about: `routes[3].prefix`. */
    readonly path?: string,
  ) {
    super(message);
  }
}

/** Sends JSON and returns the answer. Rejects with AgentError, or TypeError where the agent cannot be reached. */
export async function post<T>(url: URL, body: unknown, token: string | undefined, signal?: AbortSignal): Promise<T> {
  const headers = { ...headersOf(token), 'content-type': JSON_TYPE };
  return answerOf(await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal }));
}

/** Reads JSON. Rejects as `post` does. */
export async function get<T>(url: URL, token: string | undefined): Promise<T> {
  return answerOf(await fetch(url, { headers: headersOf(token) }));
}

export interface Progress {
  readonly done: number;
  readonly total?: number;
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly path?: string;
}

/** A line of an answer that tells how far it is. */
type Line = { readonly progress: Progress } | { readonly result: unknown } | { readonly error: Failure };

/** `post` that tells how far the agent is. */
export async function postWithProgress<T>(
  url: URL,
  body: unknown,
  token: string | undefined,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<T> {
  const headers = { ...headersOf(token), 'content-type': JSON_TYPE, accept: 'application/x-ndjson' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
  if (!response.ok || response.body === null) return answerOf(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parts: string[] = [];
  for (;;) {
    const { done, value = '\n' } = await reader.read();
    const [end, ...lines] = value.split('\n');
    parts.push(end);
    for (const next of lines) {
      const text = parts.splice(0).join('');
      parts.push(next);
      if (text === '') continue;
      const line = JSON.parse(text) as Line;
      if ('progress' in line) onProgress(line.progress);
      else if ('result' in line) return line.result as T;
      else throw new AgentError(response.status, line.error.code, line.error.message, line.error.path);
    }
    if (done) throw new AgentError(response.status, 'CLOSED', 'the agent ended its answer early');
  }
}

const JSON_TYPE = 'application/json';

const headersOf = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

async function answerOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  throw errorOf(response.status, text);
}

function errorOf(status: number, text: string): AgentError {
  try {
    const { error } = JSON.parse(text) as { error: Failure };
    return new AgentError(status, error.code, error.message, error.path);
  } catch {
    return new AgentError(status, String(status), text.slice(0, 200) || `status ${status}`);
  }
}
