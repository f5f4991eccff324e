// What the node answers. Every failure is a Problem with one sentence.

const BASE = '/api/v1';

/** A refusal, or no answer at all: then the status is 0. */
export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** The answer to a question; `question` holds parameters, those without a value are left out. */
export async function get(path, question = {}, signal = undefined) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(question)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return ask(BASE + path + (text ? `?${text}` : ''), { signal });
}

/** As `get`, but nothing where there is none (404, 503). */
export async function find(path, question = {}, signal = undefined) {
  try {
    return await get(path, question, signal);
  } catch (problem) {
    if (problem instanceof Problem && (problem.status === 404 || problem.status === 503)) return null;
    throw problem;
  }
}

export async function post(path, body) {
  return ask(BASE + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export async function end(path) {
  return ask(BASE + path, { method: 'DELETE' });
}

async function ask(url, options) {
  const { headers = {}, ...rest } = options;
  let response;
  try {
    response = await fetch(url, {
      cache: 'no-store',
      credentials: 'same-origin',
      headers: { Accept: 'application/json', ...headers },
      ...rest,
    });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Problem(0, 'The node does not answer.');
  }
  if (response.status === 204) return null;
  if (response.ok) return response.json();
  throw new Problem(response.status, await detail(response));
}

async function detail(response) {
  try {
    const problem = await response.json();
    if (typeof problem.detail === 'string') return problem.detail;
  } catch (unreadable) {
    // Said below.
  }
  return `The node answered ${response.status}.`;
}
