/** The frame: who is there on top, the views at the side, one view in the middle. */

import { useEffect, useRef } from 'preact/hooks';
import { dataplane, HOME } from '../feed/dataplane.js';
import { connection, useTopic } from '../feed/index.js';
import { useValue } from '../feed/use-value.js';
import { VIEWS } from '../views/index.js';
import { Absent } from './absent.js';
import { Banners } from './banners.js';
import { Boundary } from './boundary.js';
import { Header } from './header.js';
import { Help } from './help.js';
import { useShortcuts } from './keyboard.js';
import { Login } from './login.js';
import { Navigation } from './navigation.js';
import { MAIN, route } from './router.js';

export function App() {
  const link = useValue(connection.link);
  if (link.phase === 'login') return <Login reason={link.reason} wrong={link.wrong} />;
  return <Frame />;
}

function Frame() {
  const link = useValue(connection.link);
  const state = useTopic('state');
  const { view: path, rest } = useValue(route);
  const name = useValue(dataplane);
  const known = useValue(connection.dataplanes);
  const view = VIEWS.find((each) => each.path === path) ?? VIEWS[0];
  const agent = state.state?.agent.name ?? 'vppmux';
  useShortcuts();
  useEffect(() => {
    const away = link.phase === 'lost' ? 'connection lost · ' : '';
    const where = name === HOME ? '' : ` · ${name}`;
    document.title = `${away}${view.title}${where} · ${agent}`;
  }, [link.phase, view.title, agent, name]);
  const main = useMainFocus(`${path}/${rest.join('/')}`, name);
  return (
    <>
      <a class="skip" href={MAIN}>
        Skip to the view
      </a>
      <Header state={state.state} view={view} />
      <Navigation current={view} state={state.state} />
      <main id="main" tabIndex={-1} ref={main} class={link.phase === 'live' || link.phase === 'absent' ? '' : 'old'}>
        <Banners link={link} state={state.state} />
        {link.phase === 'absent' ? (
          <Absent name={name} dataplanes={known} />
        ) : (
          <Boundary key={`${name} ${view.path}`}>
            <view.Component rest={rest} />
          </Boundary>
        )}
      </main>
      <Help />
    </>
  );
}

/**
 * Moves the focus into a view that was gone to, so that a screen reader begins there. Whoever chooses a dataplane with the arrow keys
 * keeps the focus where it is, since the next key is for the same list.
 */
function useMainFocus(place: string, name: string) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(name);
  const isFirst = useRef(true);
  useEffect(() => {
    const isSameDataplane = before.current === name;
    before.current = name;
    if (isFirst.current) isFirst.current = false;
    else if (isSameDataplane) {
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }, [place, name]);
  return main;
}
