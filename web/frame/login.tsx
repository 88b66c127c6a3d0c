/** Asks for a token of http.conf. */

import { useState } from 'preact/hooks';
import { connection } from '../feed/index.js';

export function Login({ reason, wrong }: { readonly reason: string; readonly wrong: boolean }) {
  const [token, setToken] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    setMissing(token.trim() === '');
    if (token.trim() !== '') connection.login(token.trim());
  };
  const complaint = missing ? 'Enter a token.' : wrong ? `Not let in: ${reason}.` : undefined;
  return (
    <main class="login">
      <form onSubmit={submit}>
        <h1>Log in to vppmux</h1>
        <p id="about-token">
          This agent asks for a token: <code>read-token</code> or <code>write-token</code> of its <code>http.conf</code>
          . It is kept in this tab, until you close it.
        </p>
        {!wrong && !missing && <p class="quiet">{reason}</p>}
        <label for="token">Token</label>
        <input
          id="token"
          type="password"
          autocomplete="off"
          spellcheck={false}
          value={token}
          aria-describedby={complaint ? 'complaint' : 'about-token'}
          aria-invalid={complaint !== undefined}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        <p id="complaint" role="alert" class="complaint">
          {complaint}
        </p>
        <button type="submit" class="main">
          Log in
        </button>
      </form>
    </main>
  );
}
